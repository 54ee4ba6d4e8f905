"""What turboctl sends arrives at channels_redis's own consumers."""

import json

import pytest

from peers import unused_port
from tool import GROUP, HELLO, SEND_HELLO, UPDATE, element, html_message

TEXTS = {
    "ascii": "Hello World",
    "empty": "",
    "one byte": "x",
    "accents": "é ß Ñ ü",
    "combining": "e\u0301 n\u0303",
    "scripts": "日本語 العربية עברית हिन्दी",
    "emoji": "👋🏽 👩‍👩‍👧 🏳️‍🌈",
    "separators": "a\u2028b\u2029c\u0085d",
    "lines": "a\nb\r\nc\td",
    "markup": "<b class=\"x\">1 &lt; 2 &amp; 'q'</b>",
    "template": "</template><template>",
    "last of each length": "\x7f\u07ff\uffff\U0010ffff",
}
SIZES = [0, 1, 31, 32, 255, 256, 65_535, 65_536, 1_048_576]
CONSUMERS = [1, 2, 20]


def test_a_consumer_receives_the_articles_message(turboctl, process):
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    assert process.receive(channel) == {"type": "html_message", "html": HELLO}


@pytest.mark.parametrize(
    "command",
    [
        SEND_HELLO,
        ["send", "--chat", "1", "-a", "update", "-t", "chat-1-message-list"]
        + ["--html", "Hello World"],
        ["send", GROUP],
    ],
    ids=["group", "chat", "stdin"],
)
def test_the_ways_to_say_it_are_equal(turboctl, process, command):
    channel = process.join(GROUP)
    turboctl(*command, input=HELLO + "\n").succeeded()
    assert process.receive(channel) == html_message(HELLO)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_content_arrives_as_it_was_given(turboctl, process, text):
    channel = process.join(GROUP)
    turboctl("send", GROUP, *UPDATE, "--html", text).succeeded()
    turboctl("send", GROUP, input=element(text)).succeeded()
    assert process.receive(channel) == html_message(element(text))
    assert process.receive(channel) == html_message(element(text))


@pytest.mark.parametrize("size", SIZES)
def test_html_of_any_size_arrives(turboctl, process, size):
    html = "x" * size
    channel = process.join(GROUP)
    content = {"input": html} if size else {}
    options = [] if size else ["--html", ""]
    turboctl("send", GROUP, "--raw", *options, **content).succeeded()
    assert process.receive(channel) == html_message(html)


def test_an_element_of_four_megabytes_arrives_where_it_is_allowed(turboctl, process):
    html = element("é" * 2_000_000)
    channel = process.join(GROUP)
    turboctl("send", GROUP, "--max-bytes", "8000000", input=html).succeeded()
    assert process.receive(channel) == html_message(html)


@pytest.mark.parametrize(("given", "html"), [("\n", ""), ("\n\n", "\n"), ("\r\n", "\r")])
def test_one_final_newline_of_stdin_is_dropped(turboctl, process, given, html):
    channel = process.join(GROUP)
    turboctl("send", GROUP, input=HELLO + given).succeeded()
    assert process.receive(channel) == html_message(HELLO + html)


@pytest.mark.parametrize("consumers", CONSUMERS)
def test_every_consumer_of_a_process_receives_it_once(turboctl, process, consumers):
    channels = [process.join(GROUP) for _ in range(consumers)]
    turboctl(*SEND_HELLO).succeeded()
    assert [process.receive(channel) for channel in channels] == consumers * [html_message(HELLO)]
    assert not process.layer.receive_buffer


def test_every_process_receives_it_on_each_of_its_consumers(turboctl, server, start_worker):
    workers = [start_worker(server.url, GROUP, consumers) for consumers in (1, 2, 3)]
    turboctl(*SEND_HELLO).succeeded()
    for worker in workers:
        received = sorted(worker.read() for _ in worker.channels)
        assert received == [[channel, html_message(HELLO)] for channel in sorted(worker.channels)]


@pytest.mark.parametrize("size", SIZES[-2:])
def test_large_html_reaches_several_processes(turboctl, server, start_worker, size):
    workers = [start_worker(server.url, GROUP) for _ in range(2)]
    turboctl("send", GROUP, "--raw", input="x" * size).succeeded()
    for worker in workers:
        assert worker.read() == [worker.channels[0], html_message("x" * size)]


def test_other_groups_receive_nothing(turboctl, process):
    first, second = process.join(GROUP), process.join("turbo_stream.chat_12")
    turboctl(*SEND_HELLO).succeeded()
    turboctl("send", "turbo_stream.chat_12", input=element("second")).succeeded()
    assert process.receive(second) == html_message(element("second"))
    assert process.receive(first) == html_message(HELLO)
    assert not process.layer.receive_buffer


