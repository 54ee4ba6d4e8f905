"""tail beside a site that lives: patterns, filters, commands, lost connections."""

import json
import os
import signal
import time

import pytest

from peers import is_full, is_running, wait_until
from tool import GRACE, GROUP, HELLO

OTHER = "turbo_stream.chat_2"


def missed(run):
    return "possibly missed" in run.err.read_text()


def stop(server):
    server.process.kill()
    server.process.wait()


# Patterns


def test_a_new_group_is_joined_within_a_second(turboctl, server, process):
    server.client.mset({f"foreign:{number}": 1 for number in range(20_000)})
    tail = turboctl.start("tail", "turbo_stream.chat_*", "--json")
    wait_until(lambda: server.calls("bzpopmin"))
    for number in range(3):
        group = f"turbo_stream.chat_{number}"
        process.join(group)
        # A busy machine is granted more.
        wait_until(lambda: turboctl.members(group), 4)
        process.send_html(group, "x")
        wait_until(lambda: len(tail.output.splitlines()) == number + 1)
        assert json.loads(tail.output.splitlines()[-1])["group"] == group
    tail.signal(signal.SIGTERM).finish()
    assert not turboctl.members("turbo_stream.chat_0")


def test_looking_for_groups_leaves_the_server_alone(turboctl, server):
    pipe = server.client.pipeline(transaction=False)
    for start in range(0, 300_000, 10_000):
        pipe.mset({f"foreign:{number}": 1 for number in range(start, start + 10_000)})
    pipe.execute()
    server.client.config_resetstat()
    tail = turboctl.start("tail", "no_such_*")
    wait_until(lambda: server.client.info("commandstats").get("cmdstat_bzpopmin"))

    def spent():
        stats = server.client.info("commandstats")
        return sum(stats[name]["usec"] for name in ("cmdstat_scan", "cmdstat_time")) / 1e6

    began, before = time.monotonic(), spent()
    time.sleep(3)
    share = (spent() - before) / (time.monotonic() - began)
    # A twentieth, and what a step took longer in which a busy machine ran others.
    assert 0 < share < 0.1
    tail.stop()


@pytest.mark.parametrize("prefix", ["a*b", "a?[x]\\", "asgi"])
def test_what_the_prefix_holds_stands_for_itself(turboctl, server, start_process, prefix):
    process = start_process(server.url, prefix=prefix)
    process.join(GROUP)
    server.client.zadd(f"axxb:group:{OTHER}", {"specific.a!1": time.time()})
    tail = turboctl.start("tail", "turbo_stream.*", "--prefix", prefix, "--count", 1)
    wait_until(lambda: len(server.members(GROUP, prefix)) == 2)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"


def test_hostile_names_of_groups_are_passed_over(turboctl, server, process):
    process.join(GROUP)
    for name in (b"\xff\xfe", b"\x1b[2J", b"x y", b"a!b", b"", b"turboctl.ping.x", "é".encode()):
        server.client.zadd(b"asgi:group:" + name, {"specific.a!1": time.time()})
    server.client.set("asgi:group:turbo_stream.string", 1)
    tail = turboctl.tail("*", "--count", 1)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"


@pytest.mark.parametrize("pattern", ["a b*", "é*", "chat:*"])
def test_a_pattern_that_no_name_can_match_is_2(turboctl, pattern):
    turboctl("tail", pattern, "--timeout", 1).failed(2)


# Commands


def test_a_command_takes_the_place_of_printing(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 2, "--exec", "cat; echo")
    process.send_html(GROUP, "1", "x" * 300_000)
    assert tail.finish().succeeded().stdout == "1\n" + "x" * 300_000 + "\n"


def test_a_command_that_fails_is_a_warning(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 2, "--json", "--exec", "kill -9 $$")
    process.send_html(GROUP, "1", "2")
    result = tail.finish()
    assert result.code == 0
    assert [line["html"] for line in result.objects] == ["1", "2"]
    assert result.stderr == 2 * "turboctl: warning: --exec ended with 137\n"


def test_a_slow_command_does_not_cost_the_membership(turboctl, server, process):
    tail = turboctl.tail(GROUP, "--lease", 3, "--exec", "sleep 4; echo done")
    [member] = turboctl.members(GROUP)
    process.send_html(GROUP, "x")
    end = time.monotonic() + 4
    while time.monotonic() < end:
        assert server.members(GROUP) == [member]
        time.sleep(0.1)
    tail.printed(b"done\n")


