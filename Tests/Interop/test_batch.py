"""Many messages: none is lost, none doubled, none overtaken, and the end says exactly what was sent."""

import json
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import msgpack
import pytest

from peers import wait_until
from tool import GRACE, GROUP, UPDATE, element, html_message

OTHER = "turbo_stream.chat_2"
BATCH = ["send", GROUP, "--batch", "-"]
ROOMY = ["--capacity", 10_000_000]


def line(number, **fields):
    return json.dumps({"action": "update", "target": "t", "text": str(number), **fields}) + "\n"


def lines(count, **fields):
    return "".join(line(number, **fields) for number in range(1, count + 1))


def number_in(html):
    return int(re.search(r"<template>(\d+)</template>", html)[1])


def numbers(server, queue):
    """The numbers of the lines whose messages wait in a queue, in the order in which they are taken."""
    prefix = 12  # of random bytes
    members = server.client.zrange(queue, 0, -1)
    return [number_in(msgpack.unpackb(member[prefix:])["html"]) for member in members]


def started(turboctl, *arguments):
    return turboctl.start(*BATCH, *arguments, stdin=subprocess.PIPE)


def told(result):
    """What an early end says: messages sent, the lines in doubt, and the line to go on with."""
    sent = re.search(r"(\d+) messages? sent", result.stderr)
    doubt = re.search(r"lines? (\d+)(?: to (\d+))? may have been delivered", result.stderr)
    following = re.search(r"--from-line (\d+) goes on", result.stderr)
    assert sent and following, result
    first = int(doubt[1]) if doubt else None
    last = int(doubt[2] or doubt[1]) if doubt else None
    return int(sent[1]), (first, last), int(following[1])


def test_slow_consumers_lose_nothing(turboctl, server, start_worker, tmp_path):
    count = 100_000
    file = Path(tmp_path, "lines")
    file.write_text(lines(count))
    workers = [start_worker(server.url, GROUP) for _ in range(2)]
    run = turboctl.start("send", GROUP, "--batch", file)
    for worker in workers:
        for number in range(1, count + 1):
            assert number_in(worker.read(30)[1]["html"]) == number
    result = run.finish().succeeded()
    assert f"{count} messages, 0 over capacity" in result.stdout


def flushes(server):
    """How often the scripts were forgotten."""
    return server.client.info("commandstats").get("cmdstat_script|flush", {}).get("calls", 0)


def test_forgotten_scripts_change_no_count(turboctl, server, process):
    process.join(GROUP)
    ended = threading.Event()

    def forget():
        client = server.connect()
        while not ended.wait(0.01):
            client.script_flush()

    thread = threading.Thread(target=forget)
    thread.start()
    try:
        run = started(turboctl, *ROOMY)
        for part in range(20):
            before = flushes(server)
            run.write("".join(line(number) for number in range(1000 * part + 1, 1000 * part + 1001)))
            wait_until(lambda: flushes(server) > before)
        run.close()
        result = run.finish().succeeded()
    finally:
        ended.set()
        thread.join()
    assert numbers(server, process.queue) == list(range(1, 20_001))
    assert "20000 messages" in result.stdout


@pytest.mark.parametrize("delay", [0, 0.05, 0.1])
def test_a_restart_leaves_the_count_exact(turboctl_for, start_server, start_process, delay):
    # With a sync of its own in the background, Redis may answer before it has written.
    server = start_server("--appendonly", "yes", "--appendfsync", "no")
    process = start_process(server.url)
    process.join(GROUP)
    turboctl = turboctl_for(server)
    count = 30_000
    run = started(turboctl, *ROOMY)
    with run.fed(lines(count)):
        wait_until(lambda: server.client.exists(process.queue))
        time.sleep(delay)
        server.kill()
    result = run.finish().failed(5)
    server.start()
    wait_until(lambda: not server.client.info("persistence")["loading"])
    sent, (first, last), following = told(result)
    there = numbers(server, process.queue)
    assert there == list(range(1, len(there) + 1))
    assert sent <= len(there) <= (last or sent)
    assert sent < count
    if first:
        assert (first, last) == (sent + 1, following - 1)
    else:
        assert following == sent + 1
    turboctl(*BATCH, *ROOMY, "--from-line", following, input=lines(count)).succeeded()
    assert numbers(server, process.queue) == there + list(range(following, count + 1))


