"""bench measures the layer through a group of its own, counts right, and leaves nothing behind."""

import csv
import io
import signal
import time

import pytest

from peers import unused_port, wait_until
from tool import GRACE, GROUP, element

MODES = ["send", "tail", "roundtrip"]
WAYS = {
    ("send", "core"): ["single", "bulk"],
    ("send", "pubsub"): ["single", "bulk"],
    ("tail", "core"): ["single", "bulk"],
    ("tail", "pubsub"): ["bulk"],
    ("roundtrip", "core"): ["single"],
    ("roundtrip", "pubsub"): ["single"],
}
TIMES = ["p50_ms", "p90_ms", "p99_ms", "max_ms"]

every_mode = pytest.mark.parametrize("mode", MODES)
every_backend = pytest.mark.parametrize("backend", ["core", "pubsub"])


def queues(server):
    return [key for key in server.client.keys("asgi*") if key.endswith(b"!")]


@every_mode
@every_backend
def test_it_measures_and_leaves_nothing(turboctl, server, mode, backend):
    lines = turboctl("bench", mode, "--backend", backend, "--json", "--messages", 150).succeeded()
    assert [line["way"] for line in lines.objects] == WAYS[mode, backend]
    for line in lines.objects:
        assert (line["bench"], line["backend"], line["messages"]) == (mode, backend, 150)
        assert line["size"] == 512
        assert line["processes"] == (1 if mode == "tail" else 10)
        assert line["members"] == (100 if backend == "core" else None)
        assert line["rate"] == pytest.approx(150_000 / line["elapsed_ms"], rel=0.01)
        assert line["server_cpu_ms"] >= 0
        times = [line[name] for name in TIMES]
        if line["way"] == "single":
            assert 0 < times[0] and times == sorted(times)
            assert times[-1] <= line["elapsed_ms"]
        else:
            assert times == [None] * 4
        counted = sum(bar["count"] for bar in line["histogram"])
        assert counted == (150 if line["way"] == "single" else 0)
    assert not server.client.keys()
    wait_until(lambda: server.connected() == 0)


@every_backend
def test_the_server_counts_the_same_bytes(turboctl, server, backend):
    lines = turboctl("bench", "send", "--backend", backend, "--json", "--size", 3000)
    for line in lines.succeeded().objects:
        assert line["others_bytes"] == 0
        assert 3000 < line["bytes"] / line["messages"] < 3500


def test_what_others_send_meanwhile_is_said(turboctl, server):
    run = turboctl.start("bench", "send", "--duration", 1)
    while not run.ended:
        server.client.echo(b"x" * 100_000)
    result = run.finish()
    assert result.code == 0
    assert "others sent the server" in result.stderr


def test_many_members_in_few_processes(turboctl, server):
    options = ["--members", 1000, "--processes", 8]
    run = turboctl.start("bench", "send", *options, "--duration", 60)
    wait_until(lambda: 1000 in map(server.client.zcard, server.client.keys("asgi:group:*")))
    for _ in range(100):
        assert len(queues(server)) <= 8
    run.signal(signal.SIGINT).finish(GRACE)
    run = turboctl("bench", "send", *options, "--messages", 200, "--json")
    single, bulk = run.succeeded().objects
    assert (single["members"], single["processes"]) == (1000, 8)
    assert single["messages"] == bulk["messages"] == 200
    assert not server.client.keys()


@pytest.mark.parametrize("options", [["--capacity", 3], ["--serializer", "json", "--capacity", 3]])
@every_mode
def test_no_queue_gets_more_than_its_capacity(turboctl, server, mode, options):
    run = turboctl.start("bench", mode, "--duration", 1, "--json", *options)
    most = 0
    while not run.ended:
        for key in queues(server):
            most = max(most, server.client.zcard(key))
    result = run.finish().succeeded()
    assert sum(line["messages"] for line in result.objects) > 10
    assert most <= 3
    # Who waits for a message takes it before anybody sees it in the queue.
    assert most > 0 or mode == "roundtrip"


def test_other_groups_get_nothing(turboctl, server, process):
    process.join(GROUP)
    before = server.dump()
    turboctl("bench", "send").succeeded()
    turboctl("bench", "roundtrip", "--messages", 20).succeeded()
    assert server.dump() == before


@every_mode
@every_backend
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal(turboctl, server, mode, backend, number, code):
    run = turboctl.start("bench", mode, "--backend", backend, "--duration", 60, "--json")
    # More messages than it counts at once.
    commands = ("evalsha", "bzpopmin", "publish")
    wait_until(lambda: any(server.calls(command) > 3000 for command in commands))
    result = run.signal(number).finish(GRACE)
    assert (result.code, result.stderr) == (code, "")
    # What was measured until then is shown.
    assert result.objects[0]["messages"] > 0
    assert not server.client.keys()


@pytest.mark.parametrize("options", [[], ["--serializer", "json", "--processes", 200]])
def test_a_signal_at_any_moment(turboctl, server, options):
    for number in range(10):
        run = turboctl.start("bench", "send", "--duration", 60, *options)
        time.sleep(0.05 + number * 0.03)
        run.signal(signal.SIGINT).finish(GRACE)
        assert not server.client.keys()


