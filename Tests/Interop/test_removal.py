"""groups discard, groups prune and flush: the plan first, and only what it names."""

import time

import pytest

from peers import EXPIRY, wait_until
from terminal import Terminal
from tool import GROUP, HELLO, SEND_HELLO

OTHER = "turbo_stream.chat_2"


@pytest.fixture
def open_terminal(server):
    terminals = []

    def open_terminal(*arguments, **size):
        terminals.append(Terminal(server, *arguments, **size))
        return terminals[-1]

    yield open_terminal
    for terminal in terminals:
        terminal.stop()


def strand(server, process, age=EXPIRY + 5):
    """Leaves a message in the process's queue, as if it had waited for so long."""
    server.client.zadd(process.queue, {b"0" * 12 + b"\x80": time.time() - age})


def test_discard_removes_the_channels_named_and_no_other(turboctl, server, process):
    gone, stays = process.join(GROUP, OTHER), process.join(GROUP)
    result = turboctl("groups", "discard", GROUP, gone, "--yes").succeeded()
    assert gone in result.stdout
    assert result.stdout.endswith("1 removed\n")
    assert server.members(GROUP) == [stays]
    assert server.members(OTHER) == [gone]
    # Nothing is left to remove, and that is no error.
    turboctl("groups", "discard", GROUP, gone, "--yes").succeeded()


@pytest.mark.parametrize("command", [["groups", "discard", GROUP, "x"], ["flush", "--group", GROUP]])
def test_a_name_that_is_not_there_is_said(turboctl, server, command):
    result = turboctl(*command, "--yes").succeeded()
    assert result.stdout.startswith("nothing to remove")
    assert GROUP in result.stdout


def test_flush_says_which_of_its_groups_is_not_there(turboctl, process):
    process.join(GROUP)
    result = turboctl("flush", "--group", GROUP, "--group", OTHER, "--yes").succeeded()
    assert f"no such group: {OTHER}\n" in result.stdout
    assert result.stdout.endswith("1 removed\n")


def test_discard_says_who_is_no_member(turboctl, process):
    channel = process.join(GROUP)
    rows = turboctl("groups", "discard", GROUP, channel, "x", "--yes", "--json").succeeded().objects
    assert [(row["channel"], row["member"], row["removed"]) for row in rows] == [
        (channel, True, True),
        ("x", False, False),
    ]


def test_prune_removes_who_lets_messages_wait(turboctl, server, start_process):
    dead, slow, idle = (start_process(server.url) for _ in range(3))
    ghosts = [dead.join(GROUP), dead.join(OTHER)]
    alive = [slow.join(GROUP), idle.join(GROUP)]
    strand(server, dead)
    strand(server, slow, EXPIRY - 10)
    rows = turboctl("groups", "prune", "--yes", "--json").succeeded().objects
    assert {(row["group"], row["channel"]) for row in rows} == {
        (GROUP, ghosts[0]),
        (OTHER, ghosts[1]),
    }
    for row in rows:
        assert "asgi" + row["process"] == dead.queue
        assert (row["queued"], row["removed"]) == (1, True)
        assert EXPIRY + 5 <= row["oldest_age"] < EXPIRY + 15
        assert row["reason"]
    assert sorted(server.members(GROUP)) == sorted(alive)
    assert not server.members(OTHER)
    assert turboctl("groups", "prune").succeeded().stdout == "no member is dead\n"


def test_prune_looks_at_the_groups_named(turboctl, server, process):
    process.join(GROUP)
    stays = process.join(OTHER)
    strand(server, process)
    turboctl("groups", "prune", GROUP, "--yes").succeeded()
    assert not server.members(GROUP)
    assert server.members(OTHER) == [stays]


