"""config show, check and import, against real projects of Django."""

import json
import os
import re
import subprocess

import pytest

from fixtures import starter
from project import PYTHON, write_project
from terminal import Terminal
from tool import BINARY, HELLO, SEND_HELLO

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


def settings(turboctl, *arguments, **options):
    """The rows of `config show` by their keys: value and origin."""
    result = turboctl("config", "show", "--json", *arguments, **options).succeeded()
    return {row["key"]: (row["value"], row["origin"]) for row in result.objects}


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
    assert "warning: urls: the regular expression '^(a|b)/$' has no form as a route" in errors
    assert errors.count("\n") == 5


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
}


def test_imported_urls_reverse_as_in_django(turboctl, imported, project, tmp_path):
    code = (
        "import json; from django.urls import reverse; "
        f"print(json.dumps([reverse(n, args=a) for n, a in {REVERSED!r}.items()]))"
    )
    expected = asks_django(project, code)
    tags = [f"{{% url {n!r} {' '.join(map(repr, a))} %}}" for n, a in REVERSED.items()]
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
    assert not target.exists()


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
    assert result.stderr == "turboctl: the project's Python: Connection timed out\n"


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


def test_show_names_every_origin(turboctl, tmp_path):
    config = tmp_path / "c.json"
    layer = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [["h", 1], "redis://g/2"], "expiry": 9},
    }
    config.write_text(json.dumps({"CHANNEL_LAYERS": {"chat": layer}, "envelope": "actioncable"}))
    env = {"TURBOCTL_REDIS_URL": "", "TURBOCTL_LAYER": "chat", "REDIS_URL": "redis://weak"}
    rows = settings(turboctl, "--config", config, "--prefix", "p", env=env)
    place = f"{config}: CHANNEL_LAYERS.chat"
    assert rows["config"] == (str(config), "--config")
    assert rows["layer"] == ("chat", "$TURBOCTL_LAYER")
    assert rows["backend"] == ("core", f"{place}.BACKEND")
    assert rows["prefix"] == ("p", "--prefix")
    assert rows["expiry"] == (9, f"{place}.CONFIG.expiry")
    assert rows["capacity"] == (100, "default")
    assert rows["hosts[0]"] == ({"host": "h", "port": 1, "db": 0}, f"{place}.CONFIG.hosts[0]")
    assert rows["hosts[1]"] == ({"host": "g", "port": 6379, "db": 2}, f"{place}.CONFIG.hosts[1]")
    assert rows["envelope"] == ("actioncable", f"{config}: envelope")
    assert rows["chat_group"] == ("chat_{id}", "default")


@pytest.mark.parametrize(
    ("config", "env", "flags", "origins"),
    [
        (None, {}, [], ["default"]),
        (None, {"REDIS_URL": "redis://a"}, [], ["$REDIS_URL"]),
        ({}, {"REDIS_URL": "redis://a"}, [], ["$REDIS_URL"]),
        ({"hosts": None}, {"REDIS_URL": "redis://a"}, [], ["hosts"]),
        ({"hosts": ["redis://c"]}, {"REDIS_URL": "redis://a"}, [], ["hosts[0]"]),
        ({"hosts": ["redis://c"]}, {"TURBOCTL_REDIS_URL": "redis://b"}, [], ["$TURBOCTL_REDIS_URL"]),
        (
            {"hosts": ["redis://c", "redis://d"]},
            {"TURBOCTL_REDIS_URL": "redis://b"},
            ["--redis", "redis://x", "--redis", "redis://y", "--redis", "redis://z"],
            ["--redis", "--redis", "--redis"],
        ),
    ],
)
def test_hosts_are_the_strongest_that_are_named(turboctl, tmp_path, config, env, flags, origins):
    if config is not None:
        path = tmp_path / "c.json"
        layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": config}
        path.write_text(json.dumps({"default": layer}))
        flags = ["--config", path, *flags]
    rows = settings(turboctl, *flags, env={"TURBOCTL_REDIS_URL": "", **env})
    found = [origin for key, (_, origin) in rows.items() if key.startswith("hosts[")]
    assert [origin.split("CONFIG.")[-1] for origin in found] == origins


