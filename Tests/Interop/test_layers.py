"""Layers of every kind that channels_redis has: several hosts, JSON, keys, prefixes, capacities of their own."""

import asyncio
import inspect
import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from channels_redis.core import RedisChannelLayer

from tool import GROUP, HELLO, SEND_HELLO, UPDATE, element, html_message

TWIN = "turbo_stream.twin"
KNOWN = inspect.signature(RedisChannelLayer).parameters
OLD = {"symmetric_encryption_keys": ["old"]}

CONFIGS = {
    "msgpack": {},
    "json": {"serializer_format": "json"},
    "encrypted": {"symmetric_encryption_keys": ["first", "second"]},
    "encrypted-json": {"serializer_format": "json", "symmetric_encryption_keys": ["first"]},
    "prefix-0": {"random_prefix_length": 0},
    "prefix-4": {"random_prefix_length": 4},
    "prefix-20": {"random_prefix_length": 20},
    "capacities": {"channel_capacity": {"http.*": 1, "specific.*![0-7]*": 3, "specific.*": 5}},
}


def need(config):
    for key in config:
        if key not in KNOWN:
            pytest.skip(f"this channels_redis has no {key}")


def move(process, host):
    """Gives the process a name whose queue is on that host: its own is random."""
    layer = process.layer
    while layer.consistent_hash(process.queue.removeprefix(layer.prefix)) != host:
        layer.client_prefix = uuid4().hex


@pytest.fixture
def start_layer(start_server, start_process, turboctl_for, tmp_path):
    """A function that starts the hosts of a layer, with processes of a site and turboctl on it."""

    def start(count, config):
        need(config)
        servers = [start_server() for _ in range(count)]
        urls = [server.url for server in servers]
        tool = turboctl_for(servers[0])
        made = 0

        def turboctl(*arguments, tail=False, config=config, **options):
            nonlocal made
            made += 1
            path = tmp_path / f"layers-{made}.json"
            layer = {
                "BACKEND": "channels_redis.core.RedisChannelLayer",
                "CONFIG": {"hosts": urls, **config},
            }
            path.touch(0o600)
            path.write_text(json.dumps({"default": layer}))
            run = tool.start if tail else tool
            environment = {"TURBOCTL_REDIS_URL": ""}
            return run(*arguments, "--config", path, env=environment, **options)

        processes = [start_process(urls, **config) for _ in range(4)]
        for number, process in enumerate(processes):
            move(process, number % count)

        def queued(queue):
            found = [server.client.zrange(queue, 0, -1) for server in servers]
            return [member for members in found for member in members]

        return SimpleNamespace(
            servers=servers,
            turboctl=turboctl,
            queued=queued,
            processes=processes,
        )

    return start


every_layer = pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
every_count = pytest.mark.parametrize("count", [1, 2, 3])


@every_layer
@every_count
def test_consumers_receive_what_is_sent(start_layer, count, config):
    site = start_layer(count, config)
    channels = [(process, process.join(GROUP)) for process in site.processes * 2]
    [line] = site.turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert (line["channels"], line["processes"], line["over_capacity"]) == (8, 4, 0)
    for process, channel in channels:
        assert process.receive(channel) == html_message(HELLO)


@every_layer
@every_count
def test_a_tail_receives_what_the_site_sends(start_layer, count, config):
    site = start_layer(count, config)
    run = site.turboctl("tail", GROUP, TWIN, "--count", 2, "--timeout", 20, "--json", tail=True)
    for group in (GROUP, TWIN):
        site.processes[0].loop.run(until_member(site, group))
        site.processes[0].send_html(group, element("é 👋"))
    lines = run.finish(30).succeeded().objects
    assert {line["group"]: line["message"] for line in lines} == {
        GROUP: html_message(element("é 👋")),
        TWIN: html_message(element("é 👋")),
    }
    assert not any(server.client.keys() for server in site.servers)


@every_layer
@every_count
@pytest.mark.parametrize(
    "groups", [[GROUP, TWIN, GROUP], [TWIN, GROUP, GROUP]], ids=["in turn", "in a row"]
)
def test_a_consumer_of_several_groups_gets_the_lines_in_their_order(
    start_layer, count, config, groups
):
    site = start_layer(count, config)
    consumers = [(process, process.join(GROUP, TWIN)) for process in site.processes]
    # By their bytes they were the other way round.
    htmls = [element(str(9 - number)) for number in range(len(groups))]
    lines = [json.dumps({"group": group, "html": html}) for group, html in zip(groups, htmls)]
    site.turboctl("send", "--batch", "-", input="\n".join(lines)).succeeded()
    for process, channel in consumers:
        received = [process.receive(channel) for _ in htmls]
        assert received == [html_message(html) for html in htmls]


