"""A tail's commands, and a reader that does not read: nothing is cut off before its time."""

import os
import signal

import pytest

from peers import is_full, is_running, wait_until
from tool import GRACE, GROUP, HELLO

DETACHED = "sleep 60 & echo $! > {}/pid; wait"


def sleeper(folder):
    """The id of the process that a command started."""
    file = folder / "pid"
    wait_until(lambda: file.exists() and file.read_text())
    return int(file.read_text())


def test_a_command_is_no_idle_time(turboctl, process, tmp_path):
    # Longer than the third of the lease after which it is renewed.
    script = f"[ -e {tmp_path}/got ] || sleep 2.5; cat >> {tmp_path}/got"
    tail = turboctl.tail(GROUP, "--idle", 2, "--lease", 5, "--exec", script)
    process.send_html(GROUP, "1", "2")
    tail.finish(20).succeeded()
    assert (tmp_path / "got").read_text() == "12"


def test_the_timeout_ends_a_command_and_says_so(turboctl, process, tmp_path):
    # It lasts for the second message, until the timeout.
    script = f"[ ! -e {tmp_path}/got ] || sleep 60; cat >> {tmp_path}/got"
    tail = turboctl.tail(GROUP, "--count", 2, "--timeout", 2, "--exec", script)
    process.send_html(GROUP, "1", "2")
    result = tail.finish()
    assert result.code == 0
    assert "--exec was ended" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (tmp_path / "got").read_text() == "1"


def test_messages_that_came_too_late_for_their_command_are_not_counted(turboctl, process, tmp_path):
    script = f"[ ! -e {tmp_path}/got ] || sleep 60; touch {tmp_path}/got"
    tail = turboctl.tail(GROUP, "--count", 3, "--timeout", 2, "--exec", script)
    process.send_html(GROUP, "1", "2", "3")
    result = tail.finish()
    assert result.code == 4
    assert "2 of 3" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_that_a_command_started(turboctl, process, tmp_path, number):
    tail = turboctl.tail(GROUP, "--exec", DETACHED.format(tmp_path))
    process.send_html(GROUP, HELLO)
    child = sleeper(tmp_path)
    tail.signal(number).finish(GRACE)
    wait_until(lambda: not is_running(child))


def test_the_timeout_ends_all_that_a_command_started(turboctl, process, tmp_path):
    tail = turboctl.tail(GROUP, "--timeout", 2, "--exec", DETACHED.format(tmp_path))
    process.send_html(GROUP, HELLO)
    child = sleeper(tmp_path)
    tail.finish(2 + GRACE)
    wait_until(lambda: not is_running(child))


def test_a_lost_connection_ends_no_command(turboctl_for, start_server, start_process, tmp_path):
    server = start_server()
    tail = turboctl_for(server).tail(
        GROUP, "--lease", 2, "--reconnect", "1s", "--exec", DETACHED.format(tmp_path)
    )
    start_process(server.url).send_html(GROUP, HELLO)
    child = sleeper(tmp_path)
    server.process.kill()
    server.process.wait()
    # Only where it gives up for good, the command ends too.
    assert tail.finish(15).code == 3
    wait_until(lambda: not is_running(child))


@pytest.mark.parametrize(
    ("options", "code"), [(["--timeout", 2], 0), (["--timeout", 2, "--count", 80], 4)]
)
def test_the_timeout_holds_while_nobody_reads(turboctl, process, options, code):
    reader, writer = os.pipe()
    tail = turboctl.tail(GROUP, "--capacity", 1000, *options, stdout=writer)
    os.close(writer)
    process.send_html(GROUP, *(80 * ["x" * 10_000]))
    assert tail.finish(2 + GRACE).code == code
    assert not turboctl.members(GROUP)
    os.close(reader)


def test_a_slow_reader_gets_all_of_it(turboctl, process):
    reader, writer = os.pipe()
    tail = turboctl.tail(GROUP, "--timeout", 60, "--count", 40, stdout=writer)
    process.send_html(GROUP, *(f"{number:x>10000}" for number in range(40)))
    wait_until(lambda: is_full(writer))
    os.close(writer)
    with open(reader, "rb") as file:
        lines = file.read().split()
    assert [int(line.strip(b"x")) for line in lines] == list(range(40))
    tail.finish().succeeded()


def test_a_break_is_said_once(turboctl_for, start_server):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP)
    server.client.flushall()
    server.client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    wait_until(lambda: "connected again" in tail.err.read_text())
    assert tail.err.read_text().count("possibly missed") == 1


def test_an_empty_command_is_2(turboctl):
    turboctl("tail", GROUP, "--exec", "", "--timeout", 1).failed(2)


@pytest.mark.parametrize(
    ("action", "hint"), [("apend", "'append'"), ("append", None), ("redirect_to", None)]
)
def test_a_mistyped_action_is_a_warning(turboctl, action, hint):
    result = turboctl.tail(GROUP, "--action", action).signal(signal.SIGTERM).finish(GRACE)
    assert result.code == 143
    assert (hint in result.stderr) if hint else not result.stderr