def test_a_signal_ends_the_command_too(turboctl, server, process, tmp_path):
    tail = turboctl.tail(GROUP, "--exec", f"echo $$ > {tmp_path}/pid; exec sleep 60")
    process.send_html(GROUP, "x")
    wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    assert tail.signal(signal.SIGTERM).finish(GRACE).code == 143
    assert not turboctl.members(GROUP)
    child = int((tmp_path / "pid").read_text())
    wait_until(lambda: not is_running(child))


# Losses


def test_a_full_queue_is_said_once(turboctl, process):
    tail = turboctl.tail(GROUP, "--capacity", 20)
    tail.signal(signal.SIGSTOP)
    process.send_html(GROUP, *map(str, range(50)))
    tail.signal(signal.SIGCONT)
    wait_until(lambda: len(tail.output.splitlines()) >= 20)
    wait_until(lambda: missed(tail))
    assert tail.err.read_text().count("\n") == 1


def test_stopped_for_less_than_the_lease_nothing_is_missed(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 3)
    process.send_html(GROUP, "1")
    tail.printed(b"1\n")
    tail.signal(signal.SIGSTOP)
    process.send_html(GROUP, "2", "3")
    time.sleep(1)
    tail.signal(signal.SIGCONT)
    assert tail.finish().succeeded().stdout == "1\n2\n3\n"


def test_a_swept_membership_is_said_and_made_again(turboctl, server, process):
    tail = turboctl.tail(GROUP, "--lease", 2)
    tail.signal(signal.SIGSTOP)
    wait_until(lambda: not server.members(GROUP), 8)
    # group_send sweeps by whole seconds.
    time.sleep(1.1)
    process.send_html(GROUP, "lost")
    assert not server.client.zcard(f"asgi:group:{GROUP}")
    tail.signal(signal.SIGCONT)
    wait_until(lambda: turboctl.members(GROUP))
    wait_until(lambda: missed(tail))
    process.send_html(GROUP, "found")
    tail.printed(b"found\n")
    # It is a lease again: the sweep was our own fault.
    [(_, score)] = server.client.zrange(f"asgi:group:{GROUP}", 0, -1, withscores=True)
    assert score == pytest.approx(time.time() - 86400 + 2, abs=20)


# Connections


def test_it_waits_for_a_server_that_restarts(turboctl_for, start_server, start_process):
    server = start_server()
    turboctl = turboctl_for(server)
    tail = turboctl.tail(GROUP, OTHER, groups=[GROUP, OTHER])
    again = ["--port", str(server.port), "--unixsocket", str(server.socket)]
    stop(server)
    wait_until(lambda: b"lost the connection" in tail.err.read_bytes())
    server.process = type(server.process)(["redis-server", *again, "--save", ""], stdout=-3)
    wait_until(server.ready)
    wait_until(lambda: turboctl.members(GROUP) and turboctl.members(OTHER), 10)
    start_process(server.url).send_html(OTHER, HELLO)
    tail.printed(HELLO.encode() + b"\n")
    errors = tail.err.read_text()
    assert "lost the connection" in errors
    assert "connected again" in errors
    assert "possibly missed" in errors


@pytest.mark.parametrize(("option", "least", "most"), [("0", 0, 3), ("1s", 0.9, 6)])
def test_it_gives_up_after_reconnect(turboctl_for, start_server, option, least, most):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP, "--reconnect", option)
    began = time.monotonic()
    stop(server)
    assert tail.finish().code == 3
    assert least <= time.monotonic() - began <= most


@pytest.mark.parametrize(
    ("options", "code"), [(["--timeout", 2], 0), (["--timeout", 2, "--count", 1], 4)]
)
def test_the_timeout_holds_while_it_reconnects(turboctl_for, start_server, options, code):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP, *options)
    stop(server)
    assert tail.finish(GRACE).code == code


def test_a_signal_ends_the_attempts(turboctl_for, start_server):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP)
    stop(server)
    wait_until(lambda: b"lost the connection" in tail.err.read_bytes())
    assert tail.signal(signal.SIGINT).finish(GRACE).code == 130


def test_a_changed_password_ends_it(turboctl_for, start_server):
    server = start_server()
    tail = turboctl_for(server).tail(GROUP)
    server.client.config_set("requirepass", "secret")
    server.client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    result = tail.finish(GRACE)
    assert result.code == 3
    assert "NOAUTH" in result.stderr


def test_a_writer_that_waits_for_its_reader_heeds_a_signal(turboctl, server, process):
    reader, writer = os.pipe()
    tail = turboctl.tail(GROUP, "--capacity", 1000, stdout=writer)
    process.send_html(GROUP, *(80 * ["x" * 10_000]))
    wait_until(lambda: is_full(writer))
    os.close(writer)
    assert tail.signal(signal.SIGTERM).finish(GRACE).code == 143
    assert not turboctl.members(GROUP)
    os.close(reader)