async def until_member(site, group):
    for _ in range(1000):
        if any(server.members(group) for server in site.servers):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the tail did not join")


@every_layer
@every_count
def test_what_is_stored_is_what_python_stores(start_layer, count, config):
    site = start_layer(count, config)
    for process in site.processes * 3:
        process.join(GROUP, TWIN)
    html = element('é 👋 "\\\n\x7f/')
    site.turboctl("send", GROUP, input=html).succeeded()
    site.processes[0].send_html(TWIN, html)
    length = config.get("random_prefix_length", 12)
    for process in site.processes:
        stored = site.queued(process.queue)
        # Without a prefix equal messages are one.
        assert len(stored) == (1 if length == 0 else 2)
        bodies = [member[length:] for member in stored]
        if "symmetric_encryption_keys" in config:
            bodies = [decrypted(process, body) for body in bodies]
        assert len(set(bodies)) == 1


def decrypted(process, token):
    layer = process.layer
    return (layer.crypter if hasattr(layer, "crypter") else layer._serializer.crypter).decrypt(token)


def test_keys_that_were_rotated_are_still_read(start_layer):
    rotated = {"symmetric_encryption_keys": ["new", *OLD["symmetric_encryption_keys"]]}
    site = start_layer(2, rotated)
    channels = [(process, process.join(GROUP)) for process in site.processes]
    site.turboctl(*SEND_HELLO, config=OLD).succeeded()
    for process, channel in channels:
        assert process.receive(channel) == html_message(HELLO)


def test_a_tail_passes_over_what_it_cannot_decrypt(start_layer, start_process):
    site = start_layer(1, {"symmetric_encryption_keys": ["ours"]})
    stranger = start_process([site.servers[0].url], symmetric_encryption_keys=["theirs"])
    run = site.turboctl("tail", GROUP, "--count", 1, "--timeout", 20, tail=True)
    stranger.loop.run(until_member(site, GROUP))
    stranger.send_html(GROUP, *(element(str(number)) for number in range(5)))
    site.processes[0].send_html(GROUP, HELLO)
    result = run.finish(30)
    assert (result.code, result.stdout) == (0, HELLO + "\n")
    assert result.stderr.count("symmetric_encryption_keys") == 1
    assert "theirs" not in result.stderr and "ours" not in result.stderr.replace("our ", "")


@pytest.mark.parametrize("tool", [True, False], ids=["turboctl", "python"])
def test_capacities_of_their_own_are_kept_to(start_layer, tool):
    config = CONFIGS["capacities"] | {"capacity": 50}
    site = start_layer(2, config)
    # Either on either host.
    limits = [3, 3, 5, 5]
    for process, limit in zip(site.processes, limits):
        digits = "01234567" if limit == 3 else "89abcdef"
        process.loop.run(join_by_name(process.layer, digits))
    for number in range(7):
        if tool:
            site.turboctl("send", GROUP, *UPDATE, "--html", number).succeeded()
        else:
            site.processes[0].send_html(GROUP, element(str(number)))
    assert [len(site.queued(process.queue)) for process in site.processes] == limits


async def join_by_name(layer, digits):
    """A consumer whose channel begins, behind the process, with one of the digits."""
    while (channel := await layer.new_channel()).partition("!")[2][0] not in digits:
        pass
    await layer.group_add(GROUP, channel)


def test_everything_of_every_host_is_listed_and_removed(start_layer):
    site = start_layer(3, {})
    groups = [f"turbo_stream.chat_{number}" for number in range(9)]
    for process in site.processes:
        process.join(*groups)
    site.turboctl("send", *groups, *UPDATE, "--html", "x").succeeded()
    lines = site.turboctl("chats", "list", "--json").succeeded().objects
    assert [(line["group"], line["channels"]) for line in lines] == [(name, 4) for name in groups]
    queues = site.turboctl("queue", "list", "--json").succeeded().objects
    assert {line["process"]: line["queued"] for line in queues} == {
        process.queue.removeprefix("asgi"): 9 for process in site.processes
    }
    site.turboctl("flush", "--all", "--yes").succeeded()
    assert not any(server.client.keys() for server in site.servers)


