"""Of several hosts one is down: what the others have is shown, and nothing is claimed of what it had."""

import signal
import time
import zlib

import pytest

from peers import unused_port
from tool import GRACE


def place(name):
    """On which of two hosts a name lives (channels_redis/core.py consistent_hash)."""
    return int((zlib.crc32(name.encode()) & 0xFFF) / (4096 / 2))


def named(stem, host):
    return next(name for number in range(99) if place(name := f"{stem}{number}") == host)


def process_on(host):
    return next(name for number in range(99) if place(name := f"specific.{number}!") == host)


ALIVE, DEAD = 0, 1
GROUP = named("chat_", ALIVE)


@pytest.fixture
def hosts(server):
    return ["--redis", server.url, "--redis", f"redis://127.0.0.1:{unused_port()}"]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (["groups", "list"], "nobody listens on the hosts that answered\n"),
        (["chats", "list"], "nobody listens on the hosts that answered\n"),
        (["queue", "list"], "nothing waits on the hosts that answered\n"),
        (["groups", "prune"], "no member is dead on the hosts that answered\n"),
    ],
)
def test_nothing_found_is_of_those_that_answered(turboctl, hosts, command, line):
    result = turboctl(*command, *hosts)
    assert (result.code, result.stdout) == (3, line)
    assert "not all hosts answered" in result.stderr


def test_what_waits_on_a_dead_host_is_unknown(turboctl, server, hosts):
    now = time.time()
    members = {process_on(host) + "1": now for host in (ALIVE, DEAD)}
    server.client.zadd(f"asgi:group:{GROUP}", members)
    result = turboctl("groups", "show", GROUP, "--json", *hosts)
    assert result.code == 3
    rows = {row["process"]: row for row in result.objects}
    assert (rows[process_on(ALIVE)]["queued"], rows[process_on(ALIVE)]["in_flight"]) == (0, 0)
    assert (rows[process_on(DEAD)]["queued"], rows[process_on(DEAD)]["in_flight"]) == (None, None)
    table = turboctl("groups", "show", GROUP, *hosts).stdout.splitlines()
    [row] = [line for line in table if line.startswith(process_on(DEAD))]
    assert row.split()[-3:] == ["-", "-", "-"]
    [row] = turboctl("groups", "list", "--json", *hosts).objects
    assert row["queued"] is None


@pytest.mark.parametrize("backend", ["core", "pubsub"])
def test_doctor_tells_what_ails_the_others(turboctl, server, hosts, backend):
    server.client.execute_command("ACL", "SETUSER", "default", "-eval", "-evalsha", "-publish")
    try:
        result = turboctl("doctor", "--json", "--backend", backend, *hosts)
    finally:
        server.client.execute_command("ACL", "SETUSER", "default", "+@all")
    assert result.code == 3
    assert "layer" in {line["check"] for line in result.objects}


def test_a_tail_needs_the_host_of_its_group_alone(turboctl, hosts):
    for _ in range(4):
        result = turboctl.tail(GROUP, *hosts, groups=[GROUP]).signal(signal.SIGTERM).finish(GRACE)
        assert (result.code, result.stderr) == (143, "")
