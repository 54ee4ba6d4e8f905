"""Two consumers in one process, of whichever channels_redis there is: URL GROUP COUNT CONFIG.

A line of JSON when they have joined, and one for each message, which both have got."""

import asyncio
import json
import sys

from channels_redis.core import RedisChannelLayer


async def main(url, group, count, config):
    layer = RedisChannelLayer(hosts=[url], **json.loads(config))
    channels = [await layer.new_channel() for _ in range(2)]
    for channel in channels:
        await layer.group_add(group, channel)
    print(json.dumps(layer.client_prefix), flush=True)
    for _ in range(int(count)):
        first, second = [await layer.receive(channel) for channel in channels]
        assert first == second, (first, second)
        print(json.dumps(first), flush=True)
    await layer.close_pools()


asyncio.run(main(*sys.argv[1:]))
