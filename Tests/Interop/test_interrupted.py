"""A send that is stopped, or whose server hangs: what its end says of the messages is so."""

import signal
import subprocess
import time

import pytest

from peers import wait_until
from test_batch import line, lines, started, told
from tool import GRACE, GROUP, SEND_HELLO

SIGNALS = pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)


@SIGNALS
def test_a_server_that_hangs_leaves_the_message_in_doubt(turboctl_for, start_server, number, code):
    server = start_server()
    turboctl = turboctl_for(server)
    server.pause()
    run = turboctl.start(*SEND_HELLO)
    wait_until(server.has_unread)
    result = run.signal(number).finish(GRACE).failed(code)
    server.resume()
    assert "may have been delivered" in result.stderr


@SIGNALS
@pytest.mark.parametrize("options", [["--wait", 20], ["--capacity", 1, "--when-full", "wait"]])
def test_a_message_that_waits_is_not_sent(turboctl, server, process, number, code, options):
    if "--capacity" in options:
        process.join(GROUP)
        process.send_html(GROUP, "first")
    before = server.client.zrange(process.queue, 0, -1)
    # Python's own calls do not count.
    server.client.config_resetstat()
    run = turboctl.start(*SEND_HELLO, *options)
    # The second time it asks, it has waited.
    wait_until(lambda: server.calls("evalsha") > 2)
    result = run.signal(number).finish(GRACE).failed(code)
    assert result.stderr == "turboctl: interrupted: nothing sent\n"
    assert server.client.zrange(process.queue, 0, -1) == before


def test_who_has_not_taken_it_is_named(turboctl, server, process):
    process.join(GROUP)
    run = turboctl.start(*SEND_HELLO, "--confirm", 20)
    wait_until(lambda: server.client.exists(process.queue) and server.calls("zcount") > 1)
    result = run.signal(signal.SIGTERM).finish(GRACE).failed(143)
    assert "not taken by every process" in result.stderr
    assert process.layer.client_prefix in result.stderr


def test_a_server_that_hangs_is_given_up_though_there_is_no_deadline(turboctl_for, start_server):
    server = start_server()
    turboctl = turboctl_for(server)
    batches = [started(turboctl), started(turboctl, "--backend", "pubsub")]
    pipe = turboctl.start("pipe", GROUP, "-t", "t", "--json", stdin=subprocess.PIPE)
    for run in batches:
        run.write(line(1))
    pipe.write("once")
    wait_until(lambda: (server.calls("zrangebyscore"), server.calls("publish")) == (2, 1))
    # Before this all of them are answered.
    server.client.ping()
    server.pause()
    began = time.monotonic()
    for run in batches:
        run.write(lines(2000))
    pipe.write(" upon a time")
    results = [run.finish(30) for run in (*batches, pipe)]
    assert 9 < time.monotonic() - began < 25
    for result in results[:2]:
        sent, (first, last), following = told(result.failed(5))
        assert (sent, first) == (1, 2) and following == last + 1
        assert "no answer within 10 s; 1 message sent; lines 2 to " in result.stderr
    assert results[2].code == 5
    assert "4 bytes of text" in results[2].stderr and "may have been delivered" in results[2].stderr
