"""The options of `render` and `send` that templates have, and `render --check`."""

import json
import os
import time

import pytest

import turboctl_side
from case import PAGE

STREAM = '<turbo-stream action="append" target="list"><template>{}</template></turbo-stream>'


@pytest.fixture
def run(tmp_path):
    """Renders a source with a context and more options."""

    def start(source, *options, context=None, command="render", input=b""):
        (tmp_path / "templates").mkdir(exist_ok=True)
        (tmp_path / "templates" / PAGE).write_text(source)
        (tmp_path / "context.json").write_text(json.dumps(context or {}))
        given = ("--template", PAGE, "--context", "context.json")
        return turboctl_side.run(command, *given, *options, directory=tmp_path, input=input)

    return start


def test_strip_takes_white_space_at_both_ends(run):
    source = " \n\t<p> {{ x }} </p> \u00a0\u2003\n\n"
    assert run(source, "--strip", "--set", "x=1").succeeded().stdout == "<p> 1 </p>"
    assert run(source, "--set", "x=1").succeeded().stdout == source.replace("{{ x }}", "1")


def test_the_element_encloses_what_was_rendered(run):
    options = ["--action", "append", "--target", "list", "--set", "x=<b>"]
    assert run(" {{ x }}\n", *options).succeeded().stdout == STREAM.format(" &lt;b&gt;\n")
    assert run(" {{ x }}\n", *options, "--strip").succeeded().stdout == STREAM.format("&lt;b&gt;")


def test_no_autoescape_escapes_only_what_asks_for_it(run):
    result = run("{{ x }}{{ x|escape }}", "--no-autoescape", "--set", "x=<b>")
    assert result.succeeded().stdout == "<b>&lt;b&gt;"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-s", "x=1"], "1"),
        (["--set", "x=a=b"], "a=b"),
        (["--set", "x="], ""),
        (["--set", "x=true"], "true"),
        (["-S", "x=true"], "True"),
        (["-S", "x=6.0"], "6.0"),
        (["-S", "x=null"], "None"),
        (["-S", 'x=[1, "a"]'], "[1, &#x27;a&#x27;]"),
        (["--set", "x=1", "--set", "x=2"], "2"),
        (["-S", "x=1", "-s", "x=two"], "two"),
    ],
)
def test_values_are_set(run, options, expected):
    assert run("{{ x }}", *options).succeeded().stdout == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-s", "d.k=new"], "new old2 a b"),
        (["-s", "d.deep.er=x"], "old old2 a b"),
        (["-s", "l.0=zero"], "old old2 zero b"),
        (["-S", "l=[1,2]"], "old old2 1 2"),
        (["-S", 'd={"k": 1}'], "1  a b"),
        (["-S", 'd={"k": 1}', "-s", "d.j=2"], "1 2 a b"),
    ],
)
def test_dotted_keys_set_what_is_inside(run, options, expected):
    context = {"d": {"k": "old", "j": "old2"}, "l": ["a", "b"]}
    source = "{{ d.k }} {{ d.j }} {{ l.0 }} {{ l.1 }}"
    assert run(source, *options, context=context).succeeded().stdout == expected


@pytest.mark.parametrize(
    "options",
    [
        ["-s", "x"],
        ["-S", "x=}"],
        ["-s", "l.9=x"],
        ["-s", "=x"],
        ["--timezone", "No/Where"],
        ["--context", "nosuch.json"],
    ],
)
def test_what_cannot_be_set_is_refused(run, options):
    result = run("{{ x }}", *options, context={"l": ["a"]}).failed(2)
    assert not result.output


def test_the_context_may_come_from_stdin(run):
    result = run("{{ a }}{{ b }}", "--context", "-", "-s", "b=2", input=b'{"a": 1}')
    assert result.succeeded().stdout == "12"


