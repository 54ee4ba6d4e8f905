from tempfile import TemporaryDirectory

import pytest

# Before it is imported: what its assertions compare is shown, too.
pytest.register_assert_rewrite("browser")

from browser import APPLICATION, SITE, Window, chromium, wait_until
from peers import Daphne, Server
from tool import BINARY, Turboctl


def pytest_configure():
    if not BINARY.exists():
        pytest.exit(f"no tool at {BINARY}: build it first", returncode=2)


@pytest.fixture(scope="session")
def shared_server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def daphne(shared_server):
    daphne = Daphne(shared_server, APPLICATION, SITE)
    yield daphne
    daphne.stop()


@pytest.fixture(scope="session")
def driver():
    with chromium() as driver:
        yield driver


@pytest.fixture
def server(shared_server):
    """An empty Redis."""
    shared_server.client.flushall()
    return shared_server


@pytest.fixture
def turboctl(server):
    with TemporaryDirectory(prefix="turboctl-") as directory:
        turboctl = Turboctl(server, directory)
        yield turboctl
        turboctl.stop()


@pytest.fixture
def open_window(server, daphne, driver):
    """Opens a path of the site; its pages have so many more members in the group by then."""
    windows = []

    def open_window(path, group, pages=1):
        there = len(server.members(group))
        windows.append(Window(driver, f"http://127.0.0.1:{daphne.port}{path}"))
        wait_until(lambda: len(server.members(group)) == there + pages)
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def open_chat(open_window):
    """Opens the article's page of a chat."""

    def open_chat(chat):
        return open_window(f"/chat/{chat}/message/list/", f"turbo_stream.chat_{chat}")

    return open_chat
