"""Servers that refuse: how each gets there, what it says, and what still works."""

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path

import redis

from ledger import PASSWORD
from peers import wait_until
from proxy import FaultyProxy
from tool import GROUP

CORE = ("core", "encrypted")
PUBSUB = ("pubsub",)
ALL = (*CORE, *PUBSUB)


@dataclass(frozen=True)
class State:
    """`enter(server)` is a context; it gives the tool's URL, if that is another than the server's."""

    name: str
    # What the tool says of it.
    word: str
    enter: callable
    layers: tuple = ALL
    # Whether lists can be made, and whether one can subscribe.
    reads: bool = True
    subscribes: bool = True
    # What the server is started with, where it has to be one of its own.
    options: tuple | None = None
    # Whether it starts anew, so that who subscribed has to do so again.
    is_new: bool = False
    # Whether no other group gets messages either.
    spoils_all: bool = True
    # Whether the pub/sub layer's lists can be made all the same.
    counts: bool = False

    def code(self, command, layer):
        """What the command ends with."""
        reads = self.reads or self.counts and layer in PUBSUB
        if command == "list" and reads or command == "ping" and not self.spoils_all:
            return 0
        # Nothing is sent there, so that a tail that listens ends with too few messages.
        if command == "tail" and layer in PUBSUB and self.subscribes:
            return 4
        return 3


def configured(**settings):
    """A server that is configured so meanwhile."""

    @contextlib.contextmanager
    def enter(server):
        names = {name.replace("_", "-"): value for name, value in settings.items()}
        before = {name: server.client.config_get(name)[name] for name in names}
        for name, value in names.items():
            server.client.config_set(name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                server.client.config_set(name, value)

    return enter


@contextlib.contextmanager
def replica(server, *stale):
    server.client.replicaof("127.0.0.1", 1)
    for value in stale:
        server.client.config_set("replica-serve-stale-data", value)
    try:
        yield
    finally:
        server.client.config_set("replica-serve-stale-data", "yes")
        server.client.replicaof("NO", "ONE")


@contextlib.contextmanager
def unsaved(server):
    """Its dump cannot be written, since there is a folder of that name."""
    Path(server.directory.name, "taken").mkdir()
    with configured(save="3600 1", dbfilename="taken")(server):
        server.client.set("unsaved", 1)
        server.client.bgsave()
        wait_until(lambda: server.client.info("persistence")["rdb_last_bgsave_status"] == "err")
        yield


@contextlib.contextmanager
def busy(server):
    with configured(busy_reply_threshold=50)(server):
        client = server.connect()

        def loop():
            with contextlib.suppress(redis.RedisError):
                client.eval("while true do end", 0)

        thread = threading.Thread(target=loop)
        thread.start()
        wait_until(lambda: is_busy(server))
        try:
            yield
        finally:
            server.client.script_kill()
            thread.join()


def is_busy(server):
    try:
        server.client.ping()
    except redis.ResponseError as error:
        return str(error).startswith(("BUSY", "Redis is busy"))


@contextlib.contextmanager
def loading(server):
    """It starts anew, with a lot to load: it would take a minute."""
    server.client.execute_command("DEBUG", "POPULATE", 60_000)
    server.client.save()
    server.kill()
    server.start()
    wait_until(lambda: server.client.info("persistence")["loading"])
    yield
    server.client.config_set("key-load-delay", 0)
    wait_until(lambda: not server.client.info("persistence")["loading"])


@contextlib.contextmanager
def refusing(server):
    """Nobody is there."""
    server.client.save()
    server.kill()
    try:
        yield
    finally:
        server.start()


@contextlib.contextmanager
def stopped(server):
    """It takes connections, and answers none."""
    server.pause()
    try:
        yield
    finally:
        server.resume()


@contextlib.contextmanager
def without_password(server):
    with configured(requirepass="")(server):
        yield


@contextlib.contextmanager
def protected(server):
    """It has no password, and whoever asks has another address than its own."""
    with configured(requirepass="", protected_mode="yes")(server):
        proxy = FaultyProxy(server.port, source="127.0.0.2")
        try:
            yield f"redis://127.0.0.1:{proxy.port}/0"
        finally:
            proxy.stop()


@contextlib.contextmanager
def wrong_password(server):
    yield server.url.replace(PASSWORD, "another")


@contextlib.contextmanager
def no_password(server):
    yield server.url.replace(f":{PASSWORD}@", "")


@contextlib.contextmanager
def no_database(server):
    yield server.url_at(server.port, database=99)


def user(*rights):
    """Somebody with few rights."""

    @contextlib.contextmanager
    def enter(server):
        rules = ["reset", "on", f">{PASSWORD}", "~*", "&*", "+@all", *rights]
        server.client.execute_command("ACL", "SETUSER", "limited", *rules)
        try:
            yield server.url_at(server.port, "limited")
        finally:
            server.client.execute_command("ACL", "DELUSER", "limited")

    return enter


@contextlib.contextmanager
def full(server):
    """Others have all the connections."""
    others = [server.connect() for _ in range(3)]
    for other in others:
        other.ping()
    with configured(maxclients=1)(server):
        yield
    for other in others:
        other.close()


@contextlib.contextmanager
def wrong_type(server):
    """The group's key is no set of members."""
    key = f"asgi:group:{GROUP}"
    members = server.client.dump(key)
    server.client.set(key, "a string")
    yield
    server.client.restore(key, 0, members, replace=True)


@contextlib.contextmanager
def as_started(server):
    yield


DEBUG = ["--enable-debug-command", "yes", "--enable-protected-configs", "yes"]
SLOW = ["--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024"]
NO_SCRIPTS = ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]

STATES = [
    State("refused", "cannot connect", refusing, reads=False, subscribes=False, options=()),
    State("stopped", "no answer within", stopped, reads=False, subscribes=False),
    State(
        "loading", "LOADING", loading, reads=False, options=(*DEBUG, *SLOW), is_new=True,
    ),
    State("replica", "READONLY", replica),
    State(
        "stale replica", "", lambda server: replica(server, "no"), reads=False, counts=True
    ),
    State("no replicas", "NOREPLICAS", configured(min_replicas_to_write=1)),
    State("out of memory", "OOM", configured(maxmemory=1)),
    State("unsaved", "MISCONF", unsaved, options=tuple(DEBUG)),
    State("busy", "BUSY", busy, reads=False, subscribes=False),
    State("wrong password", "WRONGPASS", wrong_password, reads=False, subscribes=False),
    State("no password", "NOAUTH", no_password, reads=False, subscribes=False),
    State("no password wanted", "AUTH", without_password, reads=False, subscribes=False),
    State("protected mode", "DENIED", protected, reads=False, subscribes=False),
    State("no database", "DB index", no_database, reads=False, subscribes=False),
    State("max clients", "max number of clients", full, reads=False, subscribes=False),
    State("no keys", "", user("resetkeys", "~other*"), CORE, reads=False),
    State("no channels", "", user("resetchannels", "&other*"), PUBSUB, subscribes=False),
    State("no scripts", "NOPERM", user("-eval", "-evalsha"), CORE),
    State("renamed EVAL", "unknown command", as_started, CORE, options=tuple(NO_SCRIPTS)),
    State("wrong type", "WRONGTYPE", wrong_type, CORE, spoils_all=False),
]