@pytest.mark.parametrize("context", ["[1]", "1", "{", '{"a": 1} x', '"text"', ""])
def test_a_context_is_one_object(run, context):
    assert not run("x", "--context", "-", input=context.encode()).failed(2).output


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("{{ nosuch }}", "nosuch"),
        ("a\n {{ d.nosuch }}", "d.nosuch"),
        ("{{ d.k.deeper }}", "d.k.deeper"),
        ("{% for x in nosuch %}{% endfor %}", "nosuch"),
        ("{% with y=nosuch %}{{ y }}{% endwith %}", "nosuch"),
    ],
)
def test_strict_variables_names_what_the_context_lacks(run, source, missing):
    context = {"d": {"k": "v"}}
    assert run(source, context=context).code == 0
    result = run(source, "--strict-variables", context=context).failed(2)
    assert not result.output
    assert missing in result.stderr
    assert f"{PAGE}:{source.count(chr(10), 0, source.find(missing)) + 1}" in result.stderr


@pytest.mark.parametrize(
    "source",
    [
        "{{ d.k }}{{ none }}{{ empty }}",
        "{% for x in list %}{{ x }}{{ forloop.counter }}{% endfor %}",
        "{% with y=d.k %}{{ y }}{% endwith %}",
    ],
)
def test_strict_variables_lets_pass_what_is_there(run, source):
    context = {"d": {"k": "v"}, "none": None, "empty": "", "list": [1]}
    assert run(source, "--strict-variables", context=context).succeeded()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "2024-07-01 12:00 UTC"),
        ("Europe/Paris", "2024-07-01 14:00 CEST"),
        ("America/New_York", "2024-07-01 08:00 EDT"),
    ],
)
def test_the_time_zone_is_chosen(run, zone, expected):
    source = "{{ x|date:'Y-m-d H:i T' }}"
    result = run(source, "--timezone", zone, context={"x": "2024-07-01T12:00:00Z"})
    assert result.succeeded().stdout == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-01T12:00:00Z",
        "2024-07-01T12:00:00+00:00",
        "2024-07-01 12:00:00Z",
        "2024-07-01T14:00:00+02:00",
        "2024-07-01T12:00Z",
        "2024-07-01T12:00:00.000Z",
        "2024-07-01T12:00:00.000000+00:00",
        "2024-07-01T07:30:00-0430",
    ],
)
def test_iso_8601_counts_as_a_date(run, text):
    result = run("{{ x|date:'c' }}", "--timezone", "UTC", context={"x": text})
    assert result.succeeded().stdout == "2024-07-01T12:00:00+00:00"


def test_check_reports_every_problem_of_every_file(tmp_path):
    (tmp_path / "good.html").write_text("{% if x %}{{ x }}{% endif %}")
    (tmp_path / "bad.html").write_text("{% if %}{% endif %}\n{% nosuch %}\n{{ x|nosuch }}")
    (tmp_path / "worse.html").write_text("{{ }}")
    result = turboctl_side.run("render", "--check", "good.html", directory=tmp_path)
    assert result.code == 0, result
    files = ["good.html", "bad.html", "worse.html"]
    result = turboctl_side.run("render", "--check", *files, directory=tmp_path)
    assert result.code == 2, result
    for place in ("bad.html:1", "bad.html:2", "bad.html:3", "worse.html:1"):
        assert place in result.stdout + result.stderr
    assert "good.html" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["-s", "x.tags.5=B"], "-s x.tags.5: '5' is no place in an array of 2"),
        (["-S", "x.y=nope"], "-S x.y: line 1, column 1: a value was expected"),
        (["--set-json", "x="], "--set-json x: line 1, column 1: no JSON"),
        (["-s", "x..y=1"], "-s x..y: a part of the key is empty"),
        (["--set", "x.=1"], "--set x.: a part of the key is empty"),
    ],
)
def test_a_value_that_cannot_be_set_is_named(run, option, message):
    result = run("{{ x }}", *option, context={"x": {"tags": [1, 2]}}).failed(2)
    assert result.stderr == f"turboctl: {message}\n"


@pytest.fixture
def check(tmp_path):
    """Writes files and checks some of them: the exit code, and the lines that are printed."""

    def run(files, *arguments, input=b""):
        for name, source in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source if isinstance(source, bytes) else source.encode())
        arguments = ("render", "--check", *arguments)
        result = turboctl_side.run(*arguments, directory=tmp_path, input=input)
        return result.code, (result.stdout + result.stderr).splitlines()

    return run


