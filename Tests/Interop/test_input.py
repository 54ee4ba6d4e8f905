"""Bad input is refused with exit code 2 and one line, and nothing is sent."""

import json

import pytest

from tool import GROUP, HELLO, SEND_HELLO, UPDATE, element

WRAP = element("{}").encode().split(b"{}")


@pytest.fixture
def refuses(turboctl, server, process):
    """Runs a command that must be refused before anything reaches Redis."""
    process.join(GROUP)
    before = server.dump()

    def refuse(*arguments, **options):
        result = turboctl(*arguments, **options).failed(2)
        assert not result.output
        assert server.dump() == before
        return result

    return refuse


# An argument that ends in a byte that is no UTF-8, as Python spells it.
NOT_UTF8 = "x\udcff"


@pytest.mark.parametrize(
    "group",
    ["", "a b", "a:b", "a/b", "a!b", "é", "٣", "room\n", "\u202egroup", NOT_UTF8, "x" * 100],
    ids=ascii,
)
@pytest.mark.parametrize("command", ["send", "tail"])
def test_a_group_that_channels_would_not_take(refuses, command, group):
    refuses(command, group, input=HELLO)


def test_a_pattern_is_no_group_to_send_to(refuses):
    refuses("send", "turbo_stream.chat_*", input=HELLO)


def test_the_longest_group_name_is_taken(turboctl, process):
    group = "x" * 99
    channel = process.join(group)
    turboctl("send", group, input=HELLO).succeeded()
    assert process.receive(channel)["html"] == HELLO


def test_one_bad_group_among_good_ones_stops_them_all(refuses):
    refuses("send", GROUP, "a b", input=HELLO)


@pytest.mark.parametrize("chat", ["", "1 2", "x" * 99, "é"])
def test_a_chat_id_that_makes_a_bad_group(refuses, chat):
    refuses("send", "--chat", chat, input=HELLO)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "6",
        "null",
        '"type"',
        "{}",
        '{"html": "x"}',
        '{"type": 6}',
        '{"type": null}',
        '{"type": "a",}',
        '{"type": "a"} x',
        "{'type': 'a'}",
        '{"type": "a", "n": NaN}',
        '{"type": "a", "n": 01}',
        '{"type": "a", "n": 1e400}',
        '{"type": "a", "n": 18446744073709551616}',
        '{"type": "a", "n": -9223372036854775809}',
        '{"type": "a", "s": "\\ud800"}',
        '{"type": "a", "s": "\\x"}',
        '{"type": "a", "deep": ' + "[" * 5000 + "]" * 5000 + "}",
    ],
    ids=lambda message: message[:40],
)
def test_a_message_that_no_consumer_could_take(refuses, message):
    refuses("send", GROUP, "--message", message)


@pytest.mark.parametrize("envelope", ["", "{", "[]", "cable", '{"html": "{html}"}', '{"type": 1}'])
def test_an_envelope_that_makes_no_message(refuses, envelope):
    refuses(*SEND_HELLO, "--envelope", envelope)


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff",
        b"\x80",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xc3",
        b"\xf0\x9f\x91",
        b"\xc3<",
    ],
    ids=bytes.hex,
)
def test_html_that_is_not_utf8(refuses, broken, tmp_path):
    refuses("send", GROUP, input=WRAP[0] + broken + WRAP[1])
    refuses("send", GROUP, input=HELLO.encode() + broken)
    refuses("send", GROUP, *UPDATE, input=broken)
    file = tmp_path / "html"
    file.write_bytes(broken)
    refuses("send", GROUP, *UPDATE, "--file", file)


@pytest.mark.parametrize("options", [[], UPDATE], ids=["whole", "content"])
@pytest.mark.parametrize("nothing", ["", "\n"], ids=["empty", "a newline"])
def test_a_stdin_with_nothing_in_it(refuses, options, nothing):
    refuses("send", GROUP, *options, input=nothing)


