"""pipe keeps an element up to date with what another program writes."""

import contextlib
import html
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from peers import wait_until
from tool import GROUP

OTHER = "turbo_stream.chat_2"
PIPE = ["pipe", GROUP, "-t", "message-7"]
TEXT = "Once upon a time, 日本 <b> & 'they' 👩‍👩‍👧 lived 🇫🇷 e\u0301! \r\nThe end.\n"
ELEMENT = re.compile(
    r'<turbo-stream action="(append|update)" target="message-7"><template>(.*)</template></turbo-stream>',
    re.DOTALL,
)


def content(message):
    """What a message does, and with which text."""
    action, markup = ELEMENT.fullmatch(message["html"]).groups()
    return action, html.unescape(markup)


def start(turboctl, *arguments, command=PIPE):
    return turboctl.start(*command, *arguments, stdin=subprocess.PIPE)


def tokens(text, seed=0):
    """The bytes of a text in pieces of random sizes, as a language model writes it."""
    chooser, rest = random.Random(seed), text.encode()
    while rest:
        size = chooser.randint(1, 5)
        yield rest[:size]
        rest = rest[size:]


def received(worker, text):
    """What a page has in the end, and the messages that made it."""
    page, messages = "", []
    while page != text:
        action, piece = content(worker.read()[1])
        page = page + piece if action == "append" else piece
        messages.append(piece)
        assert text.startswith(page), page
    return messages


@pytest.mark.parametrize("mode", ["append", "update"])
@pytest.mark.parametrize("pause", [0, 0.002, 0.03])
def test_a_token_stream_arrives_whole(turboctl, server, start_worker, mode, pause):
    worker = start_worker(server.url, GROUP)
    run = start(turboctl, "--mode", mode, "--json")
    for piece in tokens(TEXT):
        run.write(piece)
        time.sleep(pause)
    run.close()
    [result] = run.finish().succeeded().objects
    messages = received(worker, TEXT)
    assert (result["messages"], result["text_bytes"]) == (len(messages), len(TEXT.encode()))
    assert (result["group"], result["channels"], result["over_capacity"]) == (GROUP, 1, 0)


@pytest.mark.parametrize("mode", ["append", "update"])
def test_a_slow_producer_is_seen_at_once(turboctl, server, start_worker, mode):
    worker = start_worker(server.url, GROUP)
    run = start(turboctl, "--mode", mode)
    so_far = ""
    for piece in ["one", " two", " three"]:
        run.write(piece)
        so_far += piece
        expected = piece if mode == "append" else so_far
        assert content(worker.read(timeout=5)[1]) == (mode, expected)
    run.close()
    line = rf"{re.escape(GROUP)}: 3 messages, 13 bytes of text, [\d.]+ (ms|s)\n"
    assert re.fullmatch(line, run.finish().succeeded().stdout)


@pytest.mark.parametrize("mode", ["append", "update"])
def test_a_fast_producer_is_joined_and_loses_nothing(turboctl, server, start_worker, mode):
    worker = start_worker(server.url, GROUP)
    text = "".join(f"{number}\n" for number in range(20_000))
    [result] = turboctl(*PIPE, "--mode", mode, "--json", input=text).succeeded().objects
    assert result["messages"] < 100
    received(worker, text)