def test_killed_it_is_gone_after_its_lease(turboctl, server):
    runs = [turboctl.start("bench", mode, "--duration", 60) for mode in MODES]
    wait_until(lambda: len(server.client.keys("asgi:group:*")) == 3)
    wait_until(lambda: queues(server))
    for run in runs:
        run.signal(signal.SIGKILL).finish()
    left = server.client.keys()
    assert left
    assert all(0 < server.client.ttl(key) <= 15 for key in left)
    wait_until(lambda: not server.client.keys())


def test_flush_takes_what_a_killed_one_left(turboctl, server):
    run = turboctl.start("bench", "send", "--duration", 60)
    wait_until(lambda: queues(server))
    run.signal(signal.SIGKILL).finish()
    turboctl("flush", "--all", "--yes").succeeded()
    assert not server.client.keys()


@every_mode
@every_backend
def test_several_hosts(turboctl, server, start_server, mode, backend):
    other = start_server()
    hosts = ["--redis", server.url, "--redis", other.url]
    options = ["--backend", backend, "--messages", 50, "--json"]
    for line in turboctl("bench", mode, *hosts, *options).succeeded().objects:
        assert (line["messages"], line["others_bytes"]) == (50, 0)
    assert not server.client.keys() + other.client.keys()


def test_a_lease_is_renewed(turboctl, server):
    run = turboctl.start("bench", "send", "--duration", 60, "--processes", 2, "--members", 2)
    wait_until(lambda: server.client.keys("asgi:group:*"))
    end = time.monotonic() + 17
    while time.monotonic() < end:
        [key] = server.client.keys("asgi:group:*")
        assert server.client.ttl(key) > 5
        time.sleep(0.2)
    run.signal(signal.SIGINT).finish(GRACE)


def test_nobody_there(turboctl):
    url = f"redis://127.0.0.1:{unused_port()}"
    for mode in MODES:
        turboctl("bench", mode, "--redis", url).failed(3)


@every_mode
@every_backend
def test_a_server_that_refuses(turboctl_for, start_server, mode, backend):
    server = start_server()
    server.client.config_set("maxmemory", 1)
    server.client.config_set("maxmemory-policy", "noeviction")
    result = turboctl_for(server)("bench", mode, "--backend", backend)
    assert "OOM" in result.failed(3).stderr
    assert not server.client.keys()


def test_a_server_that_goes_away(turboctl_for, start_server):
    server = start_server()
    run = turboctl_for(server).start("bench", "send", "--duration", 60)
    wait_until(lambda: server.client.keys("asgi:group:*"))
    server.process.kill()
    run.finish().failed(3)


def test_what_is_lost_is_not_counted(turboctl, server):
    run = turboctl.start("bench", "send", "--duration", 60)
    wait_until(lambda: queues(server))
    while not run.ended:
        server.client.flushall()
    assert "something else" in run.finish().failed(3).stderr


def test_a_signal_while_the_server_hangs(turboctl_for, start_server):
    server = start_server()
    run = turboctl_for(server).start("bench", "send", "--duration", 60)
    wait_until(lambda: queues(server))
    server.pause()
    assert run.signal(signal.SIGTERM).finish(8).code == 143


def test_a_user_who_may_not_ask_for_info(turboctl_for, start_server):
    server = start_server()
    server.client.execute_command("ACL", "SETUSER", "default", "-info")
    turboctl = turboctl_for(server)
    lines = turboctl("bench", "send", "--json").succeeded().objects
    assert [line["server_cpu_ms"] for line in lines] == [None, None]
    assert "INFO" in turboctl("bench", "send").stderr


@every_mode
def test_csv(turboctl, mode):
    result = turboctl("bench", mode, "--csv", "--messages", 20).succeeded()
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["way"] for row in rows] == WAYS[mode, "core"]
    assert {row["messages"] for row in rows} == {"20"}


def test_a_template(turboctl, server, tmp_path):
    (tmp_path / "item.html").write_text(element("{{ name }}"))
    options = ["--template", "item.html", "--templates", tmp_path, "--set", "name=Ada"]
    lines = turboctl("bench", "tail", *options, "--json").succeeded().objects
    assert {line["size"] for line in lines} == {len(element("Ada")) + 15}


def test_the_default_is_small(turboctl, server):
    before = server.client.info("stats")["total_net_input_bytes"]
    for mode in MODES:
        start = time.monotonic()
        turboctl("bench", mode).succeeded()
        assert time.monotonic() - start < 10
    assert server.client.info("stats")["total_net_input_bytes"] - before < 10_000_000


def test_for_people(turboctl):
    lines = turboctl("bench", "send").succeeded().stdout.splitlines()
    assert lines[0] == "send: 100 members in 10 processes, 512 bytes of HTML"
    assert [line.split()[0] for line in lines[1:]] == ["WAY", "single", "bulk"]
    assert not turboctl("bench", "send", "--quiet").succeeded().stdout


@pytest.mark.parametrize("mode", MODES)
def test_keys(turboctl, server, mode, tmp_path):
    """Encrypted, with a capacity of its own, and behind random bytes of another length."""
    config = tmp_path / "turboctl.json"
    config.write_text(
        '{"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": ["%s"],'
        ' "symmetric_encryption_keys": ["secret"], "channel_capacity": {"turboctl*": 5},'
        ' "random_prefix_length": 7, "group_expiry": 5}}}' % server.url
    )
    config.chmod(0o600)
    lines = turboctl("bench", mode, "--config", config, "--messages", 30, "--json")
    assert all(line["messages"] == 30 for line in lines.succeeded().objects)
    assert not server.client.keys()
