"""Passwords and keys: asked for without an echo, and shown nowhere."""

import json
import subprocess

import pytest

from fixtures import starter
from terminal import Terminal
from tool import BINARY, SEND_HELLO

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
