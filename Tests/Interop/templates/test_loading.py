"""Where templates are found, and what is never read."""

import os

import pytest

import django_side
import turboctl_side
from case import PAGE, Case

MEGABYTE = 1024 * 1024


@pytest.fixture
def render(tmp_path):
    """Writes files, by path, and renders page.html from the folder templates."""

    def run(files, *options):
        for name, source in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source if isinstance(source, bytes) else source.encode())
        options = options or ("--templates", "templates", "--template", PAGE)
        return turboctl_side.run("render", *options, directory=tmp_path)

    return run


def refused(result):
    result.failed(2)
    assert not result.output
    return result


@pytest.mark.parametrize(
    "name",
    [
        "../secret.html",
        "/etc/passwd",
        "../templates-secret/x.html",
        "a/../../secret.html",
        "./../secret.html",
        "link.html",
        "folder/secret.html",
        "..",
        ".",
        "",
        "a",
        "no\\such.html",
        "%2e%2e/secret.html",
    ],
)
@pytest.mark.parametrize("how", ["option", "include", "extends"])
def test_nothing_outside_the_search_path_is_read(render, tmp_path, name, how):
    (tmp_path / "templates" / "a").mkdir(parents=True)
    (tmp_path / "templates" / "link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "templates" / "folder").symlink_to(tmp_path)
    files = {
        "secret.html": "secret",
        "templates-secret/x.html": "secret",
        f"templates/{PAGE}": "" if how == "option" else f'{{% {how} "{name}" %}}',
    }
    given = ("--templates", "templates", "--template", name if how == "option" else PAGE)
    assert "secret\n" not in refused(render(files, *given)).stderr


@pytest.mark.parametrize("kind", ["fifo", "device", "directory", "unreadable"])
def test_only_files_are_read(render, tmp_path, kind):
    path = tmp_path / "templates" / PAGE
    path.parent.mkdir()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "directory":
        path.mkdir()
    elif os.geteuid() == 0:
        pytest.skip("root may read everything")
    else:
        path.write_text("x")
        path.chmod(0)
    refused(render({}))


def test_a_link_inside_the_search_path_is_followed(render, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / PAGE).symlink_to("other.html")
    assert render({"templates/other.html": "linked"}).succeeded().output == b"linked"


def test_bytes_that_are_no_utf8_are_refused(render):
    refused(render({f"templates/{PAGE}": b"a\xff\xfeb"}))


@pytest.mark.parametrize(("size", "fits"), [(8 * MEGABYTE, True), (8 * MEGABYTE + 1, False)])
def test_a_file_has_at_most_8_megabytes(render, size, fits):
    result = render({f"templates/{PAGE}": b"x" * size})
    if fits:
        assert len(result.succeeded().output) == size
    else:
        refused(result)


@pytest.mark.parametrize(("times", "fits"), [(64, True), (65, False)])
def test_output_has_at_most_64_megabytes(render, times, fits):
    loop = '{% for i in "' + "x" * times + '" %}{% include "big.html" %}{% endfor %}'
    result = render({f"templates/{PAGE}": loop, "templates/big.html": b"x" * MEGABYTE})
    if fits:
        assert len(result.succeeded().output) == times * MEGABYTE
    else:
        refused(result)


@pytest.mark.parametrize("tag", ["include", "extends"])
@pytest.mark.parametrize(("depth", "fits"), [(50, True), (200, False)])
def test_depth_is_limited(render, tag, depth, fits):
    files = {f"templates/{n}.html": f'{{% {tag} "{n + 1}.html" %}}' for n in range(depth)}
    files |= {f"templates/{depth}.html": "deep", f"templates/{PAGE}": '{% include "0.html" %}'}
    result = render(files)
    if fits:
        assert result.succeeded().output == b"deep"
    else:
        refused(result)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--templates", "one", "--templates", "two"], "from one"),
        (["--templates", "two", "--templates", "one"], "from two"),
        (["--templates", "none", "--templates", "two"], "from two"),
        ([], "from templates"),
    ],
)
def test_the_first_folder_that_has_it_wins(render, options, expected):
    files = {f"{name}/{PAGE}": f"from {name}" for name in ("one", "two", "templates")}
    assert render(files, *options, "--template", PAGE).succeeded().stdout == expected


def test_a_missing_template_names_what_was_tried(render):
    result = refused(render({"templates/other.html": ""}))
    assert PAGE in result.stderr


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("one\ntwo {{ x|nosuch }}\n", "page.html:2:5"),
        ("é {% nosuch %}", "page.html:1:3"),
        ("\n\n{% if %}{% endif %}", "page.html:3:1"),
        ("a\n{% include 'part.html' %}", "part.html:2:1"),
        ("{% if x %}\nnever closed", "page.html:1:1"),
    ],
)
def test_an_error_names_its_place(render, source, place):
    files = {f"templates/{PAGE}": source, "templates/part.html": "b\n{% bogus %}"}
    assert place in refused(render(files)).stderr


def test_the_files_final_newline_is_kept(tmp_path):
    case = Case("line\n")
    case.write(tmp_path)
    assert turboctl_side.render(case, tmp_path).output == django_side.render(case, tmp_path)


@pytest.mark.parametrize(
    ("folders", "name", "line", "hint"),
    [
        (["t"], "itme.html", "itme.html; looked for t/itme.html", "item.html"),
        (["t/"], "list.html", "list.html; looked for t/list.html", "chat/list.html"),
        (["t"], "chat/lst.html", "chat/lst.html; looked for t/chat/lst.html", "chat/list.html"),
        (["t"], "nothing-like-it", "nothing-like-it; looked for t/nothing-like-it", None),
        (["t//"], "/etc/passwd", "/etc/passwd (/etc/passwd is outside of its folder)", None),
        (["none", "t"], "a", "a (there is no folder none); looked for t/a", None),
        (["t"], "loop.html", "loop.html (t/loop.html is a link that leads back to itself)", None),
        (["t"], "gone.html", "gone.html (t/gone.html is a link to what is not there)", None),
    ],
)
def test_what_is_not_found_is_explained(render, tmp_path, folders, name, line, hint):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "loop.html").symlink_to("loop.html")
    (tmp_path / "t" / "gone.html").symlink_to("nowhere")
    options = [word for folder in folders for word in ("--templates", folder)]
    result = refused(render({"t/item.html": "", "t/chat/list.html": ""}, *options, "--template", name))
    said = result.stderr.splitlines()
    assert said[0] == f"turboctl: --template: TemplateDoesNotExist: {line}"
    assert said[1:] == ([f"hint: did you mean '{hint}'?"] if hint else [])


def test_unknown_libraries_are_said_in_one_line(render):
    result = refused(render({f"templates/{PAGE}": "{% load humanise %}"}))
    assert "Must be one of: cache, humanize, " in result.stderr and "\\n" not in result.stderr
