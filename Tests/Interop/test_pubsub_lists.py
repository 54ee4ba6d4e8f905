"""What the other commands tell of a pub/sub layer, and what they cannot know."""

import pytest

from peers import unused_port
from pubsub import PUBSUB
from tool import GROUP, SEND_HELLO

NOTHING_KEPT = [
    ["queue", "list"], ["queue", "peek", "a!b"], ["groups", "discard", "g", "c"],
    ["groups", "prune"], ["flush", "--all"],
]


@pytest.mark.parametrize("command", NOTHING_KEPT, ids=" ".join)
def test_what_redis_does_not_keep_is_2(turboctl, command):
    assert "keeps nothing" in turboctl(*command, *PUBSUB).failed(2).stderr


def test_what_makes_no_sense_is_2(turboctl):
    turboctl(*SEND_HELLO, *PUBSUB, "--when-full", "fail").failed(2)
    turboctl("groups", "list", *PUBSUB, "--sort", "queued").failed(2)


def test_lists_show_connections_and_nothing_that_cannot_be_known(
    turboctl, server, start_pubsub_process
):
    sites = [start_pubsub_process(server.url), start_pubsub_process(server.url)]
    for site in sites:
        site.join(GROUP, "lobby")
    sites[0].join(GROUP)
    assert turboctl("groups", "list", *PUBSUB, "--json").succeeded().objects == [
        {"group": "lobby", "connections": 2}, {"group": GROUP, "connections": 2},
    ]
    chat = {"chat": "1", "group": GROUP, "connections": 2}
    assert turboctl("chats", "list", *PUBSUB, "--json").succeeded().objects == [chat]
    assert turboctl("chats", "show", 1, *PUBSUB, "--json").succeeded().objects == [chat]
    table = turboctl("chats", "list", *PUBSUB).succeeded().stdout.splitlines()
    assert table[0].split() == ["CHAT", "GROUP", "CONNECTIONS"]
    assert table[1].split() == ["1", GROUP, "2"]
    shown = turboctl("groups", "show", "lobby", *PUBSUB).succeeded().stdout
    assert shown == "lobby: 2 connections\n"


def test_a_server_that_loads_is_not_taken_for_one_without_listeners(turboctl_for, start_loading):
    turboctl = turboctl_for(start_loading())
    for command in (["groups", "list"], ["chats", "list"], ["chats", "show", 1]):
        assert "LOADING" in turboctl(*command, *PUBSUB).failed(3).stderr
    check = turboctl("config", "check", *PUBSUB)
    assert check.code == 3 and "LOADING" in check.stdout, check
    plan = turboctl(*SEND_HELLO, *PUBSUB, "--dry-run").stdout
    assert "receivers: unknown" in plan
    doctor = turboctl("doctor", *PUBSUB)
    assert doctor.code == 4 and "LOADING" in doctor.stdout, doctor


def test_ping_and_doctor(turboctl, server):
    [line] = turboctl("ping", *PUBSUB, "--json", "-c", 3).succeeded().objects
    assert line["layer_ms"] > 0
    assert "nothing was found" in turboctl("doctor", *PUBSUB).succeeded().stdout
    assert not server.client.keys()


def test_doctor_finds_limits_that_cut_subscribers_off(turboctl_for, start_server):
    server = start_server("--client-output-buffer-limit", "pubsub", "1mb", "0", "0")
    [finding] = turboctl_for(server)("doctor", *PUBSUB, "--json").succeeded().objects
    assert finding["check"] == "output-buffer"


def test_ping_of_a_replica_is_3(turboctl_for, start_server):
    server = start_server("--replicaof", "127.0.0.1", str(unused_port()))
    result = turboctl_for(server)("ping", *PUBSUB)
    assert result.code == 3
    assert "replica" in result.stdout and "READONLY" in result.stderr
