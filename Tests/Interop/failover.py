"""A master, its replica and a sentinel that watches both."""

import signal
import subprocess
import tempfile
from pathlib import Path

import redis

from peers import Server, accepts, unused_port, wait_until

NAME = "mymaster"


class Sentinel:
    """A sentinel of its own port and configuration; `lines` are more of that."""

    def __init__(self, port, lines=()):
        self.directory = tempfile.TemporaryDirectory(prefix="turboctl-sentinel-")
        self.port = unused_port()
        path = Path(self.directory.name, "sentinel.conf")
        path.write_text(
            f"port {self.port}\nbind 127.0.0.1\ndir {self.directory.name}\n"
            f"sentinel monitor {NAME} 127.0.0.1 {port} 1\n"
            # It takes nobody for dead that a busy machine keeps waiting.
            f"sentinel down-after-milliseconds {NAME} 60000\n"
            f"sentinel failover-timeout {NAME} 3000\n"
            + "".join(f"{line}\n" for line in lines)
        )
        command = ["redis-server", str(path), "--sentinel"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(lambda: accepts(self.port))
        self.client = redis.Redis(port=self.port, decode_responses=True)

    def ask(self, *words):
        return self.client.execute_command("SENTINEL", *words)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.directory.cleanup()


class Failover:
    """The servers of a master that a sentinel knows, and its ends: sudden, or as an admin asks."""

    def __init__(self):
        self.master = Server("--repl-diskless-sync-delay", "0")
        self.replica = Server("--replicaof", "127.0.0.1", str(self.master.port))
        # A sentinel that comes before the replica looks again after ten seconds only.
        wait_until(lambda: self.replica.client.info()["master_link_status"] == "up")
        self.sentinel = Sentinel(self.master.port)
        wait_until(lambda: self.sentinel.ask("REPLICAS", NAME))

    @property
    def url(self):
        return f"redis+sentinel://127.0.0.1:{self.sentinel.port}/{NAME}"

    @property
    def host(self):
        """The entry of a layer's hosts."""
        return {"sentinels": [["127.0.0.1", self.sentinel.port]], "master_name": NAME}

    def members(self, group):
        """Of the server that is the master."""
        return self.current.members(group)

    @property
    def current(self):
        # Not GET-MASTER-ADDR-BY-NAME, which is ahead of this: redis-py reads the list of masters.
        port = self.sentinel.client.sentinel_master(NAME)["port"]
        return self.master if int(port) == self.master.port else self.replica

    def settle(self):
        """Waits until the replica has what the master has."""
        self.master.client.set("settled", "1")
        assert self.master.client.wait(1, 5000) == 1

    def hang(self):
        """The master answers nobody any more; what waits for it for a second asks whether it is one still."""
        self.settle()
        self.sentinel.ask("SET", NAME, "down-after-milliseconds", "2000")
        self.master.pause()

    def hand_over(self):
        """As an admin asks; the old master is a replica when this returns."""
        self.settle()
        wait_until(self.begin, 15)
        wait_until(lambda: self.current is self.replica, 15)
        # The sentinel does this too, ten seconds later.
        pipeline = self.master.client.pipeline(transaction=True)
        pipeline.replicaof("127.0.0.1", self.replica.port)
        for kind in ("normal", "pubsub"):
            pipeline.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
        pipeline.execute()

    def begin(self):
        try:
            return self.sentinel.ask("FAILOVER", NAME)
        except redis.ResponseError as error:
            # The replica has not been looked at for long enough.
            assert "NOGOODSLAVE" in str(error) or "INPROG" in str(error), error

    def stop(self):
        self.sentinel.stop()
        for server in (self.replica, self.master):
            # One that is asked to end waits for its replicas first, up to ten seconds.
            server.process.kill()
            server.stop()
