"""The pub/sub layer where a PUBLISH "succeeds" and is lost: servers, rights, nobody there."""


import msgpack
import pytest

from peers import wait_until
from pubsub import PUBSUB, listeners
from tool import GROUP, HELLO, SEND_HELLO, html_message

STATES = {
    "replica": (["--replicaof", "127.0.0.1", "1"], "READONLY"),
    "stale replica": (
        ["--replicaof", "127.0.0.1", "1", "--replica-serve-stale-data", "no"], "READONLY",
    ),
    "no replicas": (["--min-replicas-to-write", "1"], "NOREPLICAS"),
    "out of memory": (["--maxmemory", "600kb"], "OOM"),
}
NO_SCRIPTS = ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]
roads = pytest.mark.parametrize("road", [[], NO_SCRIPTS], ids=["script", "no script"])


@roads
@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_a_server_that_would_lose_the_message_is_3(
    turboctl_for, start_server, state, road, start_listener
):
    options, code = state
    server = start_server(*options, *road)
    refused(turboctl_for(server), server, start_listener(server), code)


def refused(turboctl, server, listener, code):
    result = turboctl(*SEND_HELLO, *PUBSUB).failed(3)
    assert code in result.stderr and "nothing sent" in result.stderr
    assert not result.output
    assert listener.message() is None
    assert listeners(server) == 1


@roads
def test_a_server_that_cannot_save_is_3(turboctl_for, start_server, tmp_path, road, start_listener):
    (tmp_path / "dump.rdb").mkdir()
    server = start_server("--enable-protected-configs", "yes", *road)
    server.client.config_set("dir", str(tmp_path))
    server.client.config_set("save", "3600 1")
    server.client.set("key", 1)
    server.client.bgsave()
    wait_until(lambda: server.client.info("persistence")["rdb_last_bgsave_status"] == "err")
    refused(turboctl_for(server), server, start_listener(server), "MISCONF")
    # Else it would not end before it has saved.
    server.client.config_set("save", "")


@roads
def test_a_server_that_loads_is_3(turboctl_for, start_loading, road, start_listener):
    server = start_loading(*road)
    refused(turboctl_for(server), server, start_listener(server), "LOADING")


@pytest.mark.parametrize("rights", [["+@all", "&other*"], ["+@all", "-publish"], ["+ping"]])
def test_a_user_without_the_rights_is_3_and_is_told_which(turboctl, server, rights, start_listener):
    listener = start_listener(server)
    server.client.execute_command(
        "ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", *rights
    )
    url = server.url.replace("//", "//limited:pw@")
    result = turboctl(*SEND_HELLO, *PUBSUB, "--redis", url).failed(3)
    assert "hint: the user needs" in result.stderr
    assert listener.message() is None


def test_a_user_who_may_run_no_scripts_publishes_all_the_same(turboctl, server, start_listener):
    listener = start_listener(server)
    rights = ["+@pubsub", "+setrange", "&asgi__group__*", "~asgi__group__*"]
    server.client.execute_command("ACL", "SETUSER", "site", "reset", "on", ">pw", *rights)
    url = server.url.replace("//", "//site:pw@")
    turboctl(*SEND_HELLO, *PUBSUB, "--redis", url).succeeded()
    assert msgpack.unpackb(listener.message(5)["data"]) == html_message(HELLO)


def test_of_three_hosts_one_that_is_down_takes_its_groups_alone(
    start_server, turboctl_for, start_pubsub_process, pubsub_options
):
    servers = [start_server() for _ in range(3)]
    urls = [server.url for server in servers]
    groups = [f"g{number}" for number in range(12)]
    site = start_pubsub_process(urls)
    for group in groups:
        site.join(group)
    lost = {
        group for group in groups if site.loop.run(shard_of(site, group)) == 1
    }
    servers[1].stop()
    turboctl = turboctl_for(servers[0])
    result = turboctl("send", *groups, *SEND_HELLO[2:], *pubsub_options(*urls), "--json")
    assert result.code == 5, result
    assert {line["group"] for line in result.objects} == set(groups) - lost
    listed = turboctl("groups", "list", *pubsub_options(*urls), "--json")
    assert listed.code == 3, listed
    assert {line["group"] for line in listed.objects} == set(groups) - lost


async def shard_of(site, group):
    layer = site.layer._get_layer()
    return layer._shards.index(layer._get_shard(f"asgi__group__{group}"))


# Conditions


def test_required_receivers_are_counted_before_anything_is_sent(turboctl, server, start_listener):
    listener = start_listener(server)
    command = ["send", GROUP, "other", *SEND_HELLO[2:], *PUBSUB]
    result = turboctl(*command, "--require", 1).failed(4)
    assert "other: 0 receivers, 1 required; nothing sent" in result.stderr
    assert listener.message() is None
    turboctl(*SEND_HELLO, *PUBSUB, "--require", 1).succeeded()
    assert listener.message(5)


def test_wait_waits_for_a_receiver(turboctl, server, start_listener):
    run = turboctl.start(*SEND_HELLO, *PUBSUB, "--wait", 10)
    wait_until(lambda: server.calls("pubsub|numsub"))
    assert not run.ended
    listener = start_listener(server)
    assert ": 1 receiver, " in run.finish().succeeded().stdout
    assert listener.message(5)


def test_a_message_that_would_cut_off_its_receivers_is_2(
    turboctl_for, start_server, start_listener
):
    server = start_server("--client-output-buffer-limit", "pubsub", "2mb", "0", "0")
    turboctl = turboctl_for(server)
    listener = start_listener(server)
    result = turboctl(
        "send", GROUP, "--file", "-", "-a", "update", "-t", "x", *PUBSUB,
        "--max-bytes", 100_000_000, input="x" * 9_000_000,
    ).failed(2)
    assert "too large" in result.stderr
    assert listener.message() is None
    assert listeners(server) == 1
