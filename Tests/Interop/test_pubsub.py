"""The pub/sub layer: what turboctl publishes a real layer receives, and the other way round."""

import asyncio
import json
import threading
import time
from importlib.util import find_spec

import channels_redis
import msgpack
import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from fixtures import starter
from peers import unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO, element, html_message

CHANNEL = f"asgi__group__{GROUP}"
PUBSUB = ["--backend", "pubsub"]
CLASS = "channels_redis.pubsub.RedisPubSubChannelLayer"
VERSION = tuple(int(part) for part in channels_redis.__version__.split("."))
KEYS = ["a secret", "an older one"]


class PubSubProcess:
    """A process of the site: one RedisPubSubChannelLayer."""

    def __init__(self, *urls, **config):
        self.layer = RedisPubSubChannelLayer(hosts=list(urls), **config)
        self.loop = asyncio.Runner()

    def join(self, *groups):
        """A new consumer: its channel, as a member of the groups."""

        async def join():
            channel = await self.layer.new_channel()
            for group in groups:
                await self.layer.group_add(group, channel)
            return channel

        return self.loop.run(join())

    def receive(self, channel, timeout=5.0):
        return self.loop.run(asyncio.wait_for(self.layer.receive(channel), timeout))

    def send(self, group, message):
        self.loop.run(self.layer.group_send(group, message))

    def stop(self):
        self.loop.run(self.layer.flush())
        self.loop.close()


start_site = starter(PubSubProcess)


@pytest.fixture
def configured(tmp_path):
    """The options for a layer with such a CONFIG."""

    def options(*urls, layer_version=None, **config):
        path = tmp_path / "turboctl.json"
        layer = {"default": {"BACKEND": CLASS, "CONFIG": config}}
        content = {"CHANNEL_LAYERS": layer}
        if layer_version:
            content["layer_version"] = layer_version
        path.write_text(json.dumps(content))
        path.chmod(0o600)
        return ["--config", path, *(word for url in urls for word in ("--redis", url))]

    return options


def listeners(server, channel=CHANNEL):
    return dict(server.client.pubsub_numsub(channel))[channel.encode()]


def tail(turboctl, server, *arguments, channel=CHANNEL):
    """A tail that listens already."""
    before = listeners(server, channel)
    run = turboctl.start("tail", *arguments)
    wait_until(lambda: run.ended or listeners(server, channel) > before)
    assert not run.ended, run.finish()
    return run


