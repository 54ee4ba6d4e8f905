"""Consumers of one group in one process: prints their channels, then all they receive, as JSON."""

import asyncio
import json
import sys

from channels_redis.core import RedisChannelLayer


def report(value):
    print(json.dumps(value), flush=True)


async def consume(layer, channel):
    while True:
        report([channel, await layer.receive(channel)])


async def main(url, group, count):
    layer = RedisChannelLayer(hosts=[url])
    channels = [await layer.new_channel() for _ in range(int(count))]
    for channel in channels:
        await layer.group_add(group, channel)
    report(channels)
    await asyncio.gather(*(consume(layer, channel) for channel in channels))


asyncio.run(main(*sys.argv[1:]))
