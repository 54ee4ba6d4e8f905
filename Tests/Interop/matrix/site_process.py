"""A process of a site, under whatever channels_redis is installed: does what stdin says, a JSON object
a line, and answers each with one."""

import asyncio
import json
import sys
from importlib import import_module


class Site:
    """One channel layer at a time, and consumers by their channels."""

    async def open(self, backend, config):
        module, _, name = backend.rpartition(".")
        self.layer = getattr(import_module(module), name)(**config)

    async def join(self, groups):
        """A new consumer: its channel, as a member of the groups."""
        channel = await self.layer.new_channel()
        for group in groups:
            await self.layer.group_add(group, channel)
        return channel

    async def receive(self, channel, count):
        """So many messages; a connection that a failover ended is made anew, as its users do."""
        messages = []
        while len(messages) < count:
            try:
                messages.append(await self.layer.receive(channel))
            except Exception as error:
                if not (isinstance(error, OSError) or type(error).__module__.startswith("redis.")):
                    raise
                # Nothing but another attempt tells whether the next master is there.
                await asyncio.sleep(0.05)
        return messages

    async def send(self, group, messages):
        for message in messages:
            await self.layer.group_send(group, message)

    async def close(self):
        # What pub/sub calls flush touches no key.
        await getattr(self.layer, "close_pools", self.layer.flush)()


async def main():
    site = Site()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        name, arguments = json.loads(line)
        try:
            result = await asyncio.wait_for(getattr(site, name)(**arguments), 10)
            answer = {"result": result}
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)


asyncio.run(main())
