"""Every version and layer of channels_redis, in both directions."""

import os
from zlib import crc32

import pytest

from matrix import LAYERS, PLAIN, VERSIONS
from peers import wait_until
from tool import element, html_message

# By default the oldest and the newest, on one host and two.
IS_WHOLE = os.environ.get("TURBOCTL_MATRIX") == "whole"
HOSTS = [1, 2, 3] if IS_WHOLE else [1, 2]
HTMLS = [element(text) for text in ("Hello World", "👋🏽 naïve \u2028 𝒳", "0123456789" * 7_000)]


def layers(among):
    wanted = VERSIONS if IS_WHOLE else [VERSIONS[0], VERSIONS[-1]]
    return pytest.mark.parametrize(
        "layer", [layer for layer in among if layer.version in wanted], ids=str
    )


def groups_of(layer, hosts):
    """Groups of chats such that each host has one (`channels_redis/utils.py _consistent_hash`)."""
    key = "{}" if layer.backend == "core" else "asgi__group__{}"
    found = {}
    for number in range(1000):
        group = f"turbo_stream.chat_{number}"
        found.setdefault((crc32(key.format(group).encode()) & 0xFFF) * hosts // 4096, group)
    assert len(found) == hosts
    return list(found.values())


def exchange(pair, groups):
    """What turboctl sends reaches every consumer of the site, and what the site sends a tail."""
    messages = [html_message(html) for html in HTMLS]
    channels = [pair.ask("join", groups=groups) for _ in range(2)]
    for group in groups:
        check_send(pair, group, channels, messages)
        check_tail(pair, group, channels, messages)
    check_lists(pair, groups)


def check_send(pair, group, channels, messages):
    for html in HTMLS:
        pair.run("send", group, "--html", html)
    for channel in channels:
        assert pair.ask("receive", channel=channel, count=len(messages)) == messages


def check_tail(pair, group, channels, messages):
    tail = pair.tail(group, len(messages))
    pair.ask("send", group=group, messages=messages)
    lines = tail.finish().succeeded().objects
    assert [line["message"] for line in lines] == messages
    assert [line["group"] for line in lines] == [group] * len(messages)
    for channel in channels:
        assert pair.ask("receive", channel=channel, count=len(messages)) == messages


def check_lists(pair, groups):
    # Both consumers are of one process, which is one connection.
    name, count = ("channels", 2) if pair.layer.backend == "core" else ("connections", 1)
    for lines in (pair.run("groups", "list", "--json"), pair.run("chats", "list", "--json")):
        assert {line["group"]: line[name] for line in lines.objects} == dict.fromkeys(groups, count)


@layers(LAYERS)
@pytest.mark.parametrize("hosts", HOSTS, ids=lambda hosts: f"{hosts}-hosts")
def test_hosts(pair_on, servers, layer, hosts):
    servers = servers[:hosts]
    with pair_on(layer, servers, [server.url for server in servers]) as pair:
        exchange(pair, groups_of(layer, hosts))


@layers(PLAIN)
def test_sentinel(pair_on, failover, layer):
    group = groups_of(layer, 1)[0]
    messages = [html_message(html) for html in HTMLS]
    with pair_on(layer, [failover.master, failover.replica], [failover.host]) as pair:
        channel = pair.ask("join", groups=[group])
        check_send(pair, group, [channel], messages)
        failover.hand_over()
        if layer.backend == "pubsub":
            wait_until(lambda: pair.listeners(group), 10)
        check_send(pair, group, [channel], messages)
        check_tail(pair, group, [channel], messages)


@layers(PLAIN)
def test_tls(pair_on, shared_tls_server, layer):
    shared_tls_server.client.flushall()
    with pair_on(layer, [shared_tls_server], [shared_tls_server.url]) as pair:
        exchange(pair, groups_of(layer, 1))