class Listener:
    """A plain subscriber, which also a server that refuses writes lets in."""

    def __init__(self, server, channel=CHANNEL):
        self.pubsub = server.client.pubsub(ignore_subscribe_messages=True)
        self.pubsub.subscribe(channel)
        wait_until(lambda: listeners(server, channel))

    def message(self, timeout=0.3):
        """The next message; nothing else counts, as the answer to the subscription."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            if message := self.pubsub.get_message(timeout=left):
                return message
        return None

    def stop(self):
        self.pubsub.close()


start_listener = starter(Listener)


# Both directions

HOSTS = [1, 2, 3]
CONFIGS = {
    "plain": ({}, None, (4, 0)),
    "prefix": ({"prefix": "my[*]site"}, None, (4, 0)),
    "json": ({"serializer_format": "json"}, None, (4, 2, 1)),
    "encrypted": ({"symmetric_encryption_keys": KEYS}, None, (4, 2, 1)),
    "encrypted, json": (
        {"symmetric_encryption_keys": KEYS, "serializer_format": "json"}, None, (4, 2, 1),
    ),
    "keys that are not used": ({"symmetric_encryption_keys": KEYS}, "4.1.0", None),
}


@pytest.mark.parametrize("hosts", HOSTS)
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_both_directions(start_server, turboctl_for, start_site, configured, hosts, config):
    config, layer_version, least = config
    if (least is None) != (VERSION < (4, 2, 1)) and (least is None or VERSION < least):
        pytest.skip(f"channels_redis {channels_redis.__version__} has another layer")
    if "symmetric_encryption_keys" in config and least and not find_spec("cryptography"):
        pytest.skip("no cryptography here")
    servers = [start_server() for _ in range(hosts)]
    urls = [server.url for server in servers]
    site = start_site(*urls, **config)
    turboctl = turboctl_for(servers[0])
    options = configured(*urls, layer_version=layer_version, **config)
    groups = [f"turbo_stream.chat_{number}" for number in range(8)]
    channels = {group: site.join(group) for group in groups}

    sent = turboctl("send", *groups, "--message", json.dumps(html_message("日本 &")), *options, "--json")
    assert sent.code == 0, sent
    assert [(line["group"], line["receivers"]) for line in sent.objects] == [(g, 1) for g in groups]
    for group in groups:
        assert site.receive(channels[group]) == html_message("日本 &")

    run = turboctl.start("tail", *groups, "turbo_stream.*", "--json", "--count", len(groups), *options)
    wait_until(lambda: run.ended or all_listen(servers, config, groups, 2))
    for group in groups:
        site.send(group, html_message(f"to {group} é"))
    result = run.finish()
    assert result.code == 0, result
    assert sorted((line["group"], line["html"]) for line in result.objects) == sorted(
        (group, f"to {group} é") for group in groups
    )


def all_listen(servers, config, groups, count):
    prefix = config.get("prefix", "asgi")
    names = [f"{prefix}__group__{group}" for group in groups]
    sums = dict.fromkeys(names, 0)
    for server in servers:
        for name, number in server.client.pubsub_numsub(*names):
            sums[name.decode()] += number
    return all(number == count for number in sums.values())


def test_the_keys_of_a_layer_warn_unless_the_version_is_known(turboctl, server, configured):
    command = SEND_HELLO + configured(server.url, symmetric_encryption_keys=KEYS)
    warned = turboctl(*command)
    assert warned.code == 0
    [line] = warned.stderr.splitlines()
    assert "4.2.1" in line and "layer_version" in line
    assert "secret" not in line
    known = configured(server.url, symmetric_encryption_keys=KEYS, layer_version="4.3.0")
    turboctl(*SEND_HELLO, *known).succeeded()


def test_twenty_thousand_messages_arrive_in_order(turboctl, server):
    count = 20_000
    run = tail(turboctl, server, GROUP, *PUBSUB, "--count", count)
    pipeline = server.client.pipeline(transaction=False)
    for number in range(count):
        pipeline.publish(CHANNEL, msgpack.packb(html_message(str(number))))
    pipeline.execute()
    assert run.finish().succeeded().stdout == "".join(f"{number}\n" for number in range(count))


def test_twenty_thousand_lines_are_published_in_order(turboctl, server, start_listener):
    count = 20_000
    listener = start_listener(server)
    lines = "".join(f"{number}\n" for number in range(count))
    run = turboctl.start("send", GROUP, "--each-line", "-a", "append", "-t", "x", *PUBSUB, input=lines)
    for number in range(count):
        message = listener.message(5)
        html = msgpack.unpackb(message["data"])["html"]
        assert f"<template>{number}</template>" in html
    assert f"{count} messages" in run.finish().succeeded().stdout


# States in which a PUBLISH "succeeds" and is lost

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
def test_a_server_that_loads_is_3(turboctl_for, start_server, tmp_path, road, start_listener):
    first = start_server("--dir", str(tmp_path), "--enable-debug-command", "yes")
    first.client.execute_command("DEBUG", "POPULATE", 20_000)
    first.client.save()
    first.stop()
    slow = ["--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024"]
    server = start_server("--dir", str(tmp_path), *slow, *road)
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
    start_server, turboctl_for, start_site, configured
):
    servers = [start_server() for _ in range(3)]
    urls = [server.url for server in servers]
    groups = [f"g{number}" for number in range(12)]
    site = start_site(*urls)
    for group in groups:
        site.join(group)
    lost = {
        group for group in groups if site.loop.run(shard_of(site, group)) == 1
    }
    servers[1].stop()
    turboctl = turboctl_for(servers[0])
    result = turboctl("send", *groups, *SEND_HELLO[2:], *configured(*urls), "--json")
    assert result.code == 5, result
    assert {line["group"] for line in result.objects} == set(groups) - lost
    listed = turboctl("groups", "list", *configured(*urls), "--json")
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
    time.sleep(0.2)
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


# Looking


def test_lists_show_connections_and_nothing_that_cannot_be_known(turboctl, server, start_site):
    sites = [start_site(server.url), start_site(server.url)]
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


# Following


def test_a_tail_is_passive_and_tells_the_groups_apart(turboctl, server, start_site):
    site = start_site(server.url)
    run = tail(turboctl, server, GROUP, "turbo_stream.*", *PUBSUB, "--json", "--count", 3)
    for group in [GROUP, "turbo_stream.later", "other", GROUP]:
        site.send(group, html_message(element(group)))
    result = run.finish().succeeded()
    assert [line["group"] for line in result.objects] == [GROUP, "turbo_stream.later", GROUP]
    assert result.objects[0]["channel"] == CHANNEL
    assert result.objects[0]["elements"] == [{"action": "update", "target": "chat-1-message-list"}]
    assert not server.client.keys()
    assert listeners(server) == 0


def test_a_tail_that_was_cut_off_says_so_and_goes_on(turboctl, server):
    run = tail(turboctl, server, GROUP, *PUBSUB, "--count", 3)
    for number in range(3):
        if number:
            server.client.client_kill_filter(_type="pubsub")
            wait_until(lambda: not listeners(server) or run.err.read_text().count("again after") == number)
            wait_until(lambda: listeners(server))
        server.client.publish(CHANNEL, msgpack.packb(html_message(str(number))))
        run.printed(b"".join(b"%d\n" % done for done in range(number + 1)))
    result = run.finish()
    assert result.code == 0, result
    assert result.stderr.count("messages possibly missed") == 2


def test_a_flood_under_client_kill_loses_nothing_silently(turboctl, server):
    """Whatever is missing lies between two messages, and a line says that some may be."""
    run = tail(turboctl, server, GROUP, *PUBSUB, "--idle", 2)
    stop = threading.Event()

    def kill():
        while not stop.wait(0.2):
            server.client.client_kill_filter(_type="pubsub")

    killer = threading.Thread(target=kill)
    killer.start()
    publisher = server.connect()
    for number in range(20_000):
        publisher.publish(CHANNEL, msgpack.packb(html_message(str(number))))
    stop.set()
    killer.join()
    result = run.finish(60)
    numbers = [int(line) for line in result.stdout.split()]
    assert numbers == sorted(set(numbers))
    gaps = sum(1 for left, right in zip(numbers, numbers[1:]) if right != left + 1)
    assert gaps <= result.stderr.count("messages possibly missed")
    assert len(numbers) > 10_000


def test_bytes_that_are_no_message_are_passed_over(turboctl, server):
    run = tail(turboctl, server, GROUP, *PUBSUB, "--count", 1)
    for body in [b"", b"\xc1", b"\x82\xa4type", b"[1]", b"\xa2Hi", b"\xff" * 100]:
        server.client.publish(CHANNEL, body)
    server.client.publish(CHANNEL, msgpack.packb(html_message("good")))
    result = run.finish()
    assert result.stdout == "good\n"
    assert result.stderr.count("passed over") == 1


@pytest.mark.parametrize("group", ["a:b", "é", "x" * 150, "a b\x1b[2J"])
def test_groups_with_names_that_channels_refuses_are_followed(turboctl, server, group):
    run = turboctl.start("tail", "*", *PUBSUB, "--json", "--count", 1)
    wait_until(lambda: server.client.pubsub_numpat())
    server.client.publish(f"asgi__group__{group}", msgpack.packb(html_message("x")))
    [line] = run.finish().succeeded().objects
    assert line["group"] == group
