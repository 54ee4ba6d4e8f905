"""A certificate authority of the tests' own."""

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


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
