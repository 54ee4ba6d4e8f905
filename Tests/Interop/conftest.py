import json
import os
from contextlib import ExitStack

import pytest

from failover import Failover
from fixtures import pytest_configure, server, starter, tool, turboctl
from peers import Daphne, Proxy, PubSubProcess, Server, SiteProcess, Worker
from pubsub import Listener
from tls import Authority, TLSServer
from tool import Turboctl

# The matrix has a runner and environments of its own.
collect_ignore = [] if "TURBOCTL_MATRIX" in os.environ else ["matrix"]


start_server = starter(Server)
start_tls_server = starter(TLSServer)
start_worker = starter(Worker)
start_proxy = starter(Proxy)
start_process = starter(SiteProcess)
start_pubsub_process = starter(PubSubProcess)
start_listener = starter(Listener)
turboctl_for = tool(Turboctl)


@pytest.fixture(scope="session")
def shared_server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def shared_tls_server(authority):
    server = TLSServer(authority, "--bind", "127.0.0.1", "127.0.0.2")
    yield server
    server.stop()


@pytest.fixture
def start_loading(start_server, tmp_path):
    """A function: a server that reads its snapshot for longer than a test lasts."""

    def start(*options):
        first = start_server("--dir", str(tmp_path), "--enable-debug-command", "yes")
        first.client.execute_command("DEBUG", "POPULATE", 20_000)
        first.client.save()
        first.stop()
        slow = ["--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024"]
        return start_server("--dir", str(tmp_path), *slow, *options)

    return start


@pytest.fixture
def failover():
    failover = Failover()
    yield failover
    failover.stop()


@pytest.fixture
def process(server, start_process):
    """A process of the site."""
    return start_process(server.url)


@pytest.fixture(scope="module")
def daphne(shared_server):
    daphne = Daphne(shared_server)
    yield daphne
    daphne.stop()


@pytest.fixture
def open_page(daphne, server):
    """Opens the page of a chat: its WebSocket, which is a member of the group by then."""
    # Not above: the environments of the matrix have none.
    from websockets.sync.client import connect

    with ExitStack() as stack:

        def open_page(chat):
            url = f"ws://127.0.0.1:{daphne.port}/ws/turbo_stream/chat_{chat}/"
            return stack.enter_context(connect(url, max_size=None))

        yield open_page


@pytest.fixture
def pubsub_options(tmp_path):
    """A function: the options for a pub/sub layer on such hosts, with such a CONFIG."""

    def options(*urls, layer_version=None, **config):
        path = tmp_path / "turboctl.json"
        layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}
        content = {"CHANNEL_LAYERS": {"default": layer}}
        if layer_version:
            content["layer_version"] = layer_version
        path.write_text(json.dumps(content))
        path.chmod(0o600)
        return ["--config", path, *(word for url in urls for word in ("--redis", url))]

    return options
