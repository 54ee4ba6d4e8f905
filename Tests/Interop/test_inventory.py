"""chats, groups and queue show what real consumers make of a layer, and change nothing."""

import os
import re
import time

import pytest

from peers import GROUP_EXPIRY, wait_until
from tool import GROUP, HELLO, SEND_HELLO, age_of

LISTS = [["chats", "list"], ["groups", "list"]]
# What a terminal would obey, in names that a layer would never give.
HOSTILE = [
    b"\x1b[2J",
    b"\x1b]52;c;eA==\x07",
    b"\x9b31m",
    b"a\rb\nc",
    b"\xff\xfe",
    "\u202etxt".encode(),
    b"",
    b"x" * 5000,
    "日本".encode(),
    b"\x00",
]


def rows(result):
    return {row["group"]: row for row in result.succeeded().objects}


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_channels_and_processes_are_those_of_the_consumers(
    turboctl, server, start_process, command
):
    processes = [start_process(server.url) for _ in range(3)]
    for number, process in enumerate(processes):
        for _ in range(number + 1):
            process.join(GROUP)
    processes[0].join("turbo_stream.chat_2")
    found = rows(turboctl(*command, "--json"))
    counts = {group: (row["channels"], row["processes"]) for group, row in found.items()}
    assert counts == {GROUP: (6, 3), "turbo_stream.chat_2": (1, 1)}


def test_pages_are_counted_as_they_open_and_close(turboctl, open_page):
    pages = [open_page(1), open_page(1), open_page(2)]
    found = rows(turboctl("chats", "list", "--json"))
    assert {row["chat"]: row["channels"] for row in found.values()} == {"1": 2, "2": 1}
    assert {row["processes"] for row in found.values()} == {1}
    assert len(turboctl("chats", "show", 1, "--json").succeeded().objects) == 2
    for page in pages[:2]:
        page.close()
    wait_until(lambda: list(rows(turboctl("chats", "list", "--json"))) == ["turbo_stream.chat_2"])


def test_the_fields_are_those_of_the_contract(turboctl, process):
    process.join(GROUP)
    [chat] = turboctl("chats", "list", "--json").succeeded().objects
    assert set(chat) >= {
        "chat",
        "group",
        "channels",
        "processes",
        "queued",
        "oldest_age",
        "joined_first",
        "joined_last",
        "tails",
    }
    assert chat["chat"] == "1"
    assert age_of(chat["joined_first"]) < 30
    assert chat["joined_first"] == chat["joined_last"]
    assert (chat["queued"], chat["oldest_age"]) == (0, None)
    [group] = turboctl("groups", "list", "--json").succeeded().objects
    assert group == {key: value for key, value in chat.items() if key != "chat"}


def test_what_waits_is_counted_until_it_is_taken(turboctl, process):
    channel = process.join(GROUP)
    for _ in range(3):
        turboctl(*SEND_HELLO).succeeded()
    [row] = turboctl("chats", "list", "--json").succeeded().objects
    assert row["queued"] == 3
    assert 0 <= row["oldest_age"] < 30
    process.receive(channel)
    [row] = turboctl("chats", "list", "--json").succeeded().objects
    assert row["queued"] == 2


def test_our_tails_are_counted_apart(turboctl, process):
    process.join(GROUP)
    tail = turboctl.tail(GROUP)
    [row] = turboctl("chats", "list", "--json").succeeded().objects
    assert (row["channels"], row["processes"], row["tails"]) == (1, 1, 1)
    assert age_of(row["joined_first"]) < 30
    shown = turboctl("chats", "show", 1, "--json").succeeded().objects
    assert sorted(channel["tail"] for channel in shown) == [False, True]
    [ours] = [channel for channel in shown if channel["tail"]]
    assert ours["expires_in"] <= 60
    tail.stop()