def test_pages_are_updated_no_more_often_than_asked(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    run = start(turboctl, "--mode", "update", "--every", "100ms", "--json")
    text = ""
    for _ in range(3):
        for _ in range(30):
            run.write("x")
            time.sleep(0.005)
        text += 30 * "x"
        # Also while it is written.
        received(worker, text)
    run.close()
    [result] = run.finish().succeeded().objects
    assert 3 <= result["messages"] <= result["elapsed_ms"] / 100 + 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("mode", ["append", "update"])
def test_a_signal_sends_the_last_state(turboctl, server, start_worker, mode, number):
    worker = start_worker(server.url, GROUP)
    run = start(turboctl, "--mode", mode, "--boundary", "line")
    run.write("one\n")
    worker.read()
    run.write("two")
    wait_until(run.has_read)
    run.signal(number)
    result = run.finish()
    assert result.code == 128 + number, result
    assert content(worker.read()[1])[1] == ("two" if mode == "append" else "one\ntwo")
    assert "2 messages, 7 bytes of text" in result.stdout


def test_a_full_queue_is_waited_for(turboctl, server, process):
    channel = process.join(GROUP)
    run = start(turboctl, "--capacity", 1)
    run.write("one ")
    wait_until(lambda: server.client.zcard(process.queue))
    run.write("two ")
    wait_until(run.has_read)
    run.write("three ")
    assert server.client.zcard(process.queue) == 1
    run.close()
    pieces = []
    while len("".join(pieces)) < len("one two three "):
        pieces.append(content(process.receive(channel))[1])
    run.finish().succeeded()
    assert "".join(pieces) == "one two three "
    assert len(pieces) == 2 or len(pieces) == 3


def test_a_signal_at_a_full_queue_tells_what_is_there(turboctl, server, process):
    process.join(GROUP)
    run = start(turboctl, "--capacity", 1)
    run.write("one\n")
    wait_until(lambda: server.client.zcard(process.queue))
    run.write("two\n")
    wait_until(run.has_read)
    began = time.monotonic()
    result = run.signal(signal.SIGINT).finish().failed(130)
    assert time.monotonic() - began < 5
    assert "1 message, 4 bytes of text" in result.stderr
    assert server.client.zcard(process.queue) == 1


def test_a_queue_that_nobody_empties_is_given_up(turboctl, server, start_process, start_worker):
    dead, worker = start_process(server.url), start_worker(server.url, GROUP)
    dead.join(GROUP)
    lines = "".join(f"{number}\n" for number in range(100))
    run = start(turboctl, "--capacity", 2, "--full-timeout", "1s", "--boundary", "line")
    for line in lines.splitlines(keepends=True):
        run.write(line)
        time.sleep(0.015)
    run.close()
    result = run.finish()
    assert result.code == 4, result
    assert dead.layer.client_prefix in result.stderr
    received(worker, lines)


@pytest.mark.parametrize("mode", ["append", "update"])
def test_the_first_and_the_last_message_are_templates(turboctl, server, start_worker, tmp_path, mode):
    worker = start_worker(server.url, GROUP)
    frame = '<turbo-stream action="{0}" target="list"><template>{{{{ text }}}}</template></turbo-stream>'
    Path(tmp_path, "first.html").write_text(frame.format("append"))
    Path(tmp_path, "last.html").write_text(frame.format("replace"))
    Path(tmp_path, "item.html").write_text("<i>{{ text|upper }}</i>")
    options = ["--start", "first.html", "--end", "last.html", "--template", "item.html"]
    run = turboctl(*PIPE, "--mode", mode, *options, "--templates", tmp_path, input="a < b\n")
    run.succeeded()
    middle = f'<turbo-stream action="{mode}" target="message-7">'
    expected = [
        '<turbo-stream action="append" target="list"><template></template></turbo-stream>',
        f"{middle}<template><i>A &lt; B\n</i></template></turbo-stream>",
        '<turbo-stream action="replace" target="list"><template>a &lt; b\n</template></turbo-stream>',
    ]
    assert [worker.read()[1]["html"] for _ in expected] == expected


def test_html_is_sent_as_it_is_by_lines(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    run = start(turboctl, "--as", "html")
    run.write("<p>one</p>\n<p>tw")
    assert worker.read()[1]["html"].endswith("<template><p>one</p>\n</template></turbo-stream>")
    run.write("o</p>")
    run.close()
    run.finish().succeeded()
    assert worker.read()[1]["html"].endswith("<template><p>two</p></template></turbo-stream>")


def test_nothing_is_sent_before_the_first_byte(turboctl, server, process, tmp_path):
    process.join(GROUP)
    Path(tmp_path, "first.html").write_text('<turbo-stream action="refresh"></turbo-stream>')
    before = server.dump()
    turboctl(*PIPE, "--start", "first.html", "--templates", tmp_path, input="").failed(2)
    assert server.dump() == before


@pytest.mark.parametrize("broken", [b"\xff", b"\xe2\x82"])
def test_what_stands_before_broken_text_is_sent(turboctl, server, start_worker, broken):
    worker = start_worker(server.url, GROUP)
    result = turboctl(*PIPE, input="été ".encode() + broken).failed(2)
    assert "byte 6" in result.stderr
    assert content(worker.read()[1]) == ("append", "été ")


@pytest.mark.parametrize("arguments", [
    ["pipe", GROUP], ["pipe", "-t", "x"], [*PIPE, "--mode", "prepend"], [*PIPE, "--context", "-"],
    [*PIPE, "--template", "missing.html"], [*PIPE, "--set", "a=b"], [*PIPE, "--targets", ".x"],
    [*PIPE, "--backend", "pubsub", "--when-full", "wait"],
])
def test_what_cannot_be_meant_is_refused(turboctl, server, arguments):
    turboctl(*arguments, input="text").failed(2)
    assert not server.dump()


def test_an_update_that_is_too_large_says_what_to_do(turboctl, server, process):
    process.join(GROUP)
    result = turboctl(*PIPE, "--mode", "update", "--max-bytes", 200, input="x" * 300).failed(2)
    assert "--mode append" in result.stderr
    assert not server.client.exists(process.queue)


def test_a_piece_that_is_too_large_is_cut_in_two(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    text = 100 * "<👩‍👩‍👧>"
    turboctl(*PIPE, "--max-bytes", 200, input=text).succeeded()
    messages = received(worker, text)
    assert len(messages) > 20
    assert not any(piece.startswith("\u200d") or piece.endswith("\u200d") for piece in messages)


def test_an_unreachable_server_is_3_and_a_lost_one_5(turboctl_for, start_server, start_process):
    server = start_server()
    process = start_process(server.url)
    process.join(GROUP)
    turboctl = turboctl_for(server)
    run = start(turboctl)
    run.write("one\n")
    wait_until(lambda: server.client.zcard(process.queue))
    # It leaves when the reply to the first has come.
    run.write("two\n")
    wait_until(lambda: server.client.zcard(process.queue) == 2)
    server.kill()
    # It may have missed a reply already.
    with contextlib.suppress(BrokenPipeError):
        run.write("three\n")
    result = run.finish().failed(5)
    assert re.search("1 message, 4 bytes of text|2 messages, 8 bytes of text", result.stderr)
    turboctl(*PIPE, input="x").failed(3)


def test_what_is_gone_keeps_the_text_from_nobody_else(turboctl, server, start_process, start_worker):
    """A queue of another kind and a group of another kind stand for a host that is down."""
    worker, broken = start_worker(server.url, GROUP), start_process(server.url)
    broken.join(GROUP)
    server.client.set(broken.queue, "a string")
    server.client.set(f"asgi:group:{OTHER}", "a string")
    run = start(turboctl, "--json", command=["pipe", OTHER, GROUP, "-t", "message-7"])
    for piece in ("once", " upon", " a time"):
        run.write(piece)
        assert content(worker.read()[1]) == ("append", piece)
    run.close()
    result = run.finish()
    assert result.code == 5, result
    assert broken.layer.client_prefix in result.stderr and OTHER in result.stderr
    told = {one["group"]: one["text_bytes"] for one in result.objects}
    assert told == {OTHER: 0, GROUP: 16}


def test_the_pub_sub_layer_carries_it_too(turboctl, server):
    tail = turboctl.start("tail", GROUP, "--backend", "pubsub", "--format", "html", "-0")
    wait_until(lambda: server.client.pubsub_channels())
    run = start(turboctl, "--backend", "pubsub", "--json")
    for piece in tokens(TEXT):
        run.write(piece)
        time.sleep(0.002)
    run.close()
    [result] = run.finish().succeeded().objects
    assert result["receivers"] == 1
    wait_until(lambda: tail.output.count(b"\0") == result["messages"])
    pieces = tail.output.decode().split("\0")[:-1]
    assert "".join(content({"html": piece})[1] for piece in pieces) == TEXT


def test_several_groups_get_the_same(turboctl, server, process):
    channels = [process.join(group) for group in (GROUP, OTHER)]
    results = turboctl(*PIPE, OTHER, "--json", input="x\n").succeeded().objects
    assert [result["group"] for result in results] == [GROUP, OTHER]
    assert [content(process.receive(channel)) for channel in channels] == 2 * [("append", "x\n")]


def test_the_memory_does_not_grow_with_the_text(turboctl, server):
    run = start(turboctl)
    block = b"x" * 60_000 + b"\n"
    for _ in range(50):
        run.write(block)
    before = run.peak
    for _ in range(1000):
        run.write(block)
    assert run.peak - before < 8_000
    run.close()
    run.finish().succeeded()
