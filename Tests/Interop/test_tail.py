"""tail prints what Python sends."""

import contextlib
import json
import os
import pty
import re
import time
from datetime import UTC, datetime

import pytest

from peers import wait_until
from tool import GROUP, HELLO, element, html_message

OTHER = "turbo_stream.chat_2"
TEXTS = {
    "the article's": HELLO,
    "no markup": "Hello",
    "empty": "",
    "newline at the end": HELLO + "\n",
    "several lines": element("a\nb\r\n\n"),
    "unicode": element("é 日本語 👩‍👩‍👧 \u2028 \x7f \x00"),
    "control characters": element("\x1b[2J\x07\x9b"),
    "1 MiB": "x" * 1_048_576,
}


@pytest.mark.parametrize("html", TEXTS.values(), ids=TEXTS.keys())
def test_the_html_is_printed_as_it_is_and_a_newline(turboctl, process, html):
    tail = turboctl.tail(GROUP, "--count", 1)
    process.send_html(GROUP, html)
    assert tail.finish().succeeded().output == html.encode() + b"\n"


def test_a_nul_ends_each_message_with_0(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 2, "-0")
    process.send_html(GROUP, "a\n", "b")
    assert tail.finish().succeeded().output == b"a\n\0b\0"


def test_a_chat_is_its_group(turboctl, process):
    tail = turboctl.tail("--chat", 1, "--count", 1)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"


def test_messages_are_printed_in_order_and_at_once(turboctl, process):
    tail = turboctl.tail(GROUP)
    printed = b""
    for number in range(20):
        process.send_html(GROUP, str(number))
        printed += b"%d\n" % number
        tail.printed(printed)


def test_a_burst_is_printed_in_order(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 90)
    process.send_html(GROUP, *map(str, range(90)))
    assert tail.finish().succeeded().stdout == "".join(f"{number}\n" for number in range(90))


def test_it_ends_after_the_count(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 2)
    process.send_html(GROUP, "1", "2", "3")
    assert tail.finish().succeeded().stdout == "1\n2\n"


def test_the_timeout_ends_it_with_0(turboctl, process):
    began = time.monotonic()
    tail = turboctl.tail(GROUP, "--timeout", 2)
    process.send_html(GROUP, HELLO)
    assert tail.finish().succeeded().stdout == HELLO + "\n"
    assert 2 <= time.monotonic() - began < 8


@pytest.mark.parametrize("option", ["--timeout", "--idle"])
def test_too_few_messages_are_4(turboctl, process, option):
    tail = turboctl.tail(GROUP, "--count", 2, option, 2)
    process.send_html(GROUP, HELLO)
    result = tail.finish()
    assert (result.code, result.stdout) == (4, HELLO + "\n")


def test_each_message_puts_the_idle_end_off(turboctl, process):
    tail = turboctl.tail(GROUP, "--idle", 2)
    began = last = time.monotonic()
    sent = 0
    while last < began + 2.2:
        last = time.monotonic()
        process.send_html(GROUP, "x")
        sent += 1
        tail.printed(b"x\n" * sent)
    assert tail.finish().succeeded().stdout == "x\n" * sent
    assert time.monotonic() - last >= 1.9


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]], ids=" ".join)
def test_json_tells_all_of_a_message(turboctl, process, option):
    tail = turboctl.tail(GROUP, "--count", 1, *option)
    before = datetime.now(UTC)
    process.send_html(GROUP, HELLO)
    [line] = tail.finish().succeeded().objects
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line["time"])
    assert before <= datetime.fromisoformat(line.pop("time")) <= datetime.now(UTC)
    assert line.pop("channel").startswith("turboctl.")
    target = {"action": "update", "target": "chat-1-message-list"}
    assert target.items() <= line["elements"][0].items()
    assert len(line.pop("elements")) == 1
    assert line == {"group": GROUP, "html": HELLO, "message": html_message(HELLO)}


def test_json_lists_every_element_of_a_message(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 1, "--json")
    remove = '<turbo-stream action="remove" targets=".gone"></turbo-stream>'
    process.send_html(GROUP, HELLO + remove)
    [line] = tail.finish().succeeded().objects
    assert [found["action"] for found in line["elements"]] == ["update", "remove"]
    assert line["elements"][1]["targets"] == ".gone"


MESSAGES = [
    {"type": "chat.raw", "n": [6, 6.0, -1, 2**63, None, True, "é", {"a": {}}]},
    {"type": "chat.raw", "html": 6},
    {"type": "chat.raw", "blob": b"\x00\xff"},
]


@pytest.mark.parametrize("message", MESSAGES[:2], ids=repr)
def test_json_keeps_values_and_types(turboctl, process, message):
    tail = turboctl.tail(GROUP, "--count", 1, "--json")
    process.send(GROUP, message)
    [line] = tail.finish().succeeded().objects
    assert repr(line["message"]) == repr(message)


@pytest.mark.parametrize("form", ["html", "pretty", "json"])
@pytest.mark.parametrize("message", MESSAGES, ids=repr)
def test_a_message_that_is_no_html_does_not_stop_it(turboctl, process, message, form):
    tail = turboctl.tail(GROUP, "--count", 2, "--format", form)
    process.send(GROUP, message)
    process.send_html(GROUP, HELLO)
    result = tail.finish()
    assert result.code == 0, result
    assert "Hello World" in result.stdout


POISON = [b"", b"\xff", b"\x81\xa4type", b"\xc1", b"\xdb\xff\xff\xff\xffx", b"\x91" * 100_000]