def test_check_finds_every_problem(turboctl, tmp_path):
    config = tmp_path / "c.json"
    config.write_text(
        """{
  "CHANNEL_LAYERS": {
    "default": {
      "BACKEND": "channels_redis.core.RedisChannelLayer",
      "CONFIG": {"hosts": ["h:1", ["h"]], "capcity": 1, "expiry": "60"}
    },
    "other": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"prefix": 1}},
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer"}
  },
  "templates": "pages",
  "time_zone": "Mars"
}"""
    )
    config.chmod(0o600)
    result = turboctl("config", "check", "--config", config, "--json")
    assert result.code == 2, result
    places = [(row["severity"], row["line"], row["key"]) for row in result.objects]
    default = "CHANNEL_LAYERS.default.CONFIG"
    assert sorted(places) == [
        ("error", 5, f"{default}.expiry"),
        ("error", 5, f"{default}.hosts[0]"),
        ("error", 5, f"{default}.hosts[1]"),
        ("error", 7, "CHANNEL_LAYERS.other.CONFIG.prefix"),
        ("error", 10, "templates"),
        ("error", 11, "time_zone"),
        ("warning", 5, f"{default}.capcity"),
    ]
    assert not result.errors


def test_check_asks_every_host(turboctl, server, start_server, start_process, tmp_path):
    other = start_server("--replicaof", "127.0.0.1", str(server.port))
    config = tmp_path / "c.json"
    nobody = "redis://127.0.0.1:1/0"
    hosts = [server.url, other.url, nobody]
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": hosts}}
    config.write_text(json.dumps({"default": layer}))
    start_process(server.url).join("g")
    env = {"TURBOCTL_REDIS_URL": ""}
    result = turboctl("config", "check", "--config", config, env=env)
    assert result.code == 3, result
    lines = result.stdout.splitlines()
    assert lines[0] == f"ok: {config}: in order"
    assert re.fullmatch(
        rf"ok: 127.0.0.1:{server.port}: master, Redis [\d.]+; 1 group", lines[1]
    )
    assert re.fullmatch(
        rf"error: 127.0.0.1:{other.port}: replica, Redis [\d.]+: it refuses every message", lines[2]
    )
    assert lines[3].startswith("error: cannot connect to 127.0.0.1:1: Connection refused")
    assert len(lines) == 4


def test_check_of_a_good_configuration(turboctl, server, start_process):
    result = turboctl("config", "check").succeeded()
    assert "no configuration file" in result.stdout
    assert "warning" in result.stdout and "no group: no page is connected" in result.stdout
    start_process(server.url).join("g")
    assert "warning" not in turboctl("config", "check").succeeded().stdout


def test_a_file_that_others_may_write_is_not_read(tmp_path):
    """In the folder where turboctl is run; one that is named is read all the same."""
    folder = tmp_path / "work"
    folder.mkdir()
    file = folder / "turboctl.json"
    file.write_text('{"chat_group": "room_{id}"}')
    for mode, warning, group in [
        (0o666, "turboctl: warning: ./turboctl.json is not read", "turbo_stream.chat_{id}"),
        (0o644, "", "room_{id}"),
    ]:
        file.chmod(mode)
        command = [BINARY, "config", "show", "--json"]
        run = subprocess.run(command, cwd=folder, env={"HOME": "/"}, capture_output=True, text=True)
        assert run.stderr.startswith(warning) and bool(run.stderr) == bool(warning)
        assert f'"chat_group","value":"{group}"' in run.stdout


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "No such file or directory"),
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.write_bytes(b" " * (9 << 20)), "File too large"),
        (lambda path: path.write_bytes(b""), "line 1, column 1: no JSON"),
        (lambda path: path.write_bytes(b'{"a":"\xff"}'), "line 1, column 7: not valid UTF-8"),
        (lambda path: path.write_bytes(b"[" * 100_000), "line 1, column 1025: nested more than 1024 deep"),
        (lambda path: path.write_bytes(b"{}{}"), "line 1, column 3: text after the end"),
        (lambda path: os.symlink(path, path), "Too many levels of symbolic links"),
        (lambda path: os.mkfifo(path), "Connection timed out"),
    ],
)
def test_a_file_that_is_none_is_said(turboctl, tmp_path, make, message):
    config = tmp_path / "config.json"
    make(config)
    result = turboctl("ping", "--config", config).failed(2)
    assert result.stderr == f"turboctl: {config}: {message}\n"


def test_check_of_a_pub_sub_layer(turboctl, server):
    subscriber = server.connect().pubsub()
    subscriber.subscribe("asgi__group__turbo_stream.chat_1")
    result = turboctl("config", "check", "--backend", "pubsub").succeeded()
    assert re.search(rf"ok: 127.0.0.1:{server.port}: master, Redis [\d.]+; 1 group\n", result.stdout)
    subscriber.close()


# MARK: Passwords

SECRET = "s3cr3t-Xq7vB2"


start_terminal = starter(Terminal)


def test_the_password_is_asked_for(start_server, start_terminal):
    server = start_server("--requirepass", SECRET)
    terminal = start_terminal(server, "ping", "--askpass")
    terminal.wait_for(b"Password: ")
    terminal.type(SECRET.encode() + b"\n")
    assert terminal.finish() == 0
    assert b"layer" in terminal.text
    assert SECRET.encode() not in terminal.text
    assert terminal.is_as_before