@pytest.mark.parametrize("command", [["chats", "list"], ["groups", "list"], ["queue", "list"]])
def test_without_a_host_the_rest_is_shown(start_layer, command):
    site = start_layer(2, {})
    groups = [f"turbo_stream.chat_{number}" for number in range(9)]
    for process in site.processes:
        process.join(*groups)
    site.turboctl("send", *groups, *UPDATE, "--html", "x").succeeded()
    name, prefix = ("process", "asgi") if command[0] == "queue" else ("group", "asgi:group:")
    whole = site.turboctl(*command, "--json").succeeded().objects
    there = {key.decode().removeprefix(prefix) for key in site.servers[0].client.keys()}
    site.servers[1].stop()
    result = site.turboctl(*command, "--json")
    assert result.code == 3
    assert f"127.0.0.1:{site.servers[1].port}" in result.stderr
    shown = {line[name] for line in result.objects}
    assert shown == {line[name] for line in whole} & there
    assert 0 < len(shown) < len(whole)


def test_a_send_without_a_host_says_what_did_not_arrive(start_layer):
    site = start_layer(2, {})
    groups = [f"turbo_stream.chat_{number}" for number in range(9)]
    for process in site.processes:
        process.join(*groups)
    dead = site.servers[1]
    here = [name for name in groups if site.servers[0].client.exists(f"asgi:group:{name}")]
    gone = [name for name in groups if name not in here]
    dead.stop()
    result = site.turboctl("send", *groups, *UPDATE, "--html", "x").failed(5)
    assert f"127.0.0.1:{dead.port}" in result.stderr
    assert all(name in result.stderr for name in gone)
    only = site.turboctl("send", gone[0], *UPDATE, "--html", "x").failed(3)
    assert f"127.0.0.1:{dead.port}" in only.stderr
    assert "nothing sent" in only.stderr


def test_a_dead_host_takes_its_own_queues_alone(start_layer):
    site = start_layer(2, {})
    for process in site.processes:
        process.join(*(f"turbo_stream.chat_{number}" for number in range(9)))
    here = [key.decode() for key in site.servers[0].client.keys("asgi:group:*")]
    gone = [key.decode() for key in site.servers[1].client.keys("asgi:group:*")]
    group, lost = (keys[0].removeprefix("asgi:group:") for keys in (here, gone))
    live = {process.queue for process in site.processes}
    site.turboctl("send", group, *UPDATE, "--html", "x").succeeded()
    live = [queue for queue in live if site.servers[0].client.exists(queue)]
    assert 0 < len(live) < len(site.processes)
    site.servers[1].stop()
    plans = site.turboctl("send", group, lost, *UPDATE, "--html", "x", "-n", "--json").succeeded().objects
    assert [plan["processes"] for plan in plans] == [len(site.processes), None]
    commands = [
        ["send", group, "--when-full", "wait"], ["send", group, "--when-full", "fail"],
        ["send", group, "--wait", 5], ["send", group, "--require", 2],
        ["send", group, "--each-line"], ["pipe", group],
    ]
    for count, command in enumerate(commands, 2):
        content = ["-a", "append", "-t", "t"] if command[0] == "send" else ["-t", "t"]
        result = site.turboctl(*command, *content, input="x\n").failed(5)
        assert f"delivered to {len(live)} process" in result.stderr, command
        assert [site.servers[0].client.zcard(queue) for queue in live] == len(live) * [count]


def test_ping_tells_of_every_host_then_of_the_layer(start_layer):
    site = start_layer(3, {})
    *hosts, layer = site.turboctl("ping", "--json", "-c", 2).succeeded().objects
    assert [host["host"] for host in hosts] == [f"127.0.0.1:{s.port}" for s in site.servers]
    assert all(host["role"] == "master" and host["count"] == 2 for host in hosts)
    assert layer["hosts"] == 3 and layer["layer_ms"] > 0
    site.servers[2].stop()
    result = site.turboctl("ping", "-c", 2)
    assert result.code == 3
    assert len(result.stdout.splitlines()) == 2
    assert f"127.0.0.1:{site.servers[2].port}" in result.stderr
    assert site.turboctl("ping", "--check").code == 2


def test_doctor_names_the_host(start_layer):
    site = start_layer(2, {})
    site.servers[1].client.config_set("maxmemory-policy", "allkeys-lru")
    [finding] = site.turboctl("doctor", "--json").succeeded().objects
    assert finding["host"] == f"127.0.0.1:{site.servers[1].port}"
    assert finding["check"] == "eviction"
    site.servers[1].stop()
    result = site.turboctl("doctor")
    assert result.code == 3
    assert f"127.0.0.1:{site.servers[1].port}" in result.stderr
