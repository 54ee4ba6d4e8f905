import tempfile
from contextlib import ExitStack

import pytest

import ledger
from fixtures import starter
from judge import JudgedTurboctl
from layers import LAYERS, GuardedServer
from proxy import FaultyProxy
from tool import BINARY


def pytest_configure():
    if not BINARY.exists():
        pytest.exit(f"no tool at {BINARY}: build it first", returncode=2)


def pytest_collection_modifyitems(config, items):
    if ledger.IS_WHOLE:
        return
    whole = [item for item in items if item.get_closest_marker("whole")]
    config.hook.pytest_deselected(items=whole)
    items[:] = [item for item in items if item not in whole]


def pytest_sessionfinish(session):
    if ledger.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("what was tried")
    for name, count in sorted(ledger.tried.items()):
        terminalreporter.line(f"{count:10,} {name}")
    for name in ledger.leaks:
        terminalreporter.line(f"A SECRET WAS SHOWN by {name}", red=True)


start_server = starter(GuardedServer)
start_proxy = starter(FaultyProxy)


@pytest.fixture(scope="module")
def shared_server():
    server = GuardedServer()
    yield server
    server.stop()


@pytest.fixture
def server(shared_server):
    """An empty Redis."""
    shared_server.client.flushall()
    return shared_server


@pytest.fixture
def proxy(server, start_proxy):
    return start_proxy(server.port)


@pytest.fixture(params=LAYERS, ids=lambda layer: layer.name)
def layer(request):
    return request.param


@pytest.fixture
def options(layer, tmp_path):
    """The tool's options for the layer."""
    return layer.configure(tmp_path / "turboctl.json")


@pytest.fixture
def audience_on(layer):
    """Who listens on a server, in all of the layer's groups."""
    with ExitStack() as stack:

        def audience_on(server, **options):
            audience = layer.audience(server, **options)
            stack.callback(audience.stop)
            return audience

        yield audience_on


@pytest.fixture
def start_site(layer):
    """A function: a process of the site, on a server."""
    with ExitStack() as stack:

        def start_site(server):
            process = layer.start_site(server)
            stack.callback(process.stop)
            return process

        yield start_site


@pytest.fixture
def audience(audience_on, server):
    return audience_on(server)


@pytest.fixture
def turboctl_for():
    """turboctl for a server that a test started."""
    with tempfile.TemporaryDirectory(prefix="turboctl-") as directory, ExitStack() as stack:

        def make(server):
            turboctl = JudgedTurboctl(server, tempfile.mkdtemp(dir=directory))
            stack.callback(turboctl.stop)
            return turboctl

        yield make


@pytest.fixture
def turboctl(server, turboctl_for):
    return turboctl_for(server)


@pytest.fixture
def through(turboctl, server, proxy):
    """turboctl, through the proxy."""
    turboctl.environment = {"TURBOCTL_REDIS_URL": server.url_at(proxy.port)}
    return turboctl