def test_the_password_is_asked_for_once(server, start_process, start_terminal):
    """Also by a command that connects again after its question."""
    start_process(server.url).join("g")
    server.client.config_set("requirepass", SECRET)
    try:
        terminal = start_terminal(server, "flush", "--all", "--yes", "--askpass")
        terminal.wait_for(b"Password: ")
        terminal.type(SECRET.encode() + b"\n")
        assert terminal.finish() == 0
        assert b"Password: " not in terminal.text
    finally:
        server.client.config_set("requirepass", "")


@pytest.mark.parametrize(("key", "code"), [(b"\x03", -2), (b"\x04", 2), (b"\n", 2)])
def test_the_terminal_is_given_back(server, start_terminal, key, code):
    terminal = start_terminal(server, "ping", "--askpass")
    terminal.wait_for(b"Password: ")
    terminal.type(key)
    assert terminal.finish() == code
    assert terminal.is_as_before


def test_nobody_is_asked_without_a_terminal(turboctl, server):
    run = subprocess.run(
        ["setsid", "-w", BINARY, "ping", "--askpass", "--redis", server.url],
        capture_output=True, text=True, timeout=10,
    )
    assert run.returncode == 2
    assert run.stderr == "turboctl: --askpass: there is no terminal to ask on\n"


LAYER = {
    "BACKEND": "channels_redis.core.RedisChannelLayer",
    "CONFIG": {
        "hosts": [
            f"redis://user:{SECRET}@127.0.0.1:1/0",
            {"host": "h", "password": SECRET, "ssl": True, "ssl_password": SECRET},
            {
                "sentinels": [["127.0.0.1", 1]],
                "master_name": "m",
                "password": SECRET,
                "sentinel_kwargs": {"password": SECRET},
            },
            {"address": f"redis://:{SECRET}@127.0.0.1:1/x"},
            f"redis://:{SECRET}#@h",
            f"{SECRET}@h",
        ],
        "symmetric_encryption_keys": [SECRET],
    },
}
COMMANDS = [
    ["config", "show"], ["config", "show", "--json"], ["config", "check"], ["config", "check", "--json"],
    ["ping"], ["ping", "-vv"], ["ping", "--json"], ["chats", "list", "-vv"], ["doctor"],
    [*SEND_HELLO, "-vv"], [*SEND_HELLO, "--json"], ["tail", "g", "--timeout", "1", "-vv"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("host", range(6))
def test_no_secret_of_the_file_is_ever_shown(turboctl, tmp_path, command, host):
    config = tmp_path / "c.json"
    hosts = LAYER["CONFIG"]["hosts"]
    for keys in ([], [SECRET], SECRET):
        settings = {"hosts": [hosts[host]], "symmetric_encryption_keys": keys}
        config.write_text(json.dumps({"default": {**LAYER, "CONFIG": settings}}))
        arguments = ["--config", config, "--connect-timeout", "0.2"]
        result = turboctl(*command, *arguments, env={"TURBOCTL_REDIS_URL": ""})
        assert SECRET not in result.stdout + result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_secret_of_the_environment_is_ever_shown(turboctl, tmp_path, start_server, command):
    server = start_server("--requirepass", "another")
    file = tmp_path / "password"
    file.write_text(SECRET)
    for arguments, env in [
        (["--redis", server.url.replace("//", f"//:{SECRET}@")], {}),
        (["--redis", server.url, "--password-file", file], {}),
        (["--redis", server.url], {"REDISCLI_AUTH": SECRET}),
        (["--redis", f"redis://:{SECRET}@h:x"], {}),
        ([], {"TURBOCTL_REDIS_URL": f"redis://h?pasword={SECRET}"}),
    ]:
        result = turboctl(*command, *arguments, env=env)
        assert SECRET not in result.stdout + result.stderr


def test_no_secret_is_in_the_arguments_of_a_child(turboctl, project, tmp_path):
    """The project's Python looks at its own command line and its parents'."""
    with (project.parent / "mysite" / "settings.py").open("a") as settings:
        settings.write(
            "\nimport os\n"
            "for process in (os.getpid(), os.getppid()):\n"
            f"    with open({str(tmp_path / 'seen')!r}, 'a') as seen:\n"
            "        seen.write(open(f'/proc/{process}/cmdline').read())\n"
        )
    arguments = ["--manage", project, "--python", PYTHON, "--output", tmp_path / "t.json"]
    turboctl("config", "import", *arguments, env={"REDISCLI_AUTH": SECRET})
    seen = (tmp_path / "seen").read_text()
    assert "layer_settings" in seen
    assert SECRET not in seen and "key one" not in seen
