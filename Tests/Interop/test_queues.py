"""queue list and queue peek show what waits, and take nothing."""

import pytest

from tool import GROUP, HELLO, SEND_HELLO, age_of, element, html_message


def test_queue_list_is_what_waits(turboctl, server, start_process):
    busy, idle = start_process(server.url), start_process(server.url)
    busy.join(GROUP)
    idle.join("other")
    for _ in range(2):
        turboctl(*SEND_HELLO).succeeded()
    [row] = turboctl("queue", "list", "--json").succeeded().objects
    assert "asgi" + row["process"] == busy.queue
    assert (row["queued"], row["capacity"], row["in_flight"], row["tail"]) == (2, 100, 0, False)
    assert 0 <= row["oldest_age"] < 5


@pytest.mark.parametrize("serializer", ["msgpack", "json"])
def test_peek_decodes_and_takes_nothing(turboctl, server, start_process, serializer):
    try:
        config = {} if serializer == "msgpack" else {"serializer_format": serializer}
        process = start_process(server.url, **config)
    except TypeError:
        pytest.skip("this channels_redis has no serializers")
    channel = process.join(GROUP)
    htmls = [HELLO, element("é 日本"), "three"]
    process.send_html(GROUP, *htmls)
    before = server.dump()
    found = turboctl("queue", "peek", process.queue[4:], "--json").succeeded().objects
    assert [row["html"] for row in found] == htmls
    assert [row["message"] for row in found] == [html_message(html) for html in htmls]
    assert all(row["channels"] == [channel] and age_of(row["time"]) < 5 for row in found)
    [first] = turboctl("queue", "peek", channel, "--limit", 1, "--json").succeeded().objects
    assert first["html"] == HELLO
    assert HELLO in turboctl("queue", "peek", channel).succeeded().stdout
    assert server.dump() == before
    assert process.receive(channel) == html_message(HELLO)


def test_peek_of_a_channel_leaves_out_what_is_for_others(turboctl, process):
    first, second = process.join(GROUP), process.join("other")
    process.send_html(GROUP, "first")
    process.send_html("other", *map(str, range(25)))
    found = turboctl("queue", "peek", second, "--json").succeeded().objects
    assert [row["html"] for row in found] == list(map(str, range(25)))
    [row] = turboctl("queue", "peek", first, "--json").succeeded().objects
    assert row["html"] == "first"


def test_peek_takes_a_key_as_redis_cli_shows_it(turboctl, server, process):
    process.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    [found] = turboctl("queue", "peek", process.queue, "--json").succeeded().objects
    assert process.queue.startswith("asgi")
    assert found["html"] == HELLO


@pytest.mark.parametrize("name", ["bad name!", "nosuch", f"specific.{'0' * 32}!"])
def test_peek_of_what_is_not_there_says_where_to_look(turboctl, server, name):
    result = turboctl("queue", "peek", name).succeeded()
    assert result.stdout.startswith("no such queue, or nothing waits")
    assert "queue list" in result.stdout
    assert turboctl("queue", "peek", name, "--json").succeeded().stdout == ""


def test_peek_without_the_key_names_the_setting(turboctl, server, start_process):
    process = start_process(server.url, symmetric_encryption_keys=["secret"])
    process.join(GROUP)
    process.send_html(GROUP, HELLO)
    result = turboctl("queue", "peek", process.queue[4:]).succeeded()
    assert "symmetric_encryption_keys" in result.stdout


def test_peek_says_what_json_does_not_hold(turboctl, process):
    process.join(GROUP)
    process.send(GROUP, {"type": "x", "blob": b"\xff"})
    process.send(GROUP, {"type": "x", "blob": {"bytes": "ff"}})
    rows = turboctl("queue", "peek", process.queue[4:], "--json").succeeded().objects
    assert [row.get("lossy") for row in rows] == [True, None]


def test_peek_survives_what_is_no_message(turboctl, server):
    queue = f"asgispecific.{'0' * 32}!"
    server.client.zadd(queue, {b"short": 1, b"\x00" * 12 + b"\xc1": 2, b"x" * 12 + b"{": 3})
    found = turboctl("queue", "peek", queue[4:], "--json").succeeded().objects
    assert [row["message"] for row in found] == [None] * 3
    assert bytes.fromhex(found[0]["raw"]) == b"short"
    assert "not a message" in turboctl("queue", "peek", queue[4:]).succeeded().stdout
