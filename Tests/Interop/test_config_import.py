"""`config import`, against real projects of Django."""

import json
import os
import re
import subprocess

import pytest

from project import PYTHON, write_project
from tool import HELLO, SEND_HELLO

LAYERS = """{
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [("127.0.0.1", %(port)d)], "prefix": "site",
            "channel_capacity": {"chat.*": 20, re.compile("^x"): 5},
            "symmetric_encryption_keys": [b"key one", "key two"],
        },
    },
    "tls": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [
            {"address": "rediss://h", "ssl_cert_reqs": None},
            {"host": "h", "ssl": True, "ssl_cert_reqs": ssl.CERT_NONE, "retry": object()},
        ]},
    },
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}"""

SITE = """{"default": {"BACKEND": "channels_redis.core.RedisChannelLayer",
    "CONFIG": {"hosts": [("127.0.0.1", %d)], **%r}}}"""


@pytest.fixture
def project(tmp_path, server):
    return write_project(tmp_path / "project", LAYERS % {"port": server.port})


@pytest.fixture
def imported(turboctl, project, tmp_path):
    """What `config import` wrote, its result, and the file's path."""
    target = tmp_path / "turboctl.json"
    result = turboctl("config", "import", "--manage", project, "--python", PYTHON, "--output", target)
    assert result.code == 0, result
    return json.loads(target.read_text()), result, target


def asks_django(project, code):
    """What the project's own shell prints as JSON."""
    command = [PYTHON, str(project), "shell", "-v0", "-c", code]
    run = subprocess.run(command, cwd=project.parent, capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def test_import_takes_over_the_layers(imported, server):
    layers = imported[0]["CHANNEL_LAYERS"]
    assert layers["default"]["CONFIG"] == {
        "hosts": [["127.0.0.1", server.port]],
        "prefix": "site",
        "channel_capacity": {"chat.*": 20},
        "symmetric_encryption_keys": ["key one", "key two"],
    }
    assert layers["tls"]["CONFIG"]["hosts"] == [
        {"address": "rediss://h", "ssl_cert_reqs": None},
        {"host": "h", "ssl": True, "ssl_cert_reqs": "none"},
    ]
    assert re.fullmatch(r"4\.\d+\.\d+", imported[0]["layer_version"])


def test_import_says_what_json_cannot(imported):
    errors = imported[1].stderr
    assert "warning: CHANNEL_LAYERS.default.CONFIG.channel_capacity: the compiled pattern '^x'" in errors
    assert "warning: CHANNEL_LAYERS.tls.CONFIG.hosts[1].retry: a value of type object" in errors
    assert "warning: TEMPLATES: the library own is Python's" in errors
    assert "warning: urls.year: the converter of year is the project's own" in errors
    for name, expression in [("choice", "(a|b)/$"), ("again", "(c|d)/$"), ("lost:below", "(?:x|y)/")]:
        said = f"warning: urls.{name}: the regular expression '^{expression}' has no form as a route"
        assert errors.count(said) == 1
    assert "language_code: numbers, dates" in errors
    assert errors.count("\n") == 8


def test_import_keeps_secrets_to_the_file(imported, project):
    _, result, target = imported
    assert target.stat().st_mode & 0o777 == 0o600
    assert os.listdir(target.parent) in (["project", "turboctl.json"], ["turboctl.json", "project"])
    assert "key one" not in result.stdout + result.stderr


def test_import_takes_over_what_templates_need(imported, project):
    found = imported[0]
    assert found["templates"] == [
        str(project.parent / folder) for folder in ("pages", "rooms/templates", "news/templates")
    ]
    assert found["builtins"] == ["static"]
    assert found["string_if_invalid"] == "(%s)"
    assert found["time_zone"] == "Europe/Paris"
    assert found["language_code"] == "de"
    assert found["static_url"] == "/files/"


def test_import_takes_over_hashed_names(turboctl, project, tmp_path):
    command = [PYTHON, str(project), "collectstatic", "--no-input"]
    subprocess.run(command, cwd=project.parent, capture_output=True, check=True)
    target = tmp_path / "turboctl.json"
    turboctl("config", "import", "--manage", project, "--python", PYTHON, "--output", target)
    manifest = json.loads(target.read_text())["static_manifest"]
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", manifest["a.css"])


REVERSED = {
    "home": [],
    "rooms:list": [],
    "rooms:show": [7],
    "archive:show": [7],
    "talk:show": [7],
    "one:show": [7],
    "two:list": [],
    "rooms:deep": ["11111111-2222-3333-4444-555555555555", "a-b", "c/d"],
    "inner": ["x"],
    "year": ["2026"],
    "expression": ["a-b", 3],
    "optional": [],
    "any": ["x"],
}
REVERSED_BY_NAME = {"optional": {"n": 2}, "any": {}}


def test_imported_urls_reverse_as_in_django(turboctl, imported, project, tmp_path):
    code = (
        "import json; from django.urls import reverse; "
        f"print(json.dumps([reverse(n, args=a) for n, a in {REVERSED!r}.items()]"
        f" + [reverse(n, kwargs=a) for n, a in {REVERSED_BY_NAME!r}.items()]))"
    )
    expected = asks_django(project, code)
    tags = [f"{{% url {n!r} {' '.join(map(repr, a))} %}}" for n, a in REVERSED.items()]
    for name, arguments in REVERSED_BY_NAME.items():
        words = " ".join(f"{key}={value!r}" for key, value in arguments.items())
        tags.append(f"{{% url {name!r} {words} %}}")
    (tmp_path / "urls.html").write_text("\n".join(tags))
    arguments = ["render", "--template", "urls.html", "--templates", tmp_path]
    result = turboctl(*arguments, "--config", imported[2]).succeeded()
    assert result.stdout.split("\n") == expected
    assert "choice" not in imported[0]["urls"]


def test_imported_templates_render_as_in_django(turboctl, imported, project):
    code = (
        "import json; from django.template.loader import get_template as get; "
        "from django.conf import settings; "
        "print(json.dumps([get('page.html').template.source, get('room.html').render()]))"
    )
    _, room = asks_django(project, code)
    assert turboctl("render", "--template", "room.html", "--config", imported[2]).stdout == room


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"symmetric_encryption_keys": ["a secret of the site", "an old one"]},
        {"prefix": "site", "capacity": 7, "channel_capacity": {"specific.*": 9}},
    ],
)
def test_imported_layer_reaches_the_site(turboctl, server, start_process, tmp_path, config):
    project = write_project(tmp_path / "project", SITE % (server.port, config))
    target = tmp_path / "turboctl.json"
    turboctl("config", "import", "--manage", project, "--python", PYTHON, "--output", target)
    process = start_process(server.url, **config)
    channel = process.join("turbo_stream.chat_1")
    result = turboctl(*SEND_HELLO, "--config", target, env={"TURBOCTL_REDIS_URL": ""})
    assert "1 channel in 1 process" in result.succeeded().stdout
    assert process.receive(channel) == {"type": "html_message", "html": HELLO}


