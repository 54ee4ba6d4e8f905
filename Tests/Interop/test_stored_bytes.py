"""What turboctl leaves in Redis is what channels_redis would have left there."""

import time

import msgpack
import pytest

from peers import EXPIRY, GROUP_EXPIRY
from tool import GROUP, HELLO, SEND_HELLO, element, html_message

TWIN = "turbo_stream.twin"
PREFIX = 12


def queued(server, queue):
    return server.client.zrange(queue, 0, -1)


@pytest.mark.parametrize("size", [1, 31, 32, 255, 256, 65_535, 65_536, 1_048_576])
def test_the_body_is_minimal_messagepack(turboctl, server, process, size):
    channel = process.join(GROUP)
    turboctl("send", GROUP, "--raw", input="x" * size).succeeded()
    [member] = queued(server, process.queue)
    message = msgpack.unpackb(member[PREFIX:])
    expected = {**html_message("x" * size), "__asgi_channel__": [channel]}
    assert repr(message) == repr(expected)
    assert msgpack.packb(message) == member[PREFIX:]


@pytest.mark.parametrize("consumers", [1, 2, 15, 16, 300])
@pytest.mark.parametrize("html", [HELLO, element("é 👋" * 100)], ids=["short", "long"])
def test_the_body_equals_pythons_byte_for_byte(turboctl, server, process, consumers, html):
    for _ in range(consumers):
        process.join(GROUP, TWIN)
    turboctl("send", GROUP, input=html).succeeded()
    process.send_html(TWIN, html)
    ours, pythons = queued(server, process.queue)
    assert len(msgpack.unpackb(ours[PREFIX:])["__asgi_channel__"]) == consumers
    assert ours[PREFIX:] == pythons[PREFIX:]
    assert ours[:PREFIX] != pythons[:PREFIX]


def test_each_process_gets_its_own_channels(turboctl, server, start_process):
    processes = [start_process(server.url) for _ in range(3)]
    for process in processes * 2:
        process.join(GROUP, TWIN)
    turboctl(*SEND_HELLO).succeeded()
    processes[0].send_html(TWIN, HELLO)
    for process in processes:
        ours, pythons = queued(server, process.queue)
        assert ours[PREFIX:] == pythons[PREFIX:]


def queue_of(channel):
    return "asgi" + channel[: channel.index("!") + 1]


@pytest.mark.parametrize(("processes", "consumers"), [(1, 70_000), (3000, 1), (1500, 20)])
def test_a_large_group_is_served_whole(turboctl, server, process, processes, consumers):
    now = time.time()
    channels = [f"specific.{p:032x}!{c:032x}" for p in range(processes) for c in range(consumers)]
    for group in (GROUP, TWIN):
        server.client.zadd(f"asgi:group:{group}", dict.fromkeys(channels, now))
    turboctl(*SEND_HELLO).succeeded()
    process.send_html(TWIN, HELLO)
    for queue in set(map(queue_of, channels)):
        ours, pythons = queued(server, queue)
        assert ours[PREFIX:] == pythons[PREFIX:]


def test_the_same_keys_are_made_and_live_as_long(turboctl, server, process):
    process.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    ours = {key: server.client.ttl(key) for key in server.client.keys()}
    server.client.flushall()
    process.join(GROUP)
    process.send_html(GROUP, HELLO)
    pythons = {key: server.client.ttl(key) for key in server.client.keys()}
    expected = {f"asgi:group:{GROUP}".encode(): GROUP_EXPIRY, process.queue.encode(): EXPIRY}
    assert ours == pytest.approx(expected, abs=5)
    assert ours == pytest.approx(pythons, abs=5)


def test_a_message_lives_as_long_as_the_layer_says(turboctl, server, process):
    process.join(GROUP)
    turboctl(*SEND_HELLO, "--expiry", 20).succeeded()
    assert server.client.ttl(process.queue) == pytest.approx(20, abs=5)


def test_a_send_does_not_change_the_life_of_the_group(turboctl, server, process):
    process.join(GROUP)
    key = f"asgi:group:{GROUP}"
    server.client.expire(key, 1000)
    turboctl(*SEND_HELLO).succeeded()
    assert server.client.ttl(key) == pytest.approx(1000, abs=5)
    assert server.client.zcard(key) == 1


def test_the_score_is_the_time_of_the_send(turboctl, server, process):
    process.join(GROUP)
    before = time.time()
    turboctl(*SEND_HELLO).succeeded()
    [(_, score)] = server.client.zrange(process.queue, 0, -1, withscores=True)
    assert before <= score <= time.time()


def test_equal_messages_are_stored_apart(turboctl, server, process):
    process.join(GROUP)
    for _ in range(3):
        turboctl(*SEND_HELLO).succeeded()
    assert len(queued(server, process.queue)) == 3


def test_a_prefix_takes_the_place_of_asgi(turboctl, server, start_process):
    process = start_process(server.url, prefix="we[i]rd*?")
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--prefix", "we[i]rd*?").succeeded()
    assert sorted(server.client.keys()) == sorted(
        [f"we[i]rd*?:group:{GROUP}".encode(), process.queue.encode()]
    )
    assert process.receive(channel) == html_message(HELLO)
