"""What send reports, and the conditions under which it sends."""

import json
import re

import pytest

from peers import unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO, UPDATE, element, html_message

OTHER = "turbo_stream.chat_2"


@pytest.mark.parametrize(("processes", "consumers"), [(1, 1), (2, 1), (3, 4)])
def test_the_text_counts_channels_processes_and_bytes(
    turboctl, server, start_process, processes, consumers
):
    for _ in range(processes):
        process = start_process(server.url)
        for _ in range(consumers):
            process.join(GROUP)
    line = (
        rf"turbo_stream\.chat_1: {processes * consumers} channels? in {processes} process(es)?, "
        rf"0 over capacity, {len(HELLO)} bytes, \d+(\.\d+)? ms\n"
    )
    assert re.fullmatch(line, turboctl(*SEND_HELLO).succeeded().stdout)


@pytest.mark.parametrize("text", ["Hello World", "é 👋"])
def test_the_json_counts_the_same(turboctl, server, start_process, text):
    first, second = start_process(server.url), start_process(server.url)
    for process in (first, first, second):
        process.join(GROUP)
    html = element(text)
    [result] = turboctl("send", GROUP, "--json", input=html).succeeded().objects
    assert 0 < result.pop("elapsed_ms") < 5000
    assert result == {
        "group": GROUP,
        "channels": 3,
        "processes": 2,
        "over_capacity": 0,
        "bytes": len(html.encode()),
    }


def test_no_subscriber_is_said_and_is_no_failure(turboctl, server):
    result = turboctl(*SEND_HELLO)
    assert result.code == 0
    assert re.search(r"\bno\b", result.stdout + result.stderr, re.IGNORECASE), result
    [counts] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert (counts["channels"], counts["processes"], counts["over_capacity"]) == (0, 0, 0)
    assert not server.dump()


def test_quiet_prints_nothing(turboctl, process):
    channel = process.join(GROUP)
    assert turboctl(*SEND_HELLO, "--quiet").succeeded().output == b""
    assert process.receive(channel) == html_message(HELLO)


def test_global_options_may_stand_on_either_side(turboctl, server, process):
    process.join(GROUP)
    [result] = turboctl("--json", "--redis", server.url, *SEND_HELLO).succeeded().objects
    assert result["channels"] == 1


@pytest.mark.parametrize("command", [["send", GROUP, OTHER], ["send", "--chat=1", "--chat=2"]])
def test_several_groups_are_reported_in_the_order_given(turboctl, process, command):
    first, second = process.join(GROUP), process.join(OTHER)
    results = turboctl(*command, "--json", input=HELLO).succeeded().objects
    assert [(result["group"], result["channels"]) for result in results] == [
        (GROUP, 1),
        (OTHER, 1),
    ]
    assert process.receive(first) == html_message(HELLO)
    assert process.receive(second) == html_message(HELLO)


def test_a_dry_run_shows_the_message_and_writes_nothing(turboctl, server, process):
    channel = process.join(GROUP)
    before = server.dump()
    result = turboctl(*SEND_HELLO, "--dry-run").succeeded()
    for shown in (HELLO, f"asgi:group:{GROUP}", process.queue):
        assert shown in result.stdout
    assert server.dump() == before
    turboctl("send", GROUP, input=element("real")).succeeded()
    assert process.receive(channel) == html_message(element("real"))


def test_a_dry_run_needs_no_redis(turboctl):
    absent = f"redis://127.0.0.1:{unused_port()}/0"
    result = turboctl(*SEND_HELLO, "--dry-run", "--redis", absent)
    assert result.code == 0, result
    assert HELLO in result.stdout


@pytest.mark.parametrize(("members", "code"), [(0, 4), (1, 4), (2, 0), (3, 0)])
def test_require_sends_only_to_enough_channels(turboctl, server, process, members, code):
    for _ in range(members):
        process.join(GROUP)
    before = server.dump()
    result = turboctl(*SEND_HELLO, "--require", 2)
    if code:
        result.failed(code)
        assert server.dump() == before
    else:
        result.succeeded()
        assert server.client.zcard(process.queue) == 1