def test_a_line_is_seen_as_soon_as_it_is_written(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    run = started(turboctl)
    began = time.monotonic()
    for number in range(1, 21):
        run.write(line(number))
        assert number_in(worker.read()[1]["html"]) == number
    # None of them waits for what may follow: with half a second for each, it were more.
    assert time.monotonic() - began < 10
    run.close()
    run.finish().succeeded()


def test_a_queue_that_nobody_empties_is_given_up(turboctl, server, start_process, start_worker):
    dead = start_process(server.url)
    dead.join(GROUP)
    worker = start_worker(server.url, GROUP)
    began = time.monotonic()
    result = turboctl(*BATCH, "--full-timeout", "3s", input=lines(1000))
    assert 3 <= time.monotonic() - began < 30
    assert result.code == 4
    assert dead.layer.client_prefix in result.stderr
    assert [number_in(worker.read()[1]["html"]) for _ in range(1000)] == list(range(1, 1001))
    assert numbers(server, dead.queue) == list(range(1, 101))


def test_lines_with_an_id_go_once(turboctl, server, process):
    process.join(GROUP)
    batch = "".join(line(number, once=f"job-{number}") for number in range(1, 301))
    turboctl(*BATCH, *ROOMY, input=batch[: len(batch) // 2].rpartition("\n")[0]).succeeded()
    before = numbers(server, process.queue)
    assert 0 < len(before) < 300
    results = turboctl(*BATCH, *ROOMY, "--json", input=batch).succeeded().objects
    assert [result.get("duplicate", False) for result in results] == (
        len(before) * [True] + (300 - len(before)) * [False]
    )
    assert numbers(server, process.queue) == list(range(1, 301))


@pytest.mark.parametrize("options", [[*ROOMY], [*ROOMY, "--rate", "20000"], [], ["--when-full", "wait"]])
def test_a_signal_says_where_to_go_on(turboctl, server, process, options):
    process.join(GROUP)
    count = 60_000
    run = started(turboctl, *options)
    with run.fed(lines(count)):
        wait_until(lambda: server.client.zcard(process.queue) >= 100)
        result = run.signal(signal.SIGINT).finish().failed(130)
    sent, doubt, following = told(result)
    assert doubt == (None, None)
    assert following == sent + 1
    assert numbers(server, process.queue) == list(range(1, sent + 1))
    turboctl(*BATCH, *ROOMY, "--from-line", following, input=lines(count)).succeeded()
    assert numbers(server, process.queue) == list(range(1, count + 1))


def test_a_dry_run_also_begins_with_a_later_line(turboctl, server, start_process):
    process = start_process(server.url)
    result = turboctl(*BATCH, "--from-line", 2, "-n", input=lines(3)).succeeded()
    assert result.stdout.count("would send") == 2
    assert server.client.zcard(process.queue) == 0


def test_a_signal_while_two_groups_wait_names_the_next_line(turboctl, server, start_process):
    full, free = start_process(server.url), start_process(server.url)
    full.join(GROUP)
    free.join(OTHER)
    batch = "".join(line(number, group=[GROUP, OTHER][number % 2]) for number in range(1, 401))
    run = turboctl.start("send", "--batch", "-", "--capacity", 150, input=batch)
    wait_until(lambda: server.client.zcard(full.queue) + server.client.zcard(free.queue) == 300)
    result = run.signal(signal.SIGINT).finish().failed(130)
    # The even lines fill one queue, the odd ones the other.
    assert told(result) == (300, (None, None), 301)


def test_what_waits_for_room_is_not_overtaken(turboctl, server, start_process):
    full, free = start_process(server.url), start_process(server.url)
    full.join(GROUP)
    free.join(OTHER)
    batch = "".join(line(number, group=GROUP if number < 6 else OTHER) for number in range(1, 11))
    run = turboctl.start("send", "--batch", "-", "--capacity", 3, input=batch)
    wait_until(lambda: server.client.zcard(full.queue) == 3)
    result = run.signal(signal.SIGINT).finish(GRACE).failed(130)
    assert told(result) == (3, (None, None), 4)
    assert not server.client.exists(free.queue)


def test_a_tail_can_be_replayed(turboctl, server, process):
    texts = ["a", "é 👩‍👩‍👧 \u2028", "\x00\x1b[2J\"\\\n", "", "x" * 100_000]
    tail = turboctl.tail("--json", GROUP, "--count", len(texts) + 1)
    process.send_html(GROUP, *map(element, texts))
    process.send(GROUP, {"type": "other", "list": [1, 2.5, None, True, {"a": "b"}], "big": 2**63})
    recorded = tail.finish().succeeded().stdout
    second = turboctl.tail("--json", GROUP, "--count", len(texts) + 1)
    channel = process.join(GROUP)
    turboctl("send", "--batch", "-", input=recorded).succeeded()
    replayed = second.finish().succeeded().objects
    messages = [json.loads(text)["message"] for text in recorded.split("\n") if text]
    assert [one["message"] for one in replayed] == messages
    assert [process.receive(channel) for _ in messages] == messages
    assert messages[:-1] == [html_message(element(text)) for text in texts]


def test_the_rate_is_kept(turboctl, server, process):
    process.join(GROUP)
    began = time.monotonic()
    turboctl(*BATCH, *ROOMY, "--rate", "100/s", input=lines(100)).succeeded()
    assert 0.8 <= time.monotonic() - began < 5
    assert numbers(server, process.queue) == list(range(1, 101))


@pytest.mark.parametrize(
    ("options", "count"), [([], 3), (["--rate", 0.1], 1)], ids=["no further line", "the rate"]
)
def test_the_deadline_holds_while_it_waits(turboctl, server, process, options, count):
    process.join(GROUP)
    began = time.monotonic()
    run = started(turboctl, "--timeout", 2, *options)
    run.write(lines(3))
    result = run.finish().failed(2)
    assert 2 <= time.monotonic() - began < 8
    assert "standard input: did not end within 2 s" in result.stderr
    assert told(result) == (count, (None, None), count + 1)
    assert numbers(server, process.queue) == list(range(1, count + 1))


@pytest.mark.parametrize("end", ["deadline", "signal"])
def test_a_pipe_that_nobody_writes_to(turboctl, tmp_path, end):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    options = ["--timeout", 0.5] if end == "deadline" else []
    run = turboctl.start("send", GROUP, "--batch", pipe, *options)
    if end == "signal":
        opened = Path(f"/proc/{run.process.pid}/fd")
        wait_until(lambda: str(pipe) in map(os.path.realpath, opened.iterdir()))
        run.signal(signal.SIGINT)
    result = run.finish(GRACE).failed(2 if end == "deadline" else 130)
    assert told(result) == (0, (None, None), 1)


@pytest.mark.parametrize("command", [BATCH, ["send", GROUP, *UPDATE], ["pipe", GROUP, "-t", "t"]])
def test_as_large_as_can_be(turboctl, server, process, command):
    process.join(GROUP)
    turboctl(*command, "--max-bytes", 1 << 30, input=line(1)).succeeded()
    assert server.client.zcard(process.queue) == 1


BAD = [
    "{", "[]", '{"text": 1}', '{"action": "nonsense", "text": "x"}', '{"group": "no group"}', "null",
    '{"text": "x", "html": "y"}', '{"txet": "x"}', '{"template": "missing.html"}', "\x00", '{"a": "\\ud800"}',
]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_bad_line_is_named_and_the_others_go(turboctl, server, process, bad, goes_on):
    process.join(GROUP)
    batch = line(1) + bad + "\n" + line(3)
    result = turboctl(*BATCH, *(["--keep-going"] if goes_on else []), input=batch)
    assert result.code == 2
    assert "standard input:2: " in result.stderr
    if goes_on:
        assert "line 2 bad" in result.stderr
        assert numbers(server, process.queue) == [1, 3]
    else:
        assert told(result.failed(2)) == (1, (None, None), 2)
        assert numbers(server, process.queue) == [1]


@pytest.mark.parametrize("arguments", [["--batch", "-"], ["--each-line", *UPDATE]])
def test_an_empty_input_is_an_error(turboctl, server, process, arguments):
    process.join(GROUP)
    turboctl("send", GROUP, *arguments, input="").failed(2)
    assert not server.client.exists(process.queue)


def test_the_memory_does_not_grow_with_the_input(turboctl, server):
    run = started(turboctl)
    block = "".join(line(number, context={"x": "y" * 200}) for number in range(2000))
    for _ in range(10):
        run.write(block)
    before = run.peak
    for _ in range(30):
        run.write(block)
    # Another 16 MB of it.
    assert run.peak - before < 8_000
    run.close()
    run.finish(30).succeeded()
