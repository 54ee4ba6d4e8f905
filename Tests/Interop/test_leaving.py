"""A tail leaves its groups, however it ends."""

import os
import signal
import time
from itertools import pairwise
from statistics import median

import pytest

from peers import GROUP_EXPIRY, wait_until
from tool import GRACE, GROUP, HELLO

OTHER = "turbo_stream.chat_2"


def left(server):
    """Nothing of a tail is in Redis any more: no member, no queue."""
    members = [
        channel
        for key in server.client.keys("asgi:group:*")
        for channel in server.client.zrange(key, 0, -1)
    ]
    return not [name for name in [*members, *server.client.keys()] if b"turboctl." in name]


@pytest.mark.parametrize("groups", [[GROUP], [GROUP, OTHER]], ids=["one", "two"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal(turboctl, server, process, groups, number, code):
    tail = turboctl.tail(*groups, groups=groups)
    process.send_html(GROUP, HELLO)
    tail.printed(HELLO.encode() + b"\n")
    result = tail.signal(number).finish(GRACE)
    assert (result.code, result.stdout) == (code, HELLO + "\n")
    assert left(server)
    process.send_html(GROUP, HELLO)
    assert not server.client.keys()


def test_a_signal_while_the_server_hangs(turboctl_for, start_server):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP)
    server.pause()
    assert tail.signal(signal.SIGTERM).finish(8).code == 143


@pytest.mark.parametrize("options", [["--count", 1], ["--timeout", 3], ["--idle", 3]])
def test_its_own_end(turboctl, server, process, options):
    tail = turboctl.tail(GROUP, *options)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"
    assert left(server)


def test_others_stay(turboctl, server, process):
    channel = process.join(GROUP)
    tail = turboctl.tail(GROUP)
    tail.signal(signal.SIGTERM).finish(GRACE)
    assert server.members(GROUP) == [channel]


def test_a_closed_pipe_is_silent(turboctl, server, process):
    reader, writer = os.pipe()
    tail = turboctl.tail(GROUP, stdout=writer)
    os.close(writer)
    process.send_html(GROUP, HELLO)
    assert os.read(reader, 65536) == HELLO.encode() + b"\n"
    os.close(reader)
    # No other message is needed for it to notice.
    tail.finish(GRACE).succeeded()
    assert left(server)


def test_a_killed_one_is_gone_after_its_lease(turboctl, server, process):
    tail = turboctl.tail(GROUP, "--lease", 2)
    tail.signal(signal.SIGKILL).finish()
    wait_until(lambda: not server.members(GROUP), 8)
    # group_send sweeps by whole seconds.
    time.sleep(1.1)
    process.send_html(GROUP, HELLO)
    assert not server.client.keys()


@pytest.mark.parametrize("lease", [2, 3])
def test_a_lease_is_renewed_before_it_ends(turboctl, server, process, lease):
    tail = turboctl.tail(GROUP, "--lease", lease)
    times = set()

    def renewed():
        found = server.client.zrange(f"asgi:group:{GROUP}", 0, -1, withscores=True)
        times.update(score for _, score in found)
        return len(times) > 3

    wait_until(renewed)
    pauses = [after - before for before, after in pairwise(sorted(times))]
    # It waits for a message in whole seconds; and a machine that stands still for a moment makes one long.
    assert median(pauses) < 1.5
    process.send_html(GROUP, HELLO)
    tail.printed(HELLO.encode() + b"\n")


def test_a_lease_is_short_of_the_groups_expiry(turboctl, server):
    turboctl.tail(GROUP, "--lease", 30)
    [(_, score)] = server.client.zrange(f"asgi:group:{GROUP}", 0, -1, withscores=True)
    assert score == pytest.approx(time.time() - GROUP_EXPIRY + 30, abs=15)


def test_it_does_not_shorten_the_life_of_the_group(turboctl, server, process):
    process.join(GROUP)
    tail = turboctl.tail(GROUP, "--count", 1, "--lease", 5)
    assert server.client.ttl(f"asgi:group:{GROUP}") == pytest.approx(GROUP_EXPIRY, abs=60)
    process.send_html(GROUP, HELLO)
    tail.finish().succeeded()
    assert server.client.ttl(f"asgi:group:{GROUP}") == pytest.approx(GROUP_EXPIRY, abs=60)


def test_a_lost_connection_is_said_and_made_again(turboctl_for, start_server, start_process):
    server = start_server()
    process = start_process(server.url)
    tail = turboctl_for(server).tail(GROUP, "--count", 1)
    assert server.client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    process.send_html(GROUP, HELLO)
    result = tail.finish()
    assert (result.code, result.stdout) == (0, HELLO + "\n")
    assert result.stderr
