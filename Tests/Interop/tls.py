"""A certificate authority of the tests' own, and a Redis with its certificate."""

import datetime
import ipaddress
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from peers import Server, unused_port

PEM = serialization.Encoding.PEM
PING = ["ping", "-c", "1"]


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def subject(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    """Signs certificates; everything lies in files of one folder."""

    def __init__(self, directory, name="authority"):
        self.directory = Path(directory)
        self.name = name_of(name)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.file = self.directory / f"{name}.pem"
        constraint = x509.BasicConstraints(ca=True, path_length=None)
        self.file.write_bytes(self.sign(self.name, self.key, constraint).public_bytes(PEM))

    def sign(self, name, key, extension, days=2):
        now = datetime.datetime.now(datetime.timezone.utc)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=9))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(self.key, hashes.SHA256())
        )

    def issue(self, name, *hosts, days=2, password=None):
        """The files of a certificate for the hosts, and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        hosts = x509.SubjectAlternativeName([subject(host) for host in hosts or (name,)])
        certificate = self.sign(name_of(name), key, hosts, days)
        files = self.directory / f"{name}.crt", self.directory / f"{name}.key"
        hiding = serialization.NoEncryption()
        if password:
            hiding = serialization.BestAvailableEncryption(password.encode())
        files[0].write_bytes(certificate.public_bytes(PEM))
        files[1].write_bytes(
            key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, hiding)
        )
        return files


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


def pinged(turboctl, url):
    return turboctl("--redis", url, *PING)


def refused(turboctl, url, code, *words):
    errors = pinged(turboctl, url).failed(code).stderr
    assert all(word in errors for word in words), errors
