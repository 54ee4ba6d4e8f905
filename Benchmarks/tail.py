"""A backlog drained by `turboctl tail` beside channels_redis' receive; see tail."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time

import msgpack
from bench import TOOL, Peak, Server, wait_until
from channels_redis.core import RedisChannelLayer

GROUP = "turbo_stream.chat_1"
ROUNDS = 5
PEER_MESSAGES = 5000


def html(number):
    return (
        '<turbo-stream action="append" target="chat-1-message-list">'
        f"<template>{number:09}</template></turbo-stream>"
    )


def fill(server, queue, channel, count):
    """Puts messages into a queue as a site's senders do."""
    pipe = server.client.pipeline(transaction=False)
    start = time.time()
    for number in range(count):
        message = {"type": "html_message", "html": html(number), "__asgi_channel__": [channel]}
        member = os.urandom(12) + msgpack.packb(message)
        pipe.zadd(queue, {member: start + number / 1e6})
        if number % 10000 == 9999:
            pipe.execute()
    pipe.execute()


def drain_ours(server, count, form):
    """Seconds from when a stopped tail goes on until it printed the backlog; and its peak in MB."""
    peak = Peak()
    with tempfile.TemporaryFile() as output:
        command = [TOOL, "tail", "--redis", server.url, GROUP, "--count", str(count), "--format", form]
        command += ["--capacity", str(10 * count)]
        tail = subprocess.Popen(peak.of(command), stdout=output, start_new_session=True)
        [member] = wait_until(lambda: server.members(GROUP))
        queue = "asgi" + member[: member.index("!") + 1]
        os.killpg(tail.pid, 19)
        fill(server, queue, member, count)
        began = time.perf_counter()
        os.killpg(tail.pid, 18)
        assert tail.wait(120) == 0
        took = time.perf_counter() - began
        output.seek(0)
        lines = output.read().split(b"\n")[:-1]
        assert len(lines) == count, f"{count - len(lines)} lost"
        if form == "html":
            assert lines == [html(number).encode() for number in range(count)], "out of order"
        server.client.flushall()
        return took, peak.megabytes


async def drain_theirs(server, count):
    layer = RedisChannelLayer(hosts=[server.url], capacity=10 * count)
    channel = await layer.new_channel()
    fill(server, f"asgi{channel[: channel.index('!') + 1]}", channel, count)
    began = time.perf_counter()
    for number in range(count):
        assert (await layer.receive(channel))["html"] == html(number)
    took = time.perf_counter() - began
    await layer.close_pools()
    server.client.flushall()
    return took


def main(count):
    server = Server()
    try:
        for form in ("html", "json"):
            rounds = []
            for _ in range(ROUNDS):
                took, peak = drain_ours(server, count, form)
                theirs = asyncio.run(drain_theirs(server, PEER_MESSAGES))
                rounds.append((count / took, PEER_MESSAGES / theirs, peak))
            ours, peers, peaks = zip(*rounds)
            ratio = statistics.median(mine / other for mine, other, _ in rounds)
            print(
                f"tail --format {form}: {statistics.median(ours):9,.0f} messages/s, "
                f"channels_redis receive {statistics.median(peers):7,.0f}; {ratio:.0f} x; "
                f"peak {max(peaks):.1f} MB; {count:,} messages, none lost, in order"
            )
    finally:
        server.stop()


main(int(sys.argv[1]))
