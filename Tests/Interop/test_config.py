"""`config show` and `config check`, and the files that are read."""

import json
import os
import re
import subprocess

import pytest

from tool import BINARY


def settings(turboctl, *arguments, **options):
    """The rows of `config show` by their keys: value and origin."""
    result = turboctl("config", "show", "--json", *arguments, **options).succeeded()
    return {row["key"]: (row["value"], row["origin"]) for row in result.objects}


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
    other = start_server("--replicaof", "127.0.0.1", "1")
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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_link_of_somebody_else_is_not_followed(tmp_path):
    file = tmp_path / "trusted.json"
    file.write_text('{"chat_group": "room_{id}"}')
    link = tmp_path / "turboctl.json"
    link.symlink_to(file)
    for owner, group in [(0, "room_{id}"), (12345, "turbo_stream.chat_{id}")]:
        os.lchown(link, owner, owner)
        command = [BINARY, "config", "show", "--json"]
        run = subprocess.run(
            command, cwd=tmp_path, env={"HOME": "/"}, capture_output=True, text=True
        )
        assert ("./turboctl.json is not read" in run.stderr) == (owner != 0)
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
        (lambda path: os.mkfifo(path), "did not end in time"),
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


def test_check_says_what_commands_warn_of(turboctl, server, tmp_path):
    config = tmp_path / "c.json"
    layer = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "symmetric_encryption_keys": ["k"],
            "hosts": [{"address": "rediss://127.0.0.1:1", "ssl_cert_reqs": "none"}],
        },
    }
    config.write_text(json.dumps({"CHANNEL_LAYERS": {"default": layer}, "language_code": "fr"}))
    config.chmod(0o600)
    env = {"TURBOCTL_REDIS_URL": ""}
    result = turboctl("config", "check", "--config", config, "--json", env=env)
    assert (result.code, result.stderr) == (3, ""), result
    warnings = [row["detail"] for row in result.objects if row["severity"] == "warning"]
    assert len(warnings) == 3
    for word in ("language_code", "layer_version", "ssl_cert_reqs=none"):
        assert any(word in warning for warning in warnings), warnings