def test_expired_members_are_not_counted(turboctl, server, process):
    process.join(GROUP)
    old = time.time() - GROUP_EXPIRY - 2
    server.client.zadd(f"asgi:group:{GROUP}", {f"specific.{'0' * 32}!old": old})
    server.client.zadd("asgi:group:turbo_stream.chat_2", {f"specific.{'0' * 32}!old": old})
    [row] = turboctl("chats", "list", "--json").succeeded().objects
    assert (row["group"], row["channels"]) == (GROUP, 1)


def test_group_expiry_is_the_layers(turboctl, server, start_process):
    start_process(server.url, group_expiry=300).join(GROUP)
    server.client.zadd(f"asgi:group:{GROUP}", {f"specific.{'0' * 32}!old": time.time() - 400})
    [row] = turboctl("chats", "list", "--group-expiry", 300, "--json").succeeded().objects
    assert row["channels"] == 1
    [channel] = turboctl("chats", "show", 1, "--group-expiry", 300, "--json").succeeded().objects
    assert 270 < channel["expires_in"] <= 300


def test_show_tells_of_each_channel(turboctl, server, process):
    channels = [process.join(GROUP) for _ in range(2)]
    turboctl(*SEND_HELLO, "--capacity", 7).succeeded()
    backup = {b"x" * 20: time.time()}
    server.client.zadd(f"{process.queue}$inflight", backup)
    shown = turboctl("groups", "show", GROUP, "--capacity", 7, "--json").succeeded().objects
    assert {row["channel"] for row in shown} == set(channels)
    for row in shown:
        assert row["group"] == GROUP
        assert "asgi" + row["process"] == process.queue
        assert (row["queued"], row["capacity"], row["in_flight"]) == (1, 7, 1)
        assert 0 <= row["oldest_age"] < 30
        assert age_of(row["joined"]) < 30
        assert GROUP_EXPIRY - 30 < row["expires_in"] <= GROUP_EXPIRY


@pytest.mark.parametrize("command", [["chats", "show", 9], ["groups", "show", "nobody"]])
def test_nobody_is_no_error(turboctl, command):
    assert "nobody listens" in turboctl(*command).succeeded().stdout
    assert turboctl(*command, "--json").succeeded().objects == []


def test_a_list_of_nobody_is_no_error(turboctl):
    assert turboctl("chats", "list").succeeded().stdout == "nobody listens\n"
    assert turboctl("chats", "list", "--json").succeeded().output == b""
    assert turboctl("queue", "list").succeeded().stdout == "nothing waits\n"


def test_chats_are_found_by_their_pattern(turboctl, process):
    for group in ["room-7-x", "room-12-x", "room--x", "other"]:
        process.join(group)
    found = turboctl("chats", "list", "--chat-group", "room-{id}-x", "--json").succeeded().objects
    assert [row["chat"] for row in found] == ["7", "12"]


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [("*", 4), ("turbo_stream.*", 2), ("chat_?", 1), ("chat_[ab]", 1), ("room", 1), ("none*", 0)],
)
def test_a_pattern_chooses_groups(turboctl, process, pattern, groups):
    for group in ["turbo_stream.chat_1", "turbo_stream.chat_2", "chat_a", "room"]:
        process.join(group)
    assert len(turboctl("groups", "list", pattern, "--json").succeeded().objects) == groups


def test_a_prefix_is_no_glob(turboctl, server, start_process):
    start_process(server.url, prefix="we[i]rd*?").join(GROUP)
    start_process(server.url, prefix="weirdXY").join("other")
    found = turboctl("groups", "list", "--prefix", "we[i]rd*?", "--json").succeeded().objects
    assert [row["group"] for row in found] == [GROUP]


