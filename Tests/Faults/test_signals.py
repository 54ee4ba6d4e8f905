"""Ended, stopped, killed, or read no more: what was promised stays so, and nobody stays behind."""

import contextlib
import os
import signal
import subprocess
import time

import pytest

import ledger
from judge import batch, judge_batch, numbers
from layers import queues, tails
from ledger import sampled
from peers import wait_until
from tool import GRACE, GROUP, HELLO, SEND_HELLO, html_message

ENDING = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
OTHER = "turbo_stream.chat_2"
endings = pytest.mark.parametrize(
    ("number", "code"), ENDING.items(), ids=[number.name for number in ENDING]
)


@endings
def test_a_tail_at_any_time_of_its_life(layer, options, server, turboctl, number, code):
    for place in sampled(range(50), 3):
        run = turboctl.start("tail", GROUP, *options)
        # The moment is what is tried.
        time.sleep(0.001 * place)
        run.process.send_signal(number)
        run.wait(5)
        ledger.tried["signals"] += 1
        # Before it can know of any group, the system ends it.
        assert run.process.returncode in (code, -number)
        assert run.output == b""
        wait_until(lambda: tails(server) == 0)


@endings
def test_a_batch_at_any_time(layer, options, audience_on, server, turboctl, number, code):
    groups = [GROUP, OTHER]
    audience = audience_on(server, groups=groups)
    count = 4000
    lines = batch(groups, count)
    room = [] if layer.name == "pubsub" else ["--capacity", count]
    connected = server.connected()
    for place in sampled(range(24), 2):
        audience.clear()
        run = turboctl.start("send", "--batch", "-", "--json", *room, *options, input=lines)
        # The moment is what is tried.
        time.sleep(0.004 * place)
        run.process.send_signal(number)
        run.wait(15)
        server.served(connected)
        ledger.tried["signals"] += 1
        held = numbers(audience.held())
        if run.process.returncode == -number:
            assert not held
            continue
        result = run.finish()
        assert result.code in (0, code), result
        judge_batch(result, held, count, ended=code)


def test_a_batch_that_is_stopped_goes_on(layer, options, audience_on, server, turboctl):
    groups = [GROUP, OTHER]
    audience = audience_on(server, groups=groups)
    room = [] if layer.name == "pubsub" else ["--capacity", 4000]
    run = turboctl.start(
        "send", "--batch", "-", "--json", *room, *options, input=batch(groups, 4000)
    )
    for _ in range(5):
        # Long enough to get on, and to stand still.
        time.sleep(0.01)
        run.signal(signal.SIGTSTP)
        time.sleep(0.02)
        run.signal(signal.SIGCONT)
    ledger.tried["signals"] += 10
    result = turboctl.finish(run, 15)
    assert result.code == 0, result
    judge_batch(result, numbers(audience.held()), 4000)


@queues
def test_a_tail_that_is_stopped_gets_what_came_meanwhile(
    layer, options, audience, server, turboctl
):
    run = turboctl.tail(GROUP, "--count", 5, *options)
    run.signal(signal.SIGTSTP)
    for number in range(5):
        audience.processes[0].send_html(GROUP, f"{number}")
    run.signal(signal.SIGCONT)
    ledger.tried["signals"] += 2
    assert turboctl.finish(run, 5).succeeded().stdout.split() == ["0", "1", "2", "3", "4"]


@queues
def test_a_killed_tail_is_gone_after_its_lease(layer, options, audience, server, turboctl):
    run = turboctl.tail(GROUP, "--lease", 2, *options)
    run.signal(signal.SIGKILL).process.wait()
    ledger.tried["signals"] += 1
    wait_until(lambda: not turboctl.members(GROUP), 4)
    # The next to send takes it out, and sends it nothing: it counts whole seconds, of a clock that may be set.
    time.sleep(1.1)
    audience.processes[0].send_html(GROUP, HELLO)
    assert tails(server) == 0


@queues
def test_a_killed_batch_is_what_its_first_lines_say(
    layer, options, audience, server, turboctl
):
    connected = server.connected()
    for place in sampled(range(30), 1):
        audience.clear()
        run = turboctl.start(
            "send", "--batch", "-", "--json", "--capacity", 4000, *options,
            input=batch([GROUP], 4000),
        )
        # The moment is what is tried.
        time.sleep(0.003 * place)
        run.signal(signal.SIGKILL).process.wait()
        server.served(connected)
        ledger.tried["signals"] += 1
        held = numbers(audience.held())
        assert held == list(range(1, len(held) + 1))


