"""What happens at the edges: streams that are closed, groups that differ, secrets in the wrong place."""

import os
import subprocess

import pytest

from peers import wait_until
from tool import BINARY, GROUP, HELLO, SEND_HELLO, html_message

SECRET = "s3cret-7fQ"
OTHER = "turbo_stream.chat_2"
BROKEN = "turbo_stream.broken"


def shell(server, redirection, *arguments):
    """Runs turboctl with its streams changed by a shell."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" "$@" {redirection}', BINARY, *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "TURBOCTL_REDIS_URL": server.url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=20,
    )


@pytest.mark.parametrize("redirection", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_a_closed_stream_never_becomes_the_connection(server, process, redirection):
    channel = process.join(GROUP)
    server.client.config_resetstat()
    result = shell(server, redirection, *SEND_HELLO, "-vv")
    # An unknown command there would be our own text.
    assert "errorstat_ERR" not in server.client.info("errorstats")
    assert result.returncode == 0, result
    assert process.receive(channel) == html_message(HELLO)


@pytest.fixture
def broken(server):
    """A group whose key holds something else."""
    server.client.set(f"asgi:group:{BROKEN}", "x")


@pytest.mark.parametrize("output", ["1>/dev/null", "1>/dev/full", "| true"])
def test_an_unreadable_report_does_not_hide_the_outcome(server, process, broken, output):
    channel = process.join(GROUP)
    if output == "| true":
        reader, writer = os.pipe()
        os.close(reader)
        run = subprocess.run(
            [BINARY, "send", GROUP, BROKEN, "-a", "refresh", "--redis", server.url],
            stdout=writer,
            timeout=20,
        )
        os.close(writer)
    else:
        run = shell(server, output, "send", GROUP, BROKEN, "-a", "refresh")
    assert run.returncode == 5, run
    assert process.receive(channel)["type"] == "html_message"


def test_a_group_without_subscribers_is_no_delivery(turboctl, broken):
    result = turboctl("send", BROKEN, OTHER, "-a", "refresh").failed(3)
    assert BROKEN in result.stderr and "delivered" not in result.stderr


def test_every_group_that_failed_is_named(turboctl, server, process, broken):
    process.join(GROUP)
    server.client.set("asgi:group:other", "x")
    result = turboctl("send", BROKEN, GROUP, "other", "-a", "refresh").failed(5)
    assert all(name in result.stderr for name in (BROKEN, "other", f"delivered to {GROUP}"))


def test_a_process_that_failed_is_named_and_counted(turboctl, server, start_process):
    first, second = start_process(server.url), start_process(server.url)
    first.join(GROUP)
    channel = second.join(GROUP)
    server.client.set(first.queue, "not a queue")
    result = turboctl(*SEND_HELLO, "--json")
    assert result.code == 5, result
    assert result.objects[0]["failed"] == 1
    assert first.layer.client_prefix in result.stderr
    assert "delivered to 1 process, not to 1, " in result.stderr
    assert second.receive(channel) == html_message(HELLO)


@pytest.mark.parametrize("others", [[], [BROKEN]])
def test_a_group_that_got_it_in_part_is_no_group_that_got_it(turboctl, server, start_process, broken, others):
    first, second = start_process(server.url), start_process(server.url)
    for process in (first, second):
        process.join(GROUP, "other", "whole")
    server.client.set(first.queue, "not a queue")
    result = turboctl("send", GROUP, "other", *others, "-a", "refresh").failed(5)
    extent = "3 groups did not get the message, or in part" if others else "2 groups got the message in part"
    assert result.stderr.startswith(f"turboctl: {extent}: ")
    assert f"delivered to {GROUP}" not in result.stderr


def test_a_repeat_does_not_reach_those_who_missed_it(turboctl, server, start_process):
    first, second = start_process(server.url), start_process(server.url)
    for process in (first, second):
        process.join(GROUP)
    server.client.set(first.queue, "not a queue")
    result = turboctl(*SEND_HELLO, "--once", "job").failed(5)
    assert "with the same --once ID it is not sent again" in result.stderr
    assert "--once" not in turboctl(*SEND_HELLO).failed(5).stderr
    server.client.delete(first.queue)
    assert "already sent" in turboctl(*SEND_HELLO, "--once", "job").succeeded().stdout
    assert not server.client.exists(first.queue)


def test_the_shorter_of_wait_and_timeout_counts(turboctl):
    turboctl(*SEND_HELLO, "--wait", "1h", "--timeout", "2s").failed(4)


def test_a_wait_of_hours_ends_when_somebody_comes(turboctl, server, process):
    before = server.accepted()
    run = turboctl.start(*SEND_HELLO, "--wait", "2h")
    wait_until(lambda: server.accepted() > before)
    channel = process.join(GROUP)
    run.finish().succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_a_tail_hears_though_the_last_page_to_join_has_left(turboctl, server, process):
    process.join(GROUP)
    key = f"asgi:group:{GROUP}"
    [(member, score)] = server.client.zrange(key, 0, -1, withscores=True)
    server.client.zadd(key, {member: score - 600})
    tail = turboctl.tail(GROUP, "--count", 1)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["send", "{}", "g", "-a", "refresh"],
        ["send", "{}", "--chat", "1", "-a", "refresh"],
        ["send", "--chat", "{}", "-a", "refresh"],
        ["send", "g", "-a", "{}", "-t", "x"],
        ["send", "g", "--capacity", "{}"],
        ["{}"],
        ["help", "{}"],
        ["tail", "g", "--redis", "{}"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "url",
    [
        f"redis://:{SECRET}@h",
        f"redis://h?password={SECRET}",
        f"redis://h?password=a&{SECRET}=x",
        f"redis://:12?{SECRET}=1@h",
        f"redis://:{SECRET}#@h",
    ],
)
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_a_password_in_the_wrong_place_is_not_shown(turboctl, arguments, url, json):
    result = turboctl(*[word.format(url) for word in arguments], *json, "--timeout", 1)
    assert result.code in (2, 3), result
    assert SECRET not in result.stdout + result.stderr