def test_sort_and_limit(turboctl, start_process, server):
    for chat, channels in {2: 1, 10: 3, 1: 2}.items():
        process = start_process(server.url)
        for _ in range(channels):
            process.join(f"turbo_stream.chat_{chat}")
    turboctl("send", "--chat", 2, input=HELLO).succeeded()

    def chats(*options):
        rows = turboctl("chats", "list", "--json", *options).succeeded().objects
        return [row["chat"] for row in rows]

    assert chats() == ["1", "2", "10"]
    assert chats("--sort", "channels") == ["10", "1", "2"]
    assert chats("--sort", "queued", "--limit", 1) == ["2"]
    assert chats("--sort", "oldest", "--limit", 1) == ["2"]
    assert chats("--sort", "joined") == ["1", "10", "2"]


def test_a_table_for_people(turboctl, process):
    process.join(GROUP)
    head, row = turboctl("chats", "list").succeeded().stdout.splitlines()
    assert head.split() == "CHAT GROUP CHANNELS PROCESSES QUEUED OLDEST JOINED".split()
    assert row.split()[:6] == ["1", GROUP, "1", "1", "0", "-"]


def test_looking_changes_nothing_and_never_asks_for_keys(turboctl, server, process):
    process.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    server.client.zadd("asgi:group:old", {"specific.x!1": 1})
    before = server.dump()
    server.client.config_resetstat()
    commands = [
        ["chats", "list"],
        ["groups", "list"],
        ["chats", "show", 1],
        ["queue", "list"],
        ["queue", "peek", process.queue[4:]],
    ]
    for command in commands:
        turboctl(*command).succeeded()
    used = {name.removeprefix("cmdstat_") for name in server.client.info("commandstats")}
    assert used <= {
        "scan",
        "time",
        "type",
        "zrangebyscore",
        "zcard",
        "zrange",
        "info",
        "config|resetstat",
    }
    assert server.dump() == before


def test_keys_of_another_kind_are_passed_over(turboctl, server, process):
    process.join(GROUP)
    server.client.set("asgi:group:text", "x")
    server.client.lpush(f"asgispecific.{'0' * 32}!", "x")
    assert list(rows(turboctl("groups", "list", "--json"))) == [GROUP]
    assert turboctl("queue", "list", "--json").succeeded().objects == []


def fill_with_hostile_names(server):
    now = time.time()
    for name in HOSTILE:
        server.client.zadd(
            b"asgi:group:turbo_stream.chat_" + name, {b"specific." + name + b"!" + name: now}
        )
        server.client.zadd(b"asgispecific." + name + b"!", {b"0" * 12 + name: now})
    server.client.zadd(
        f"asgi:group:{GROUP}", {b"specific." + name + b"!" + name: now for name in HOSTILE}
    )


@pytest.mark.parametrize(
    "command",
    [
        ["chats", "list"],
        ["groups", "list"],
        ["groups", "show", GROUP],
        ["queue", "list"],
        ["queue", "peek", "specific.a\rb\nc!"],
        ["groups", "prune"],
        ["flush", "--all"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_any_bytes_print_safely(turboctl, server, command, json):
    fill_with_hostile_names(server)
    result = turboctl(*command, *json)
    assert result.code in (0, 2), result
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", result.output + result.errors)
    text = result.stdout + result.stderr
    assert not re.search("[\x80-\x9f]", text)
    if not json:
        assert "\u202e" not in text
    else:
        result.objects


def test_a_server_that_hangs_is_exit_three(turboctl_for, start_server):
    server = start_server()
    server.pause()
    for command in (
        ["chats", "list"],
        ["groups", "show", "g"],
        ["queue", "list"],
        ["flush", "--all"],
    ):
        turboctl_for(server)(*command, "--timeout", 1).failed(3)


def test_a_closed_pipe_is_silent(turboctl, server):
    now = time.time()
    for number in range(3000):
        server.client.zadd(f"asgi:group:turbo_stream.chat_{number}", {"specific.a!1": now})
    reader, writer = os.pipe()
    run = turboctl.start("chats", "list", stdout=writer)
    os.close(writer)
    os.close(reader)
    run.finish().succeeded()
