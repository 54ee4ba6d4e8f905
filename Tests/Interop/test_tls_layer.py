"""rediss://: the layer works over it, and what is no TLS, or too slow, is told in a sentence."""

import signal
import socket
import threading
import time
from types import SimpleNamespace

import pytest

from fixtures import starter
from peers import SiteProcess, wait_until
from tls import PING, refused
from tool import GRACE, GROUP, HELLO, SEND_HELLO, UPDATE, html_message


@pytest.fixture
def server(shared_tls_server):
    """An empty Redis, by TLS: also what the fixtures of conftest.py build on."""
    shared_tls_server.client.flushall()
    return shared_tls_server


LINES = b"".join(b'{"group": "g", "html": "%d"}\n' % number for number in range(3))

# --- Plain and encrypted, confused -----------------------------------------------------------


def test_tls_to_a_plain_port(server, turboctl):
    """Redis takes the handshake for a command whose line has no end, or refuses it."""
    url = f"rediss://localhost:{server.port}"
    result = turboctl("--redis", url, "--connect-timeout", "1", *PING).failed(3)
    assert "TLS" in result.stderr


class Answering:
    """A server that answers the first bytes with some of its own, and closes."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answer = answer
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        try:
            while True:
                client, _ = self.listener.accept()
                with client:
                    client.recv(65536)
                    client.sendall(self.answer)
        except OSError:
            pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


start_answering = starter(Answering)


@pytest.mark.parametrize(
    "answer, words",
    [
        (b"-ERR Protocol error: unbalanced quotes in request\r\n", "does not speak TLS"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS"),
        (b"", "during the TLS handshake"),
    ],
)
def test_tls_to_another_service(turboctl, start_answering, answer, words):
    refused(turboctl, f"rediss://127.0.0.1:{start_answering(answer).port}", 3, words)


def test_plain_to_a_tls_port(server, turboctl):
    refused(turboctl, f"redis://localhost:{server.tls_port}", 3, "TLS", "rediss://")


@pytest.mark.parametrize("closes", [False, True], ids=["resets", "closes"])
@pytest.mark.parametrize("batch", [False, True], ids=["one", "batch"])
def test_plain_send_to_a_tls_port_names_the_cause(
    server, turboctl, start_answering, batch, closes
):
    """That nothing was delivered cannot be known: a Redis that ends before its answer looks the same."""
    port = start_answering(b"").port if closes else server.tls_port
    url = f"redis://localhost:{port}"
    options, lines = ([*UPDATE, "--batch", "-"], LINES) if batch else (SEND_HELLO[1:], b"")
    result = turboctl("send", *options, "--redis", url, input=lines).failed(5)
    assert "TLS" in result.stderr and "rediss://" in result.stderr


def test_plain_to_a_tls_port_that_sends_an_alert(turboctl, start_answering):
    alert = start_answering(b"\x15\x03\x01\x00\x02\x02\x46")
    turboctl("--redis", f"redis://127.0.0.1:{alert.port}", *SEND_HELLO).failed(3)
    refused(turboctl, f"redis://127.0.0.1:{alert.port}", 3, "speaks TLS", "rediss://")


@pytest.mark.parametrize("option", ["--connect-timeout", "--timeout"])
def test_handshake_ends_at_the_deadline(server, turboctl, option):
    server.pause()
    try:
        start = time.monotonic()
        result = turboctl(option, "0.5", *SEND_HELLO).failed(3)
        elapsed = time.monotonic() - start
    finally:
        server.resume()
    assert 0.5 <= elapsed < 4, elapsed
    assert "0.5 s" in result.stderr, result


def test_signal_ends_the_handshake(server, turboctl):
    server.pause()
    try:
        run = turboctl.start("--connect-timeout", "30", "tail", GROUP)
        wait_until(lambda: server.has_unread(server.tls_port))
        assert run.signal(signal.SIGINT).finish(GRACE).code == 130
    finally:
        server.resume()


def test_without_openssl(server, turboctl, tmp_path):
    """A library of that name which is none is found first."""
    for name in ("libssl.so.3", "libssl.so.1.1"):
        (tmp_path / name).write_bytes(b"")
    env = {"LD_LIBRARY_PATH": str(tmp_path)}
    result = turboctl(*PING, env=env).failed(2)
    assert "rediss:// needs OpenSSL's libssl.so.3 or libssl.so.1.1" in result.stderr
    turboctl("--redis", f"redis://localhost:{server.port}", *PING, env=env).succeeded()


def test_plain_url_loads_no_openssl(server, turboctl):
    """The fast start depends on it."""
    env = {"LD_DEBUG": "libs"}
    result = turboctl("--redis", f"redis://localhost:{server.port}", *PING, env=env)
    assert result.code == 0 and "libhiredis" not in result.stderr
    assert "libc.so" in result.stderr and "libssl" not in result.stderr
    assert "libssl" in turboctl(*PING, env=env).stderr


# --- The layer -------------------------------------------------------------------------------


@pytest.fixture
def encrypted(server, start_process):
    """A process of the site that reaches Redis by TLS too."""
    return start_process(server.url)


def test_consumer_gets_what_was_sent(encrypted, turboctl):
    channel = encrypted.join(GROUP)
    turboctl(*SEND_HELLO).succeeded()
    assert encrypted.receive(channel) == html_message(HELLO)


def test_tail_gets_what_was_sent(encrypted, turboctl):
    run = turboctl.tail("-c", "1", GROUP)
    encrypted.send_html(GROUP, HELLO)
    assert run.finish().succeeded().stdout == f"{HELLO}\n"


def test_five_megabytes_pass_both_ways(encrypted, turboctl):
    channel = encrypted.join(GROUP)
    run = turboctl.tail("-c", "1", GROUP)
    html = "<turbo-stream>" + "0123456789é" * 450_000
    turboctl("send", GROUP, "--raw", "--max-bytes", "6000000", input=html).succeeded()
    assert encrypted.receive(channel) == html_message(html)
    assert run.finish().succeeded().stdout == f"{html}\n"


def test_messages_keep_their_order(encrypted, turboctl):
    run = turboctl.tail("-c", "90", GROUP)
    encrypted.send_html(GROUP, *(str(number) for number in range(90)))
    assert run.finish().succeeded().stdout.split() == [str(number) for number in range(90)]


def test_chats_are_listed(encrypted, turboctl):
    encrypted.join(GROUP)
    listed = turboctl("chats", "list", "--json").succeeded().objects
    assert [(chat["group"], chat["channels"]) for chat in listed] == [(GROUP, 1)]


def test_tail_connects_again(start_tls_server, turboctl_for, authority):
    """The server drops every connection, as a restart does."""
    server = start_tls_server(authority)
    turboctl = turboctl_for(server)
    run = turboctl.tail("-c", "1", GROUP)
    server.client.client_kill_filter(_type="normal", skipme=True)
    wait_until(lambda: b"connected again" in run.err.read_bytes())
    site = SiteProcess(server.url)
    site.send_html(GROUP, HELLO)
    site.stop()
    result = run.finish()
    assert result.code == 0 and result.stdout == f"{HELLO}\n", result


def test_password_and_database_pass(start_tls_server, turboctl_for, authority):
    login = ["--user", "site", "on", ">s3cret", "+@all", "~*", "&*"]
    server = start_tls_server(authority, *login)
    url = server.url.replace("//", "//site:s3cret@").replace("/0?", "/3?")
    turboctl = turboctl_for(server)
    result = turboctl("--redis", url, "-vv", *PING)
    assert result.code == 0 and "s3cret" not in result.stderr, result
    assert "SELECT 3" in result.stderr


def test_server_sees_an_orderly_end(start_tls_server, turboctl_for, authority):
    server = start_tls_server(authority, "--loglevel", "verbose")
    turboctl_for(server)(*SEND_HELLO).succeeded()
    wait_until(lambda: server.connected() == 0)
    assert "eof" not in server.log.read_text()


@pytest.mark.parametrize("passed", range(6))
def test_claims_nothing_wrong_where_the_connection_breaks(
    server, turboctl, start_proxy, authority, passed
):
    """After so many pieces of the server's side of the conversation."""
    pieces = iter(range(passed))
    tls_port = SimpleNamespace(port=server.tls_port)
    proxy = start_proxy(tls_port, lambda: next(pieces, None) is None)
    server.client.zadd(f"asgi:group:{GROUP}", {"specific.x!y": time.time()})
    url = f"rediss://127.0.0.1:{proxy.port}?ssl_ca_certs={authority.file}"
    result = turboctl("--redis", url, *SEND_HELLO)
    stored = server.client.exists("asgispecific.x!")
    assert result.code in ((0, 5) if stored else (3, 5)), result
    assert passed or result.code == 3, result