def test_check_knows_the_configuration(check):
    files = {
        "templates/a.html": "{% dom_id x %}{% url 'chat' 1 %}{% url 'chta' %}{% url 'no' as n %}",
        "turboctl.json": json.dumps({"builtins": ["turbo_helper"], "urls": {"chat": "c/<int:pk>/"}}),
    }
    code, lines = check(files, "templates/a.html", "--config", "turboctl.json")
    assert code == 2
    assert lines == [
        "templates/a.html:1:33: Reverse for 'chta' not found. "
        "'chta' is not a valid view function or pattern name."
    ]
    assert check({}, "templates/a.html")[0] == 2


def test_check_looks_for_what_a_template_names(check):
    files = {
        "templates/base.html": "",
        "templates/sub/a.html": (
            '{% extends "../base.html" %}{% include "../item.html" %}{% include "nothere.html" %}\n'
            '{% include "./b.html" %}{% include name %}{% include "x"|add:name %}'
        ),
        "templates/item.html": '{% extends "nowhere.html" %}',
        "templates/sub/b.html": '{% extends "sub/b.html" %}',
        "other/a.html": '{% include "../b.html" %}{% include "item.html" %}{% include "c.html" %}',
    }
    assert check(files, "templates/sub/a.html") == (
        2,
        [
            "templates/sub/a.html:1:57: TemplateDoesNotExist: nothere.html; "
            "looked for templates/nothere.html"
        ],
    )
    code, lines = check({}, "templates/item.html", "templates/sub/b.html", "other/a.html")
    assert code == 2
    assert [line.split(": TemplateDoesNotExist")[0] for line in lines] == [
        "templates/item.html:1:1", "templates/sub/b.html:1:1", "other/a.html:1:51",
    ]
    assert check({}, "other/a.html", "--templates", "other", "--templates", "templates")[0] == 2
    assert check({"other/c.html": "", "b.html": ""}, "other/a.html", "--templates", "other")[0] == 2
    # Where no folder of templates is known, names cannot be looked for.
    assert check({}, "other/a.html", "--templates", "none") == (0, [])


def test_check_goes_on_with_the_next_file(check, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    files = {"latin.html": b"caf\xe9", "large.html": b" " * (8 * 1024 * 1024 + 1), "bad.html": "{{ }}"}
    names = ["none.html", "folder", "pipe", *files]
    code, lines = check(files, *names)
    assert code == 2
    assert lines == [
        "none.html:1:1: template 'none.html' cannot be read: No such file or directory",
        "folder:1:1: template 'folder' cannot be read: not a file",
        "pipe:1:1: template 'pipe' cannot be read: not a file",
        "latin.html:1:1: template 'latin.html' is not UTF-8 at byte 3",
        "large.html:1:1: template 'large.html' is larger than 8 MB",
        "bad.html:1:1: Empty variable tag on line 1",
    ]


def test_check_reads_standard_input(check):
    assert check({}, "-", input=b"{{ x }}") == (0, [])
    code, lines = check({}, "-", input=b"\n{{ }}")
    assert (code, lines) == (2, ["standard input:2:1: Empty variable tag on line 2"])


@pytest.mark.parametrize("command", ["render", "send"])
def test_a_rendering_ends_at_the_deadline(run, command):
    loops = "".join(f"{{% for {name} in x %}}" for name in "abcde") + "{% endfor %}" * 5
    options = ["g", "--raw"] if command == "send" else []
    started = time.monotonic()
    result = run(
        "\n" + loops, *options, "--timeout", "0.5", context={"x": list(range(200))}, command=command
    )
    assert time.monotonic() - started < 10
    result.failed(2)
    assert f"{PAGE}:2:" in result.stderr and "rendering was not done within 0.5 s" in result.stderr


def test_a_template_without_action_is_the_whole_message(run):
    source = STREAM.format("{{ x }}") + "\n"
    assert run(source, "-s", "x=1").succeeded().stdout == STREAM.format("1") + "\n"
    result = run("no element", "group", "--dry-run", command="send")
    assert result.code == 2, result
