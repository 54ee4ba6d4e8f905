import pytest

import ledger
from fixtures import pytest_configure, server, starter, starting, tool, turboctl
from judge import JudgedTurboctl
from layers import LAYERS, GuardedServer
from proxy import FaultyProxy


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
turboctl_for = tool(JudgedTurboctl)


@pytest.fixture(scope="module")
def shared_server():
    server = GuardedServer()
    yield server
    server.stop()


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
    """A function: who listens on a server, in all of the layer's groups."""
    with starting(layer.audience) as make:
        yield make


@pytest.fixture
def start_site(layer):
    """A function: a process of the site, on a server."""
    with starting(layer.start_site) as make:
        yield make


@pytest.fixture
def audience(audience_on, server):
    return audience_on(server)


@pytest.fixture
def through(turboctl, server, proxy):
    """turboctl, through the proxy."""
    turboctl.environment = {"TURBOCTL_REDIS_URL": server.url_at(proxy.port)}
    return turboctl
