"""rediss://: what is trusted, what is refused, and how it says so."""

import time

import pytest

from tls import Authority, PING, pinged, refused
from tool import SEND_HELLO


@pytest.fixture
def server(shared_tls_server):
    """An empty Redis, by TLS: also what the fixtures of conftest.py build on."""
    shared_tls_server.client.flushall()
    return shared_tls_server


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


def test_verify_flags_are_heeded(server, turboctl):
    """A check against revocation fails where there is no list of what was revoked."""
    url = f"{server.url}&ssl_include_verify_flags=VERIFY_CRL_CHECK_LEAF"
    refused(turboctl, url, 3, "not trusted", "CRL")
    pinged(turboctl, f"{url}&ssl_exclude_verify_flags=VERIFY_CRL_CHECK_LEAF").succeeded()


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


def test_a_certificate_without_its_key_asks_for_it(server, turboctl, authority):
    certificate, _ = authority.issue("keyless")
    refused(turboctl, f"{server.url}&ssl_certfile={certificate}", 2, "ssl_certfile", "ssl_keyfile")


def test_locked_key_asks_nobody(server, turboctl, authority):
    certificate, key = authority.issue("locked", password="s3cret")
    url = f"{server.url}&ssl_certfile={certificate}&ssl_keyfile={key}"
    start = time.monotonic()
    refused(turboctl, url, 2, "ssl_keyfile")
    assert time.monotonic() - start < 10


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
        ("ssl_ca_certs", __file__, "no certificate"),
        ("ssl_ca_data", "no certificate", "no start line"),
        ("ssl_certfile", "/nonexistent/me.pem", "No such file"),
        ("ssl_keyfile", "/nonexistent/me.key", "No such file"),
        ("ssl_ciphers", "NONE-SUCH", "no cipher match"),
    ],
)
def test_names_the_setting(server, turboctl, parameter, value, reason):
    refused(turboctl, server.url_with(**{parameter: value}), 2, f"{parameter}: ", reason)


def test_server_hears_nothing_of_a_wrong_setting(server, turboctl):
    before = server.accepted()
    refused(turboctl, server.url_with(ssl_ca_certs="/nonexistent/ca.pem"), 2, "ssl_ca_certs")
    assert server.accepted() == before


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
