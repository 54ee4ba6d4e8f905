"""What the suites' fixtures have in common: the tests of a subfolder have a conftest of their own."""

import tempfile
from contextlib import ExitStack, contextmanager

import pytest

from tool import BINARY


def pytest_configure():
    if not BINARY.exists():
        pytest.exit(f"no tool at {BINARY}: build it first", returncode=2)


@contextmanager
def starting(kind):
    """A function that makes a `kind`; what it made is stopped at the end."""
    with ExitStack() as stack:

        def make(*arguments, **options):
            made = kind(*arguments, **options)
            stack.callback(made.stop)
            return made

        yield make


def starter(kind):
    """A fixture: a function that makes a `kind`, which is stopped when the test ends."""

    @pytest.fixture
    def start():
        with starting(kind) as make:
            yield make

    return start


def tool(kind):
    """A fixture: a function that makes a `kind` of Turboctl, for a server that a test started."""

    @pytest.fixture
    def turboctl_for():
        with tempfile.TemporaryDirectory(prefix="turboctl-") as directory:
            with starting(lambda server: kind(server, tempfile.mkdtemp(dir=directory))) as make:
                yield make

    return turboctl_for


@pytest.fixture
def server(shared_server):
    """An empty Redis, which counts from here on."""
    shared_server.client.flushall()
    shared_server.client.config_resetstat()
    return shared_server


@pytest.fixture
def turboctl(server, turboctl_for):
    """turboctl for the shared server."""
    return turboctl_for(server)