@pytest.mark.parametrize("html", ["Hello", "<div></div>", "turbo-stream", "&lt;turbo-stream>", " "])
def test_a_whole_message_without_a_turbo_stream(refuses, html):
    refuses("send", GROUP, input=html)


def test_an_absent_file_is_named(refuses):
    assert "/absent.html" in refuses("send", GROUP, *UPDATE, "--file", "/absent.html").stderr


URLS = {
    "http://127.0.0.1:6379/0": "another scheme",
    "127.0.0.1:6379": "no scheme",
    "localhost": "a bare host",
    "": "nothing",
    "redis://127.0.0.1:99999/0": "a port too high",
    "redis://127.0.0.1:port/0": "a port in words",
    "redis://127.0.0.1/abc": "a database in words",
    "redis://127.0.0.1/1/2": "two databases",
    "redis://127.0.0.1/-1": "a negative database",
    "redis://127.0.0.1/0?colour=red": "an unknown parameter",
    "redis://:pass#word@127.0.0.1/0": "a bare hash",
}


@pytest.mark.parametrize("url", URLS, ids=URLS.values())
def test_a_url_that_names_no_server(refuses, url):
    assert "pass" not in refuses(*SEND_HELLO, "--redis", url).stderr.replace("password", "")


USAGES = {
    "no command": [],
    "an unknown command": ["sned", GROUP],
    "an unknown option": [*SEND_HELLO, "--targt", "x"],
    "an option without its value": ["send", GROUP, "--html"],
    "no group": ["send", *UPDATE, "--html", "x"],
    "a chat and a group": ["send", GROUP, "--chat", "1", *UPDATE, "--html", "x"],
    "an unknown action": ["send", GROUP, "--action", "apend", "--target", "x", "--html", "x"],
    "no target": ["send", GROUP, "--action", "append", "--html", "x"],
    "two kinds of target": ["send", GROUP, *UPDATE, "--targets", ".x", "--html", "x"],
    "two contents": ["send", GROUP, *UPDATE, "--html", "x", "--text", "y"],
    "a content for remove": ["send", GROUP, "-a", "remove", "-t", "x", "--html", "x"],
    "a message and a content": ["send", GROUP, "--message", '{"type": "a"}', "--html", HELLO],
    "a content that is not UTF-8": ["send", GROUP, *UPDATE, "--html", NOT_UTF8],
    "a duration in words": [*SEND_HELLO, "--timeout", "soon"],
    "a negative duration": [*SEND_HELLO, "--wait=-1"],
    "a count in words": [*SEND_HELLO, "--require", "two"],
    "a choice that is none": [*SEND_HELLO, "--when-full", "explode"],
    "an attribute without a value": [*SEND_HELLO, "--attr", "method"],
    "two formats of a tail": ["tail", GROUP, "--format", "html", "--format", "json"],
    "a tail of no group": ["tail"],
    "a negative count": ["tail", GROUP, "--count=-1"],
}


@pytest.mark.parametrize("arguments", USAGES.values(), ids=USAGES.keys())
def test_a_command_line_that_makes_no_sense(refuses, arguments):
    refuses(*arguments, input=HELLO)


def test_a_mistyped_action_is_answered_with_the_right_one(refuses):
    result = refuses("send", GROUP, "-a", "apend", "-t", "x", "--html", "x")
    assert "append" in result.stderr


@pytest.mark.parametrize("command", [["send", "a b"], ["tail", GROUP, "--format", "html"]])
def test_a_refusal_is_an_object_with_json(turboctl, command):
    result = turboctl(*command, "--json", input=HELLO)
    assert (result.code, result.output) == (2, b"")
    assert json.loads(result.stderr)["exit"] == 2


def test_bad_input_is_found_before_the_server_is(turboctl):
    turboctl("send", "a b", "--redis", "redis://turboctl.invalid/0", input=HELLO).failed(2)
