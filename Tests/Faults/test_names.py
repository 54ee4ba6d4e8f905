"""Names of servers: those that nobody answers for, and those with an address where nobody is."""

import contextlib
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

import ledger
from commands import each_command
from judge import judge
from peers import wait_until
from tool import SEND_HELLO

CAN_MOUNT = subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL).returncode == 0
mounts = pytest.mark.skipif(not CAN_MOUNT, reason="may not mount, to have name servers of its own")


@pytest.fixture
def replaced(turboctl, tmp_path):
    """A function: the tool alone sees another file in a file's place."""

    def replaced(path, text):
        (tmp_path / "file").write_text(text)
        script = f'mount --bind {tmp_path}/file {path} && exec "$0" "$@"'
        turboctl.wrapper = ["unshare", "--mount", "sh", "-c", script]

    return replaced


@pytest.fixture
def name_server(replaced):
    """One that answers nothing."""
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.77", 53))
        replaced("/etc/resolv.conf", "nameserver 127.0.0.77\n")
        yield server


@contextlib.contextmanager
def listening(address, port):
    """Somebody who takes no connection: there is no room for one more that waits."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, port))
        server.listen(0)
        for _ in range(2):
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex((address, port))
        yield


def connecting(port):
    """How many wait for their connection to a port."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(f":{port:04X}" in line.split()[2] and line.split()[3] == "02" for line in lines)


@mounts
@each_command
def test_a_name_server_that_says_nothing(options, turboctl, name_server, command):
    ledger.tried["names"] += 1
    result = turboctl(*command, *options, "--redis", "redis://somewhere.test", deadline=0.5).failed(3)
    assert "no answer about its name" in result.stderr


@mounts
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_a_name_is_looked_up(options, turboctl, name_server, number, code):
    ledger.tried["names"] += 1
    run = turboctl.start(*SEND_HELLO, *options, "--redis", "redis://somewhere.test")
    name_server.settimeout(5)
    name_server.recv(512)
    result = turboctl.finish(run.signal(number), 0).failed(code)
    assert result.stderr == "turboctl: interrupted: nothing sent\n"


@each_command
def test_a_name_that_nobody_has(options, turboctl, command):
    ledger.tried["names"] += 1
    turboctl(*command, *options, "--redis", "redis://turboctl.invalid", deadline=5).failed(3)


@mounts
@pytest.mark.parametrize("first", ["nobody", "silent"])
def test_the_second_address_of_a_name(layer, options, audience, server, turboctl, replaced, first):
    ledger.tried["names"] += 1
    replaced("/etc/hosts", "127.0.0.78 redis.test\n127.0.0.1 redis.test\n")
    url = server.url.replace("127.0.0.1", "redis.test")
    silent = listening("127.0.0.78", server.port) if first == "silent" else contextlib.nullcontext()
    with silent:
        result = turboctl(*SEND_HELLO, *options, "--redis", url, "--connect-timeout", 1, deadline=10)
    assert result.code == 0, result
    judge(result, len(audience.held()))


def test_a_connection_that_is_not_taken(options, turboctl):
    """Within --connect-timeout, and heeding a signal."""
    with socket.socket() as free:
        free.bind(("127.0.0.79", 0))
        port = free.getsockname()[1]
    with listening("127.0.0.79", port):
        command = [*SEND_HELLO, *options, "--redis", f"redis://127.0.0.79:{port}"]
        began = time.monotonic()
        result = turboctl(*command, "--connect-timeout", 0.3, deadline=20).failed(3)
        assert 0.3 <= time.monotonic() - began < 4
        assert "no answer in time" in result.stderr
        before = connecting(port)
        run = turboctl.start(*command)
        wait_until(lambda: connecting(port) > before)
        assert turboctl.finish(run.signal(signal.SIGINT), 1).failed(130).stderr.endswith("nothing sent\n")