def test_require_is_checked_for_every_group_before_the_first_write(turboctl, server, process):
    process.join(GROUP)
    before = server.dump()
    turboctl("send", GROUP, OTHER, "--require", 1, input=HELLO).failed(4)
    assert server.dump() == before


@pytest.mark.parametrize(("options", "consumers"), [([], 1), (["--require", 2], 2)])
def test_wait_sends_when_the_consumers_have_joined(turboctl, server, process, options, consumers):
    before = server.accepted()
    run = turboctl.start(*SEND_HELLO, "--wait", 10, *options)
    wait_until(lambda: server.accepted() > before)
    channels = []
    for _ in range(consumers):
        assert not run.ended
        channels.append(process.join(GROUP))
    run.finish().succeeded()
    for channel in channels:
        assert process.receive(channel) == html_message(HELLO)


def test_wait_ends_without_sending_where_nobody_comes(turboctl, server):
    turboctl(*SEND_HELLO, "--wait", "300ms").failed(4)
    assert not server.dump()


def test_a_frame_over_the_limit_is_refused(turboctl, server, process):
    process.join(GROUP)
    before = server.dump()
    turboctl("send", GROUP, "--raw", input="x" * 1_048_577).failed(2)
    turboctl(*SEND_HELLO, "--max-bytes", len(HELLO) - 1).failed(2)
    assert server.dump() == before
    turboctl(*SEND_HELLO, "--max-bytes", len(HELLO)).succeeded()


def test_confirm_counts_the_processes_that_took_the_message(turboctl, server, start_worker):
    workers = [start_worker(server.url, GROUP) for _ in range(2)]
    [result] = turboctl(*SEND_HELLO, "--json", "--confirm", 5).succeeded().objects
    assert result["confirmed"] == 2
    assert result["confirm_ms"] < 5000
    assert [worker.read()[1] for worker in workers] == 2 * [html_message(HELLO)]


def test_confirm_fails_where_a_process_does_not_take_it(turboctl, server, process):
    process.join(GROUP)
    result = turboctl(*SEND_HELLO, "--confirm", "300ms")
    assert result.code == 4
    assert process.layer.client_prefix in result.stderr


def test_once_sends_an_id_once_to_each_group(turboctl, server, process):
    first, second = process.join(GROUP), process.join(OTHER)
    command = ["send", GROUP, "--once", "job-7", "--json"]
    turboctl(*command, input=element("one")).succeeded()
    [repeat] = turboctl(*command, input=element("two")).succeeded().objects
    assert repeat["duplicate"] is True
    assert "already sent" in turboctl(*command[:-1], input=element("three")).succeeded().stdout
    turboctl("send", OTHER, "--once", "job-7", input=element("four")).succeeded()
    assert process.receive(first) == html_message(element("one"))
    assert process.receive(second) == html_message(element("four"))
    assert server.client.zcard(process.queue) == 0