def test_the_actioncable_envelope_names_the_group(turboctl, process):
    channel = process.join("chat_1")
    options = ["--envelope", "actioncable", "--html", "Hello World"]
    turboctl("send", "--chat", "1", *UPDATE, *options).succeeded()
    expected = {"type": "action_cable_message", "group": "chat_1", "message": HELLO}
    assert process.receive(channel) == expected


def test_a_custom_envelope_is_filled_in(turboctl, process):
    envelope = {
        "type": "chat.update",
        "payload": {"body": "{html}", "to": ["{group}", 6, 6.0, None, True]},
        "version": 2,
    }
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--envelope", json.dumps(envelope)).succeeded()
    envelope["payload"] = {"body": HELLO, "to": [GROUP, 6, 6.0, None, True]}
    assert repr(process.receive(channel)) == repr(envelope)


VALUES = {
    "small integers": [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32],
    "negative integers": [-1, -32, -33, -128, -129, -32_768, -32_769, -(2**31), -(2**31) - 1],
    "64-bit integers": [2**63 - 1, 2**63, 2**64 - 1, -(2**63)],
    "integers are not floats": [6, 6.0, 0, 0.0, -0.0, 1e2, 100],
    "floats": [0.1, -1.5, 1e300, 5e-324, 1.7976931348623157e308, 2.0**53, 1 / 3],
    "null and bool": [None, True, False],
    "bool is not a number": {"a": True, "b": 1, "c": "true"},
    "strings": ["", "x" * 31, "x" * 32, "x" * 255, "x" * 256],
    "a str16": "x" * 65_535,
    "a str32": "x" * 65_536,
    "unicode": "é 日本語 👩‍👩‍👧 \u2028 \x00 \x1b \x7f",
    "nested": {"a": [{"b": {"c": [[], {}, [[1, [2.0]]]]}}], "d": {"": None}},
    "deep": json.loads("[" * 100 + "]" * 100),
    "arrays": [list(range(15)), list(range(16)), [], [[]]],
    "maps": [{str(key): key for key in range(count)} for count in (0, 15, 16, 300)],
    "long arrays": [list(range(65_535)), list(range(65_536))],
    "long maps": [{str(key): key for key in range(count)} for count in (65_535, 65_536)],
    "order": {"z": 1, "a": 2, "m": 3},
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("ascii", [True, False], ids=["escaped", "as utf-8"])
def test_a_raw_message_keeps_values_types_and_order(turboctl, process, value, ascii):
    message = {"type": "chat.value", "value": value}
    text = json.dumps(message, ensure_ascii=ascii)
    channel = process.join(GROUP)
    if len(text) < 100_000:
        turboctl("send", GROUP, "--message", text).succeeded()
    else:
        # More than one argument may hold.
        line = json.dumps({"group": GROUP, "message": message}, ensure_ascii=ascii)
        turboctl("send", "--batch", "-", "--max-bytes", 8_000_000, input=line).succeeded()
    assert repr(process.receive(channel)) == repr(message)


@pytest.mark.parametrize("number", [0, 3])
def test_the_database_of_the_url_is_the_one_written_to(turboctl, server, start_process, number):
    url = f"redis://127.0.0.1:{server.port}/{number}"
    process = start_process(url)
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--redis", url).succeeded()
    assert process.receive(channel) == html_message(HELLO)


@pytest.mark.parametrize("given", ["flag", "TURBOCTL_REDIS_URL", "REDIS_URL"])
def test_the_nearer_of_two_urls_counts(turboctl, server, process, given):
    nowhere = f"redis://127.0.0.1:{unused_port()}/0"
    ways = ["flag", "TURBOCTL_REDIS_URL", "REDIS_URL"]
    urls = dict.fromkeys(ways[ways.index(given) :], nowhere) | {given: server.url}
    flag = ["--redis", urls.pop("flag")] if given == "flag" else []
    environment = {"TURBOCTL_REDIS_URL": "", **urls}
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, *flag, env=environment).succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_a_unix_socket_is_as_good_as_a_port(turboctl, server, process):
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--redis", f"unix://{server.socket}").succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_five_hundred_invocations_arrive_in_order(turboctl, server, start_process):
    process = start_process(server.url, capacity=1000)
    channel = process.join(GROUP)
    room = ["--capacity", 1000, "--expiry", 600]
    for number in range(500):
        turboctl("send", GROUP, *UPDATE, "--html", number, *room).succeeded()
    received = [process.receive(channel) for _ in range(500)]
    assert received == [html_message(element(str(number))) for number in range(500)]


def test_the_lines_of_a_batch_arrive_in_order(turboctl, server, start_process):
    process = start_process(server.url, capacity=1000)
    channel = process.join(GROUP)
    lines = [json.dumps({"group": GROUP, "html": element(str(n))}) + "\n" for n in range(500)]
    turboctl("send", "--batch", "-", "--capacity", 1000, input="".join(lines)).succeeded()
    received = [process.receive(channel) for _ in range(500)]
    assert received == [html_message(element(str(number))) for number in range(500)]