# Output that nobody takes


def test_a_full_disk_is_1_and_what_was_sent_is_sent(layer, options, audience, turboctl):
    with open("/dev/full", "wb") as full:
        run = turboctl.start(*SEND_HELLO, *options, stdout=full)
        result = turboctl.finish(run, 2)
    assert result.code == 1
    assert "sent, but the report cannot be written" in result.stderr
    assert audience.held() == [html_message(HELLO)]


@pytest.mark.parametrize("command", [["chats", "list"], ["ping"], ["render", "--html", "x"]], ids=" ".join)
def test_a_full_disk_is_1(turboctl, options, audience, command):
    with open("/dev/full", "wb") as full:
        result = turboctl.finish(turboctl.start(*command, *options, stdout=full), 2)
    assert result.code == 1, result


@pytest.mark.parametrize(
    "command", [SEND_HELLO, ["chats", "list"], ["ping"], ["tail", GROUP, "--timeout", 1]],
    ids=lambda command: command[0],
)
def test_outputs_that_are_closed(options, audience, server, turboctl, command):
    turboctl.wrapper = ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-']
    result = turboctl.finish(turboctl.start(*command, *options), 3)
    assert result.code in (0, 1), result
    # The server ends a connection in its own time.
    wait_until(lambda: tails(server) == layer_listens(options))
    # No socket took the place of an output.
    assert not result.output and not result.errors


def layer_listens(options):
    return 1 if "pubsub" in options else 0


def test_a_reader_that_has_enough_of_a_tail(layer, options, server, turboctl, audience):
    reader, writer = os.pipe()
    run = turboctl.start("tail", GROUP, *options, stdout=writer)
    os.close(writer)
    wait_until(lambda: tails(server) > layer_listens(options))
    os.close(reader)
    result = turboctl.finish(run, 3)
    assert (result.code, result.errors) == (0, b"")
    wait_until(lambda: tails(server) == layer_listens(options))


def test_a_reader_that_has_enough_of_a_batch(layer, options, audience, turboctl):
    """`| head -1`: what was sent are the first lines, and nothing goes twice."""
    room = [] if layer.name == "pubsub" else ["--capacity", 4000]
    run = turboctl.start(
        "send", "--batch", "-", "--json", *room, *options,
        input=batch([GROUP], 4000), stdout=subprocess.PIPE,
    )
    line = run.process.stdout.readline()
    run.process.stdout.close()
    assert b'"line":1}' in line
    run.wait(10)
    assert run.process.returncode in (0, 1), run.err.read_text()
    held = numbers(audience.held())
    assert held == list(range(1, len(held) + 1))


@pytest.fixture
def unread():
    """A function: the end of a pipe that is full, and that nobody reads."""
    with contextlib.ExitStack() as stack:

        def unread(blocks):
            reader, writer = os.pipe()
            for end in (reader, writer):
                stack.callback(os.close, end)
            os.set_blocking(writer, False)
            with contextlib.suppress(BlockingIOError):
                while os.write(writer, bytes(4096)):
                    pass
            os.set_blocking(writer, blocks)
            return writer

        yield unread


@pytest.mark.parametrize("blocks", [True, False], ids=["blocks", "does not block"])
@pytest.mark.parametrize(
    "command", [SEND_HELLO, ["chats", "list", "--watch", 0.2], ["tail", GROUP, "-v"]],
    ids=lambda command: command[0],
)
def test_a_signal_while_nobody_reads(options, audience, server, turboctl, unread, command, blocks):
    """Neither results nor errors."""
    turboctl.wrapper = ["sh", "-c", 'exec "$0" "$@" 2>&1']
    accepted = server.accepted()
    run = turboctl.start(*command, *options, stdout=unread(blocks))
    wait_until(lambda: server.accepted() > accepted)
    # It has come to its first line, most likely.
    time.sleep(0.5)
    ledger.tried["signals"] += 1
    assert run.signal(signal.SIGINT).wait(GRACE) == 130


def test_no_standard_input(layer, options, audience, turboctl):
    turboctl.wrapper = ["sh", "-c", 'exec "$0" "$@" <&-']
    result = turboctl("send", GROUP, "-a", "append", "-t", "x", *options)
    result.failed(2)
    assert not audience.held()
