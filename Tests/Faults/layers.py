"""The layers that meet each fault, and who listens: what they hold is what was delivered."""

import json
from contextlib import suppress

import msgpack
import pytest
import redis

from ledger import KEY, PASSWORD
from peers import PubSubProcess, Server, SiteProcess, wait_until
from pubsub import CHANNEL, PUBSUB, listeners
from tool import GROUP


class GuardedServer(Server):
    """A Redis with the suite's password."""

    def __init__(self, *arguments):
        super().__init__("--requirepass", PASSWORD, *arguments)
        self.url = self.url_at(self.port)

    def url_at(self, port, user="", database=0):
        return f"redis://{user}:{PASSWORD}@127.0.0.1:{port}/{database}"

    def connect(self, **options):
        return super().connect(**{"password": PASSWORD, **options})

    def served(self, connected):
        """Waits until there are no more clients than there were: what a run that is gone asked for is done."""
        wait_until(lambda: self.connected() <= connected)


class Queues:
    """Consumers in processes of their own, which take nothing off their queues."""

    def __init__(self, server, groups=(GROUP,), processes=1, **config):
        self.server = server
        self.processes = [SiteProcess(server.url, **config) for _ in range(processes)]
        self.channels = [process.join(*groups) for process in self.processes]

    def held(self, process=0):
        """The messages in a process's queue, in the order in which it will take them."""
        process = self.processes[process]
        held = []
        for member in self.server.client.zrange(process.queue, 0, -1):
            message = process.layer.deserialize(member)
            del message["__asgi_channel__"]
            held.append(message)
        return held

    def length(self):
        """How many messages the first queue holds."""
        return self.server.client.zcard(self.processes[0].queue)

    def follow(self):
        """To a server that has started anew: the queues are there."""

    def clear(self):
        """Takes all that is held."""
        self.server.client.delete(*(process.queue for process in self.processes))

    def stop(self):
        for process in self.processes:
            process.stop()


class Subscriber:
    """A plain subscriber: what reached it, it holds."""

    def __init__(self, server, groups=(GROUP,), processes=1):
        self.server, self.groups = server, groups
        self.clients = [server.connect() for _ in range(processes)]
        self.pubsubs = [client.pubsub() for client in self.clients]
        self.messages = [[] for _ in range(processes)]
        for pubsub in self.pubsubs:
            pubsub.subscribe(*(CHANNEL.replace(GROUP, group) for group in groups))
        self.follow()

    def follow(self):
        """To a server that has started anew: redis-py subscribes again as it connects."""
        for process, _ in enumerate(self.pubsubs):
            with suppress(redis.ConnectionError):
                self.held(process)

    def held(self, process=0):
        """What reached a subscriber, in order."""
        # Whatever was published before this is there when its answer is.
        self.pubsubs[process].ping()
        while (message := self.pubsubs[process].parse_response())[0] != b"pong":
            if message[0] == b"message":
                self.messages[process].append(msgpack.unpackb(message[2]))
        return self.messages[process]

    def length(self):
        return len(self.held())

    def clear(self):
        for process, messages in enumerate(self.messages):
            self.held(process)
            messages.clear()

    def stop(self):
        for pubsub, client in zip(self.pubsubs, self.clients):
            pubsub.close()
            client.close()


def tails(server):
    """What there is of our tails: members, queues, and those who listen."""
    return memberships(server) + sum(b"turboctl." in key for key in server.client.keys())


def memberships(server):
    """Our tails' members, and those who listen."""
    groups = server.client.keys("asgi:group:*")
    members = [name for key in groups for name in server.client.zrange(key, 0, -1)]
    return sum(b"turboctl." in name for name in members) + listeners(server)


class Layer:
    """How the tool and the site see one kind of layer."""

    def __init__(self, name, kind, site, options=(), **config):
        self.name, self.kind, self.site = name, kind, site
        self.options, self.config = list(options), config

    def start_site(self, server):
        """A process of the site."""
        return self.site(server.url, **self.config)

    def audience(self, server, **options):
        return self.kind(server, **options, **self.config)

    def configure(self, path):
        """The tool's options; what is secret goes through a file."""
        if not self.config:
            return self.options
        path.touch(0o600)
        backend = "channels_redis.core.RedisChannelLayer"
        path.write_text(json.dumps({"default": {"BACKEND": backend, "CONFIG": self.config}}))
        return [*self.options, "--config", path]


# With keys, each queue has a body of its own: the tool takes its other road.
LAYERS = [
    Layer("core", Queues, SiteProcess),
    Layer("encrypted", Queues, SiteProcess, symmetric_encryption_keys=[KEY]),
    Layer("pubsub", Subscriber, PubSubProcess, PUBSUB),
]
queues = pytest.mark.parametrize("layer", LAYERS[:2], ids=lambda layer: layer.name)