def test_once_counts_only_what_was_written(turboctl, process):
    turboctl(*SEND_HELLO, "--once", "job-7").succeeded()
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--once", "job-7").succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_a_batch_sends_what_a_line_says_and_the_options_fill_in(turboctl, process):
    first, second = process.join(GROUP), process.join(OTHER)
    lines = [
        {"html": "by default"},
        {"group": OTHER, "html": "elsewhere"},
        {"chat": "2", "action": "remove", "target": "message_1"},
        {"text": "1 < 2", "attrs": {"data-x": "\"'"}},
        {"message": {"type": "chat.raw", "n": 1}, "html": "not this"},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    turboctl("send", GROUP, *UPDATE, "--batch", "-", input=text).succeeded()
    attributes = 'chat-1-message-list" data-x="&quot;&#x27;"'
    escaped = element("1 &lt; 2").replace('chat-1-message-list"', attributes)
    assert [process.receive(first) for _ in range(3)] == [
        html_message(element("by default")),
        html_message(escaped),
        {"type": "chat.raw", "n": 1},
    ]
    assert [process.receive(second) for _ in range(2)] == [
        html_message(element("elsewhere")),
        html_message('<turbo-stream action="remove" target="message_1"></turbo-stream>'),
    ]


@pytest.mark.parametrize("keep_going", [True, False])
def test_a_bad_line_of_a_batch_is_named(turboctl, process, keep_going):
    channel = process.join(GROUP)
    lines = [json.dumps({"group": GROUP, "html": html}) for html in (element("1"), element("3"))]
    lines.insert(1, '{"group": ')
    options = ["--keep-going"] if keep_going else []
    result = turboctl("send", "--batch", "-", *options, input="\n".join(lines))
    assert result.code in ([2] if keep_going else [2, 5])
    assert re.search(r"\b2\b", result.stderr), result
    expected = [element("1"), element("3")] if keep_going else [element("1")]
    assert [process.receive(channel)["html"] for _ in expected] == expected
    assert not process.layer.receive_buffer


def test_confirm_is_told_in_the_text_and_over_json(turboctl, server, start_worker):
    start_worker(server.url, GROUP)
    line = rf"{re.escape(GROUP)}: .* ms, 1 confirmed in [\d.]+ ms\n"
    assert re.fullmatch(line, turboctl(*SEND_HELLO, "--confirm", "5s").succeeded().stdout)


def test_confirm_sees_through_the_two_step_road(turboctl_for, start_server, start_process):
    servers = [start_server(), start_server()]
    urls = [server.url for server in servers]
    processes = [start_process(urls) for _ in range(6)]
    channels = [process.join(GROUP) for process in processes]
    turboctl = turboctl_for(servers[0])
    options = [option for url in urls for option in ("--redis", url)]
    run = turboctl.start(*SEND_HELLO, "--confirm", "10s", "--json", *options)
    for process, channel in zip(processes, channels):
        assert process.receive(channel) == html_message(HELLO)
    [result] = run.finish().succeeded().objects
    assert (result["processes"], result["confirmed"]) == (6, 6)


def test_a_queue_that_dropped_the_message_has_not_taken_it(turboctl, server, process):
    channel = process.join(GROUP)
    process.send_html(GROUP, "one")
    run = turboctl.start(*SEND_HELLO, "--confirm", "2s", "--capacity", 1)
    result = run.finish()
    assert process.receive(channel) == html_message("one")
    assert result.code == 4
    assert f"not taken by every process: {GROUP} (full queues: " in result.stderr
    assert process.layer.client_prefix in result.stderr


def test_the_shorter_of_confirm_and_timeout_is_named(turboctl, process):
    process.join(GROUP)
    result = turboctl(*SEND_HELLO, "--confirm", 59, "--timeout", "1500ms").failed(4)
    assert "not taken by every process within 1.5 s" in result.stderr


@pytest.mark.parametrize("options", [
    ["--confirm", "60s"], ["--confirm", 0], ["--confirm", 1, "--batch", "-"],
    ["--confirm", 1, "--backend", "pubsub"], ["--confirm", 5, "--expiry", 5],
])
def test_confirm_refuses_what_it_cannot_do(turboctl, server, options):
    command = SEND_HELLO if "--batch" not in options else ["send", GROUP]
    turboctl(*command, *options).failed(2)
    assert not server.dump()


def test_a_report_that_cannot_be_written_says_that_it_was_sent(turboctl, process):
    channel = process.join(GROUP)
    with open("/dev/full", "wb") as full:
        result = turboctl.start(*SEND_HELLO, stdout=full).finish()
    result.failed(1)
    assert result.stderr.startswith("turboctl: sent, but the report cannot be written: ")
    assert process.receive(channel) == html_message(HELLO)