@pytest.mark.parametrize("body", POISON, ids=lambda body: body[:5].hex())
def test_bytes_that_are_no_message_do_not_stop_it(turboctl, server, process, body):
    tail = turboctl.tail(GROUP, "--count", 1)
    [member] = turboctl.members(GROUP)
    queue = "asgi" + member[: member.index("!") + 1]
    server.client.zadd(queue, {b"x" * 12 + body: time.time(), b"short": time.time()})
    process.send_html(GROUP, HELLO)
    result = tail.finish()
    assert (result.code, result.stdout) == (0, HELLO + "\n")


def test_each_message_is_told_by_its_group(turboctl, process):
    tail = turboctl.tail(GROUP, OTHER, "--count", 4, "--json", groups=[GROUP, OTHER])
    for number, group in enumerate([GROUP, OTHER, OTHER, GROUP]):
        process.send_html(group, str(number))
    lines = tail.finish().succeeded().objects
    found = {(line["group"], line["html"]) for line in lines}
    assert found == {(GROUP, "0"), (OTHER, "1"), (OTHER, "2"), (GROUP, "3")}
    channels = {(line["group"], line["channel"]) for line in lines}
    assert len(channels) == 2


def test_a_pattern_follows_groups_that_appear_later(turboctl, server, process):
    process.join(GROUP)
    tail = turboctl.tail("turbo_stream.chat_*", "--count", 2, "--json")
    process.join("turbo_stream.chat_77", "turbo_stream.other")
    wait_until(lambda: turboctl.members("turbo_stream.chat_77"), 15)
    for group in ("turbo_stream.other", GROUP, "turbo_stream.chat_77"):
        process.send_html(group, group)
    lines = tail.finish().succeeded().objects
    assert {line["html"] for line in lines} == {GROUP, "turbo_stream.chat_77"}
    assert not turboctl.members("turbo_stream.other")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--action", "append"], "bc"),
        (["--target", "x"], "ab"),
        (["--action", "append", "--target", "x"], "b"),
    ],
)
def test_filters_choose_messages(turboctl, process, filters, expected):
    tail = turboctl.tail(GROUP, *filters, "--count", len(expected))
    htmls = {
        "a": HELLO.replace("chat-1-message-list", "x"),
        "b": HELLO.replace("update", "append").replace("chat-1-message-list", "x"),
        "c": HELLO.replace("update", "append"),
    }
    process.send_html(GROUP, *htmls.values())
    assert tail.finish().succeeded().stdout == "".join(htmls[name] + "\n" for name in expected)


def test_what_a_tail_printed_can_be_sent_again(turboctl, process):
    tail = turboctl.tail(GROUP, "--count", 2, "--json")
    messages = [html_message(element("é\n")), {"type": "chat.raw", "n": [6, 6.0]}]
    for message in messages:
        process.send(GROUP, message)
    lines = tail.finish().succeeded().output
    channel = process.join(GROUP)
    turboctl("send", "--batch", "-", input=lines).succeeded()
    assert repr([process.receive(channel) for _ in messages]) == repr(messages)


@pytest.mark.parametrize("value", [b"\xff\x1b", float("nan"), [{"deep": float("-inf")}]], ids=repr)
def test_what_json_cannot_hold_is_not_sent_again_as_something_else(turboctl, process, value):
    tail = turboctl.tail(GROUP, "--count", 2, "--json")
    process.send(GROUP, {"type": "chat.raw", "value": value})
    process.send(GROUP, {"type": "chat.raw", "value": {"bytes": "ff1b"}})
    lines = tail.finish().succeeded().output
    first, second = map(json.loads, lines.splitlines())
    assert first["lossy"] is True
    assert "lossy" not in second
    channel = process.join(GROUP)
    result = turboctl("send", "--batch", "-", "--keep-going", input=lines)
    assert result.code == 2
    assert "lossy" in result.stderr
    assert process.receive(channel) == {"type": "chat.raw", "value": {"bytes": "ff1b"}}


def test_two_tails_and_a_consumer_all_receive(turboctl, process):
    channel = process.join(GROUP)
    tails = [turboctl.tail(GROUP, "--count", 1) for _ in range(2)]
    turboctl("send", GROUP, input=HELLO).succeeded()
    assert [tail.finish().succeeded().stdout for tail in tails] == 2 * [HELLO + "\n"]
    assert process.receive(channel) == html_message(HELLO)


def test_exec_gets_the_html_and_the_group(turboctl, process, tmp_path):
    script = f'{{ echo "$TURBOCTL_GROUP"; cat; }} > {tmp_path}/got; exit 3'
    tail = turboctl.tail(GROUP, "--count", 1, "--exec", script)
    process.send_html(GROUP, HELLO)
    assert tail.finish().code == 0
    assert (tmp_path / "got").read_text() == f"{GROUP}\n{HELLO}"


def test_a_terminal_is_not_driven_by_a_message(turboctl, process):
    terminal, stdout = pty.openpty()
    tail = turboctl.tail(GROUP, "--count", 1, stdout=stdout)
    os.close(stdout)
    process.send_html(GROUP, element("\x1b[2J\x07\u009b\u202e\rHello"))
    assert tail.finish().code == 0
    shown = b""
    # How Linux says that a terminal's other end is closed.
    with contextlib.suppress(OSError):
        while data := os.read(terminal, 65536):
            shown += data
    os.close(terminal)
    shown = shown.decode()
    assert "Hello" in shown
    # Our own colours, and the line ends as the terminal's driver makes them.
    content = re.sub("\x1b\\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", content), ascii(shown)
