"""The options of `render` and `send` that templates have, and `render --check`."""

import json

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


def test_a_template_without_action_is_the_whole_message(run):
    source = STREAM.format("{{ x }}") + "\n"
    assert run(source, "-s", "x=1").succeeded().stdout == STREAM.format("1") + "\n"
    result = run("no element", "group", "--dry-run", command="send")
    assert result.code == 2, result
