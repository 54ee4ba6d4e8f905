"""Who listens to a pub/sub layer, as Redis tells."""

import time

from peers import wait_until
from tool import GROUP

CHANNEL = f"asgi__group__{GROUP}"
PUBSUB = ["--backend", "pubsub"]


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
