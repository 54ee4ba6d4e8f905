"""Who listens to a pub/sub layer, as Redis tells."""

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
        self.pubsub = server.client.pubsub()
        self.pubsub.subscribe(channel)
        # Its own answer: others may listen there already.
        assert self.pubsub.get_message(timeout=30)["type"] == "subscribe"

    def message(self, timeout=0.3):
        """The next message, if one comes."""
        return self.pubsub.get_message(timeout=timeout)

    def stop(self):
        self.pubsub.close()