def test_import_replaces_nothing_unasked(turboctl, project, tmp_path):
    target = tmp_path / "turboctl.json"
    target.write_text("{}")
    arguments = ["config", "import", "--manage", project, "--python", PYTHON, "--output", target]
    result = turboctl(*arguments).failed(2)
    assert result.stderr == f"turboctl: {target}: is there already\nhint: --force replaces it\n"
    assert target.read_text() == "{}"
    assert turboctl(*arguments, "--force").code == 0
    assert json.loads(target.read_text())["CHANNEL_LAYERS"]
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("import no_such_package", "ModuleNotFoundError: No module named 'no_such_package'"),
        ("raise RuntimeError('no SITE_KEY')", "RuntimeError: no SITE_KEY"),
        ("import sys; sys.exit('stopped')", "stopped"),
    ],
)
def test_import_says_what_python_says_last(turboctl, project, tmp_path, settings, message):
    (project.parent / "mysite" / "settings.py").write_text(settings)
    target = tmp_path / "turboctl.json"
    result = turboctl("config", "import", "--manage", project, "--python", PYTHON, "--output", target)
    assert result.failed(2).stderr.startswith(f"turboctl: {project}: {message}\n")
    assert ("--python" in result.stderr) == ("no_such_package" in message)
    assert not target.exists()


def test_import_says_that_there_is_no_layer(turboctl, tmp_path):
    project = write_project(tmp_path / "project", "{}")
    target = tmp_path / "turboctl.json"
    result = turboctl("config", "import", "--manage", project, "--python", PYTHON, "--output", target)
    assert result.code == 0, result
    assert "warning: CHANNEL_LAYERS: the project has none\n" in result.stderr


def test_import_needs_a_project_and_a_python(turboctl, project):
    nowhere = project.parent / "nowhere.py"
    result = turboctl("config", "import", "--manage", nowhere).failed(2)
    assert result.stderr == f"turboctl: {nowhere}: No such file or directory\n"
    result = turboctl("config", "import", "--manage", project, "--python", "no-such-python").failed(2)
    assert "no-such-python: not found" in result.stderr


def test_import_ends_in_time(turboctl, project):
    (project.parent / "mysite" / "settings.py").write_text("import time; time.sleep(60)")
    arguments = ["--manage", project, "--python", PYTHON, "--timeout", "0.5"]
    result = turboctl("config", "import", *arguments, timeout=10).failed(2)
    assert result.stderr == "turboctl: the project's Python: did not end in time\n"


def test_import_finds_the_projects_own_python(turboctl, project, tmp_path):
    """VIRTUAL_ENV first, then .venv and venv beside manage.py: each here a Python that says its name."""
    for folder in ("env", "project/.venv", "project/venv"):
        python = tmp_path / folder / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/sh\necho {folder} >&2\nexit 1\n")
        python.chmod(0o755)
    arguments = ["config", "import", "--manage", project]
    env = {"VIRTUAL_ENV": str(tmp_path / "env")}
    assert f"{project}: env\n" in turboctl(*arguments, env=env).failed(2).stderr
    assert f"{project}: project/.venv\n" in turboctl(*arguments).failed(2).stderr
    (tmp_path / "project/.venv/bin/python").unlink()
    assert f"{project}: project/venv\n" in turboctl(*arguments).failed(2).stderr


def test_no_secret_is_in_the_arguments_of_a_child(turboctl, project, tmp_path):
    """The project's Python looks at its own command line and its parents'."""
    with (project.parent / "mysite" / "settings.py").open("a") as settings:
        settings.write(
            "\nimport os\n"
            "for process in (os.getpid(), os.getppid()):\n"
            f"    with open({str(tmp_path / 'seen')!r}, 'a') as seen:\n"
            "        seen.write(open(f'/proc/{process}/cmdline').read())\n"
        )
    secret = "s3cr3t-Xq7vB2"
    arguments = ["--manage", project, "--python", PYTHON, "--output", tmp_path / "t.json"]
    turboctl("config", "import", *arguments, env={"REDISCLI_AUTH": secret})
    seen = (tmp_path / "seen").read_text()
    assert "layer_settings" in seen
    assert secret not in seen and "key one" not in seen