def test_prune_leaves_a_process_that_is_killed_and_has_no_message(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    worker.process.kill()
    turboctl("groups", "prune", "--yes").succeeded()
    assert server.members(GROUP) == worker.channels


def test_prune_takes_a_killed_process_once_its_messages_are_too_old(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    worker.process.kill()
    worker.process.wait()
    turboctl(*SEND_HELLO).succeeded()
    options = ["--expiry", 1, "--json", "--yes"]
    [row] = wait_until(lambda: turboctl("groups", "prune", *options).succeeded().objects)
    assert [row["channel"]] == worker.channels
    assert not server.members(GROUP)


def test_flush_all_removes_the_layer_and_nothing_else(turboctl, server, start_process):
    process = start_process(server.url)
    process.join(GROUP)
    start_process(server.url, prefix="asgi2").join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    server.client.zadd(f"{process.queue}$inflight", {"x": time.time()})
    server.client.zadd(f"asgiturboctl.{'0' * 32}!", {"x": time.time()})
    foreign = {
        "asgi:group:text": server.client.set,
        "asgi:cache": server.client.set,
        "asgispecific.text!": server.client.set,
    }
    for key, put in foreign.items():
        put(key, "x")
    for key in [
        "asgispecial",
        "asgi",
        "asgispecific.x",
        "asgispecific.x!y",
        "asgi:groups:x",
        "other",
    ]:
        server.client.zadd(key, {"x": 1})
    before = server.dump()
    [row] = turboctl("flush", "--all", "--yes", "--json").succeeded().objects
    assert (row["groups"], row["queues"], row["in_flight"]) == (1, 2, 1)
    assert (row["foreign"], row["removed"]) == (2, True)
    gone = {f"asgi:group:{GROUP}", process.queue, f"{process.queue}$inflight"}
    gone.add(f"asgiturboctl.{'0' * 32}!")
    assert server.dump() == {key: it for key, it in before.items() if key.decode() not in gone}


def test_flush_of_queues_leaves_the_groups(turboctl, server, process):
    process.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    assert turboctl("flush", "--queues", "--yes").succeeded().stdout.endswith("1 removed\n")
    assert server.client.keys() == [f"asgi:group:{GROUP}".encode()]


def test_flush_of_a_group_leaves_the_others(turboctl, server, process):
    process.join(GROUP, OTHER)
    turboctl("flush", "--group", GROUP, "--yes").succeeded()
    assert not server.members(GROUP)
    assert server.members(OTHER)


def test_flush_takes_many_keys_in_steps(turboctl, server):
    pipe = server.client.pipeline()
    for number in range(5000):
        pipe.zadd(f"asgi:group:g{number}", {"specific.a!1": 1})
    pipe.execute()
    server.client.config_resetstat()
    assert turboctl("flush", "--all", "--yes").succeeded().stdout.endswith("5000 removed\n")
    assert not server.client.keys()
    stats = server.client.info("commandstats")
    assert "cmdstat_keys" not in stats or stats["cmdstat_keys"]["calls"] == 1
    assert "cmdstat_unlink" in stats


REMOVALS = [
    ["groups", "prune"],
    ["flush", "--all"],
    ["flush", "--group", GROUP],
    ["flush", "--queues"],
]


@pytest.mark.parametrize("command", [*REMOVALS, ["groups", "discard", GROUP]], ids=" ".join)
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_without_a_yes_the_plan_is_all(turboctl, server, process, command, json):
    channel = process.join(GROUP)
    strand(server, process)
    before = server.dump()
    arguments = [*command, *([channel] if "discard" in command else []), *json]
    # A yes that no terminal gave is none.
    result = turboctl(*arguments, input="y\n")
    assert result.code == 2
    assert "--yes" in result.stderr
    assert result.stdout
    if json:
        assert not any(row["removed"] for row in result.objects)
    assert server.dump() == before


@pytest.mark.parametrize(
    ("answer", "removes"),
    [(b"y\n", True), (b"yes\n", True), (b"\n", False), (b"n\n", False), (b"\x04", False)],
)
def test_a_terminal_is_asked(server, process, open_terminal, answer, removes):
    process.join(GROUP)
    terminal = open_terminal("flush", "--all")
    terminal.wait_for(rb"remove 1 group.*\[y/N\] ")
    assert server.members(GROUP)
    terminal.type(answer)
    assert terminal.finish() == 0
    assert bool(server.members(GROUP)) is not removes
    assert (b"1 removed" in terminal.text) is removes
    assert (b"nothing was removed\r\n" in terminal.text) is not removes
    assert terminal.text.startswith(b"\r\n") or answer != b"\x04"


def test_who_came_back_while_the_plan_was_read_is_not_pruned(server, process, open_terminal):
    channel = process.join(GROUP)
    strand(server, process)
    terminal = open_terminal("groups", "prune")
    terminal.wait_for(rb"\[y/N\] ")
    server.client.delete(process.queue)
    terminal.type(b"y\n")
    assert terminal.finish() == 0
    assert server.members(GROUP) == [channel]
    assert b"0 removed" in terminal.text


def test_a_replica_refuses_and_nothing_is_gone(turboctl, server, process):
    process.join(GROUP)
    server.client.replicaof("127.0.0.1", 1)
    try:
        assert turboctl("flush", "--all", "--yes", "--json").code == 3
        assert server.members(GROUP)
    finally:
        server.client.replicaof("NO", "ONE")


def test_the_site_goes_on_after_a_flush(turboctl, process):
    channel = process.join(GROUP)
    turboctl("flush", "--all", "--yes").succeeded()
    other = process.join(GROUP)
    assert channel != other
    turboctl(*SEND_HELLO).succeeded()
    assert process.receive(other)["html"] == HELLO
