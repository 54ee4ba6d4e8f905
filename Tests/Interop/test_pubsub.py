"""The pub/sub layer: what turboctl publishes a real layer receives, and the other way round."""

import json
import signal

import channels_redis
import msgpack
import pytest

from peers import wait_until
from pubsub import CHANNEL, PUBSUB, listeners, tail
from tool import GRACE, GROUP, SEND_HELLO, element, html_message

VERSION = tuple(int(part) for part in channels_redis.__version__.split("."))
KEYS = ["a secret", "an older one"]
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
def test_both_directions(
    start_server, turboctl_for, start_pubsub_process, pubsub_options, hosts, config
):
    config, layer_version, least = config
    if (least is None) != (VERSION < (4, 2, 1)) and (least is None or VERSION < least):
        pytest.skip(f"channels_redis {channels_redis.__version__} has another layer")
    servers = [start_server() for _ in range(hosts)]
    urls = [server.url for server in servers]
    site = start_pubsub_process(urls, **config)
    turboctl = turboctl_for(servers[0])
    options = pubsub_options(*urls, layer_version=layer_version, **config)
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


def test_the_keys_of_a_layer_warn_unless_the_version_is_known(turboctl, server, pubsub_options):
    command = SEND_HELLO + pubsub_options(server.url, symmetric_encryption_keys=KEYS)
    warned = turboctl(*command)
    assert warned.code == 0
    [line] = warned.stderr.splitlines()
    assert "4.2.1" in line and "layer_version" in line
    assert "secret" not in line
    known = pubsub_options(server.url, symmetric_encryption_keys=KEYS, layer_version="4.3.0")
    turboctl(*SEND_HELLO, *known).succeeded()


def test_twenty_thousand_messages_arrive_in_order(turboctl, server):
    count = 20_000
    run = tail(turboctl, server, GROUP, *PUBSUB, "--count", count)
    pipeline = server.client.pipeline(transaction=False)
    for number in range(count):
        pipeline.publish(CHANNEL, msgpack.packb(html_message(str(number))))
    pipeline.execute()
    assert run.finish(30).succeeded().stdout == "".join(f"{number}\n" for number in range(count))


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


# Following


def test_a_tail_is_passive_and_tells_the_groups_apart(turboctl, server, start_pubsub_process):
    site = start_pubsub_process(server.url)
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
    run = tail(turboctl, server, GROUP, *PUBSUB)
    publisher = server.connect()
    for number in range(20_000):
        publisher.publish(CHANNEL, msgpack.packb(html_message(str(number))))
        if number % 2000 == 1000:
            server.client.client_kill_filter(_type="pubsub")
        if number % 2000 == 1100:
            wait_until(lambda: listeners(server))
    wait_until(lambda: run.output.endswith(b"19999\n"), 60)
    result = run.signal(signal.SIGTERM).finish(GRACE)
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


def test_what_a_page_got_is_not_published_again(turboctl, server):
    listener = tail(turboctl, server, GROUP, *PUBSUB, "--count", 3, "--format", "html")
    once = [*SEND_HELLO, *PUBSUB, "--once", "digest"]
    turboctl(*once).succeeded()
    assert turboctl(*once).succeeded().stdout == f"{GROUP}: already sent\n"
    update = {"group": GROUP, "action": "update", "target": "t"}
    lines = [update | {"text": "1", "once": "one"}, update | {"text": "2"}]
    batch = "".join(json.dumps(line) + "\n" for line in [*lines, lines[0]])
    assert "1 already sent" in turboctl("send", *PUBSUB, "--batch", "-", input=batch).stdout
    texts = [line.partition("<template>")[2].partition("<")[0]
             for line in listener.finish().succeeded().stdout.splitlines()]
    assert texts == ["Hello World", "1", "2"]
