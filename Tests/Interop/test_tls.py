"""rediss://: what is trusted, what is refused and how it says so, and that the layer works over it."""

import signal
import socket
import threading
import time
from urllib.parse import quote

import pytest

from authority import Authority
from conftest import starter
from peers import Server, SiteProcess, unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO, html_message

PING = ["ping", "-c", "1"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


class TLSServer(Server):
    """A Redis with a port for TLS beside the plain one."""

    def __init__(self, authority, *arguments, files=None, clients="no"):
        self.tls_port = unused_port()
        certificate, key = files or authority.issue("server", "localhost", "127.0.0.1")
        super().__init__(
            *("--tls-port", str(self.tls_port), "--tls-ca-cert-file", str(authority.file)),
            *("--tls-cert-file", str(certificate), "--tls-key-file", str(key)),
            *("--tls-auth-clients", clients, *arguments),
        )
        self.url = self.url_with(ssl_ca_certs=authority.file)

    def url_with(self, host="localhost", **parameters):
        query = "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
        return f"rediss://{host}:{self.tls_port}/0?{query}"


start_tls_server = starter(TLSServer)


@pytest.fixture(scope="module")
def shared_tls_server(authority):
    server = TLSServer(authority, "--bind", "127.0.0.1", "127.0.0.2")
    yield server
    server.stop()


@pytest.fixture
def server(shared_tls_server):
    """An empty Redis, by TLS: also what the fixtures of conftest.py build on."""
    shared_tls_server.client.flushall()
    return shared_tls_server


def pinged(turboctl, url):
    return turboctl("--redis", url, *PING)


def refused(turboctl, url, code, *words):
    errors = pinged(turboctl, url).failed(code).stderr
    assert all(word in errors for word in words), errors


# --- What is trusted -------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_trusts_the_authority(server, turboctl, authority, host):
    pinged(turboctl, server.url_with(host, ssl_ca_certs=authority.file)).succeeded()


def test_trusts_the_authority_by_its_text(server, turboctl, authority):
    pinged(turboctl, server.url_with(ssl_ca_data=authority.file.read_text())).succeeded()


def test_trusts_the_authority_in_a_folder(server, turboctl, authority, tmp_path):
    # OpenSSL finds a certificate in a folder by the hash of its subject.
    import OpenSSL

    text = authority.file.read_bytes()
    certificate = OpenSSL.crypto.load_certificate(OpenSSL.crypto.FILETYPE_PEM, text)
    (tmp_path / f"{certificate.subject_name_hash():08x}.0").write_bytes(text)
    pinged(turboctl, server.url_with(ssl_ca_path=tmp_path)).succeeded()


def test_trusts_the_systems_authorities(server, turboctl, authority):
    """`SSL_CERT_FILE` is where OpenSSL looks for the system's."""
    env = {"SSL_CERT_FILE": str(authority.file)}
    turboctl("--redis", server.url_with(), *PING, env=env).succeeded()


def test_refuses_an_unknown_authority(server, turboctl):
    refused(turboctl, server.url_with(), 3, "not trusted", "ssl_ca_certs")


def test_refuses_another_authority(server, turboctl, tmp_path):
    other = Authority(tmp_path, "other")
    refused(turboctl, server.url_with(ssl_ca_certs=other.file), 3, "not trusted")


def test_named_authorities_replace_the_systems(server, turboctl, authority, tmp_path):
    url = server.url_with(ssl_ca_certs=Authority(tmp_path, "other").file)
    env = {"SSL_CERT_FILE": str(authority.file)}
    turboctl("--redis", url, *PING, env=env).failed(3)


def test_refuses_a_certificate_for_another_address(server, turboctl, authority):
    url = server.url_with("127.0.0.2", ssl_ca_certs=authority.file)
    refused(turboctl, url, 3, "not for '127.0.0.2'", "ssl_check_hostname=false")
    pinged(turboctl, f"{url}&ssl_check_hostname=false").succeeded()


def test_refuses_a_certificate_for_another_name(start_tls_server, turboctl_for, authority):
    server = start_tls_server(authority, files=authority.issue("redis.example"))
    turboctl = turboctl_for(server)
    refused(turboctl, server.url, 3, "not for 'localhost'", "ssl_check_hostname=false")
    pinged(turboctl, f"{server.url}&ssl_check_hostname=false").succeeded()


def test_no_check_of_the_name_still_checks_the_authority(server, turboctl):
    refused(turboctl, server.url_with(ssl_check_hostname="false"), 3, "not trusted")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2"])
def test_warns_where_nothing_is_verified(server, turboctl, host):
    result = pinged(turboctl, server.url_with(host, ssl_cert_reqs="none"))
    assert result.code == 0, result
    assert result.stderr.count("\n") == 1 and "warning: ssl_cert_reqs=none" in result.stderr


def test_refuses_an_expired_certificate(start_tls_server, turboctl_for, authority):
    server = start_tls_server(authority, files=authority.issue("old", "localhost", days=-1))
    refused(turboctl_for(server), server.url, 3, "certificate has expired", "clock")


# --- The client's own certificate ------------------------------------------------------------


@pytest.fixture(params=["TLSv1.2", "TLSv1.3"])
def strict_server(start_tls_server, authority, request):
    """A Redis that lets in who has a certificate of the authority."""
    return start_tls_server(authority, "--tls-protocols", request.param, clients="yes")


def test_client_without_a_certificate(strict_server, turboctl_for):
    refused(turboctl_for(strict_server), strict_server.url, 3, "ssl_certfile")


def test_nothing_was_delivered_without_a_certificate(strict_server, turboctl_for):
    turboctl_for(strict_server)(*SEND_HELLO).failed(3)


def test_client_with_a_certificate(strict_server, turboctl_for, authority):
    certificate, key = authority.issue("client")
    url = f"{strict_server.url}&ssl_certfile={certificate}&ssl_keyfile={key}"
    pinged(turboctl_for(strict_server), url).succeeded()


def test_client_with_one_file_and_a_password(strict_server, turboctl_for, authority):
    certificate, key = authority.issue("locked", password="s3cret")
    both = certificate.with_suffix(".both")
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    url = f"{strict_server.url}&ssl_certfile={both}"
    turboctl = turboctl_for(strict_server)
    pinged(turboctl, f"{url}&ssl_password=s3cret").succeeded()
    refused(turboctl, f"{url}&ssl_password=wr0ng", 2, "ssl_certfile", "ssl_password")
    assert "wr0ng" not in pinged(turboctl, f"{url}&ssl_password=wr0ng").stderr


def test_locked_key_asks_nobody(server, turboctl, authority):
    certificate, key = authority.issue("locked", password="s3cret")
    url = f"{server.url}&ssl_certfile={certificate}&ssl_keyfile={key}"
    start = time.monotonic()
    refused(turboctl, url, 2, "ssl_keyfile")
    assert time.monotonic() - start < 3


def test_client_with_a_strangers_certificate(strict_server, turboctl_for, tmp_path):
    certificate, key = Authority(tmp_path, "stranger").issue("client")
    url = f"{strict_server.url}&ssl_certfile={certificate}&ssl_keyfile={key}"
    refused(turboctl_for(strict_server), url, 3, "does not accept", "unknown ca")


# --- Settings that cannot be used ------------------------------------------------------------


@pytest.mark.parametrize(
    "parameter, value, reason",
    [
        ("ssl_ca_certs", "/nonexistent/ca.pem", "No such file"),
        ("ssl_ca_path", "/nonexistent/ca", "No such file"),
        ("ssl_ca_certs", "/etc/hostname", "no certificate"),
        ("ssl_ca_data", "no certificate", "no start line"),
        ("ssl_certfile", "/nonexistent/me.pem", "No such file"),
        ("ssl_keyfile", "/nonexistent/me.key", "No such file"),
        ("ssl_ciphers", "NONE-SUCH", "no cipher match"),
    ],
)
def test_names_the_setting(server, turboctl, parameter, value, reason):
    refused(turboctl, server.url_with(**{parameter: value}), 2, f"{parameter}: ", reason)


def test_key_of_another_certificate(server, turboctl, authority):
    certificate, _ = authority.issue("one")
    _, key = authority.issue("two")
    url = server.url_with(ssl_certfile=certificate, ssl_keyfile=key)
    refused(turboctl, url, 2, "ssl_keyfile: ", "mismatch")


def test_ciphers_and_versions_are_agreed(start_tls_server, turboctl_for, authority):
    server = start_tls_server(authority, "--tls-protocols", "TLSv1.2")
    turboctl = turboctl_for(server)
    pinged(turboctl, f"{server.url}&ssl_ciphers=ECDHE%2BAESGCM").succeeded()
    pinged(turboctl, f"{server.url}&ssl_min_version=771").succeeded()
    refused(turboctl, f"{server.url}&ssl_min_version=772", 3, "TLS handshake failed")


# --- Plain and encrypted, confused -----------------------------------------------------------


def test_tls_to_a_plain_port(server, turboctl):
    """Redis takes the handshake for a command whose line has no end, or refuses it."""
    url = f"rediss://localhost:{server.port}"
    result = turboctl("--redis", url, "--connect-timeout", "0.5", *PING).failed(3)
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
    assert 0.5 <= elapsed < 1.5, elapsed
    assert "0.5 s" in result.stderr, result


def test_signal_ends_the_handshake(server, turboctl):
    server.pause()
    try:
        run = turboctl.start("--connect-timeout", "30", "tail", GROUP)
        time.sleep(0.3)
        start = time.monotonic()
        assert run.signal(signal.SIGINT).finish().code == 130
        assert time.monotonic() - start < 2
    finally:
        server.resume()


def test_without_openssl(server, turboctl, tmp_path):
    """A library of that name which is none is found first."""
    for name in ("libssl.so.3", "libssl.so.1.1"):
        (tmp_path / name).write_bytes(b"")
    env = {"LD_LIBRARY_PATH": str(tmp_path)}
    result = turboctl(*PING, env=env).failed(2)
    assert "rediss://: needs OpenSSL's libssl.so.3 or libssl.so.1.1" in result.stderr
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
