"""The real peers: Redis, a site and its processes, and a proxy that loses replies."""

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from pathlib import Path

import redis
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

EXPIRY = 60
GROUP_EXPIRY = 86400
SITE = Path(__file__).with_name("site")


def wait_until(condition, timeout=30.0):
    """The first true value of `condition()`, asked every 10 ms until the deadline."""
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not so within {timeout} s"
        time.sleep(0.01)
    return value


def is_full(pipe):
    """Whether a pipe, given by its end to write to, takes nothing more."""
    return not select.select([], [pipe], [], 0)[1]


def is_running(process):
    """Whether a process is there, and has not ended."""
    try:
        state = open(f"/proc/{process}/stat").read().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


# The last ports of `unused_port`, each held by a socket that does not listen.
held = deque(maxlen=100)


def unused_port():
    """A port that the system gives to nobody else: a server, which may reuse an address, can have it."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    held.append(holder)
    return holder.getsockname()[1]


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


class Server:
    """A private redis-server on a free port and a unix socket, in a folder of its own."""

    def __init__(self, *arguments):
        self.directory = tempfile.TemporaryDirectory(prefix="turboctl-redis-")
        self.port = unused_port()
        self.socket = Path(self.directory.name, "redis.sock")
        self.log = Path(self.directory.name, "log")
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--unixsocket", str(self.socket), "--dir", self.directory.name]
        command += ["--save", "", "--appendonly", "no", "--logfile", str(self.log), *arguments]
        self.command = command
        self.start()
        self.client = self.connect()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        try:
            wait_until(self.ready)
        except BaseException:
            self.stop()
            raise

    def kill(self):
        """Ends it with no time to say goodbye."""
        self.process.kill()
        self.process.wait()
        self.socket.unlink()

    def ready(self):
        assert self.process.poll() is None, self.log.read_text()
        return self.socket.exists() and accepts(self.port)

    def connect(self, **options):
        return redis.Redis(host="127.0.0.1", port=self.port, socket_timeout=10, **options)

    def dump(self):
        """Every key with its value and the time at which it expires."""
        client = self.client
        expires = {key: client.execute_command("PEXPIRETIME", key) for key in client.keys()}
        return {key: (client.dump(key), at) for key, at in expires.items()}

    def members(self, group, prefix="asgi"):
        """The channels that are in the group now, swept or not."""
        oldest = f"({time.time() - GROUP_EXPIRY}"
        found = self.client.zrangebyscore(f"{prefix}:group:{group}", oldest, "+inf")
        return [channel.decode() for channel in found]

    def connected(self):
        """How many other clients there are."""
        return len(self.client.client_list()) - 1

    def accepted(self):
        """How many connections there have been."""
        return self.client.info("stats")["total_connections_received"]

    def calls(self, command):
        """How often it has run a command in this test."""
        return self.client.info("commandstats").get(f"cmdstat_{command}", {"calls": 0})["calls"]

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def has_unread(self, port=None):
        """Whether a client has written what it has not read: it is paused."""
        end = f":{port or self.port:04X}"
        sockets = map(str.split, Path("/proc/net/tcp").read_text().splitlines()[1:])
        return any(
            local.endswith(end) and state == "01" and not queues.endswith(":00000000")
            for _, local, _, state, queues, *_ in sockets
        )

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        self.resume()
        self.process.terminate()
        self.process.wait(30)
        self.directory.cleanup()


class SiteProcess:
    """A process of the site, as the layer sees it: one channel layer, one queue."""

    kind = RedisChannelLayer

    def __init__(self, hosts, **config):
        self.layer = self.kind(hosts=hosts if isinstance(hosts, list) else [hosts], **config)
        self.loop = asyncio.Runner()

    @property
    def queue(self):
        return f"{self.layer.prefix}specific.{self.layer.client_prefix}!"

    def join(self, *groups):
        """A new consumer: its channel, as a member of the groups."""

        async def join():
            channel = await self.layer.new_channel()
            for group in groups:
                await self.layer.group_add(group, channel)
            return channel

        return self.loop.run(join())

    def receive(self, channel, timeout=30.0):
        async def receive():
            message = await asyncio.wait_for(self.layer.receive(channel), timeout)
            await self.settle()
            return message

        return self.loop.run(receive())

    def send(self, group, message):
        self.loop.run(self.layer.group_send(group, message))

    def send_html(self, group, *htmls):
        for html in htmls:
            self.send(group, {"type": "html_message", "html": html})

    async def settle(self):
        await self.layer.wait_received()

    async def close(self):
        await self.layer.close_pools()

    def stop(self):
        self.loop.run(self.close())
        self.loop.close()


class PubSubProcess(SiteProcess):
    """A process of a site whose layer is a pub/sub one, which has no queue."""

    kind = RedisPubSubChannelLayer

    async def settle(self):
        pass

    async def close(self):
        # It touches no key.
        await self.layer.flush()


class Daphne:
    """The article's site, or one that builds on it, on a free port."""

    def __init__(self, server, application="chatgpt_django_app.asgi:application", directory=SITE):
        path = os.pathsep.join(map(str, [directory, SITE]))
        self.environment = {**os.environ, "SITE_REDIS_URL": server.url, "PYTHONPATH": path}
        self.port = unused_port()
        command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(
            [*command, application],
            cwd=directory,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(self.ready, 30)
        except BaseException:
            self.stop()
            raise

    def ready(self):
        assert self.process.poll() is None, "daphne ended"
        return accepts(self.port)

    def shell(self, code):
        command = [sys.executable, "manage.py", "shell", "-c", code]
        subprocess.run(command, cwd=SITE, env=self.environment, check=True, timeout=30)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Worker:
    """A consumer in an operating system process of its own (`worker.py`)."""

    def __init__(self, url, group, consumers=1):
        command = [sys.executable, str(Path(__file__).with_name("worker.py"))]
        # A file, not a pipe: it never has to wait for the test to read.
        self.output = tempfile.NamedTemporaryFile(prefix="turboctl-worker-")
        self.process = subprocess.Popen([*command, url, group, str(consumers)], stdout=self.output)
        self.reader = open(self.output.name, "rb")
        self.line = b""
        self.channels = self.read()

    def read(self, timeout=30.0):
        """The next thing that it reports."""
        wait_until(self.has_line, timeout)
        line, self.line = self.line, b""
        return json.loads(line)

    def has_line(self):
        self.line += self.reader.readline()
        assert self.line or self.process.poll() is None, "the worker died"
        return self.line.endswith(b"\n")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.reader.close()
        self.output.close()


class Proxy:
    """Passes bytes to the server and back, until `cut()`: then no reply passes any more."""

    def __init__(self, server, cut):
        self.server, self.cut = server, cut
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.connections = 0
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            # Either may hang up at any moment; the next client is served all the same.
            with contextlib.suppress(ConnectionError), client:
                with socket.create_connection(("127.0.0.1", self.server.port)) as upstream:
                    self.relay(client, upstream)

    def relay(self, client, upstream):
        while True:
            for source in select.select([client, upstream], [], [])[0]:
                data = source.recv(65536)
                if not data or (source is upstream and self.cut()):
                    return
                (upstream if source is client else client).sendall(data)

    def stop(self):
        # accept() is not woken by close() alone.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)
