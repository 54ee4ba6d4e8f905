"""`make deb` and `make tarball`: what they make is installed, used and removed, in folders of their own."""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tool import BINARY, SEND_HELLO

ROOT = Path(__file__).parents[2]
# The libraries of a debug build belong to no package.
IS_RELEASE = b"libswiftCore" not in subprocess.run(["ldd", BINARY], stdout=subprocess.PIPE).stdout
# The one of mandoc has another name where both may be.
MAN = shutil.which("man") or "mman"
needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="no dpkg here")
pytestmark = pytest.mark.skipif(not IS_RELEASE, reason="no release build: make")


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """Runs a script on the binary under test; returns what it made."""

    def pack(script, pattern):
        tree = tmp_path_factory.mktemp("tree")
        (tree / "build").mkdir()
        (tree / "build/turboctl").symlink_to(BINARY)
        shutil.copytree(ROOT / "scripts", tree / "scripts")
        names = "Makefile man completions README.md CHANGELOG.md LICENSE COPYRIGHT"
        for name in names.split():
            (tree / name).symlink_to(ROOT / name)
        subprocess.run([f"scripts/{script}"], cwd=tree, check=True, umask=0o077)
        (made,) = (tree / "build").glob(pattern)
        return made

    return pack


@pytest.fixture(scope="module")
def deb(pack):
    return pack("deb", "turboctl_*.deb")


@pytest.fixture(scope="module")
def tarball(pack):
    return pack("tarball", "turboctl-*-linux-*.tar.gz")


@pytest.fixture
def system(tmp_path):
    """A folder that dpkg takes for a system which has the packages of this one, and no files."""
    database = tmp_path / "system/var/lib/dpkg"
    (database / "info").mkdir(parents=True)
    (database / "updates").mkdir()
    query = ["dpkg-query", "--status", "libc6"]
    libc = subprocess.run(query, check=True, stdout=subprocess.PIPE).stdout
    (database / "status").write_bytes(libc)
    return tmp_path / "system"


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def use(binary, turboctl, monkeypatch):
    """Runs an installed tool as one does at first: which is it, and does it send."""
    monkeypatch.setattr("tool.BINARY", binary)
    version = turboctl("version").succeeded().stdout
    assert version.startswith("turboctl ")
    turboctl.tail("turbo_stream.chat_1", "--count", "1")
    assert "1 channel in 1 process" in turboctl(*SEND_HELLO).succeeded().stdout
    return version.split()[1]


@needs_dpkg
@pytest.mark.skipif(os.geteuid() != 0, reason="dpkg installs as root alone")
def test_the_package_is_installed_used_and_removed(deb, system, turboctl, monkeypatch):
    dpkg = ["dpkg", "--root", system, "--log", "/dev/null"]
    before = files(system)
    subprocess.run([*dpkg, "--install", deb], check=True)
    version = use(system / "usr/bin/turboctl", turboctl, monkeypatch)
    assert deb.name.startswith(f"turboctl_{version}-1_")
    subprocess.run([*dpkg, "--verify", "turboctl"], check=True)
    pages = system / "usr/share/man"
    for page in ("turboctl", "turboctl-send", "turboctl.json"):
        found = subprocess.run([MAN, "-M", pages, "-w", page], stdout=subprocess.PIPE, text=True)
        assert found.stdout.startswith(str(pages)), found
    subprocess.run([*dpkg, "--purge", "turboctl"], check=True)
    assert {name for name in files(system) - before if not name.startswith("var/lib/dpkg/")} == set()


@needs_dpkg
def test_the_package_needs_what_the_binary_needs(deb):
    field = ["dpkg-deb", "--field", deb, "Depends"]
    depends = subprocess.run(field, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert depends.startswith("libc6 (>= 2.") and "," not in depends


@needs_dpkg
@pytest.mark.skipif(not shutil.which("lintian"), reason="no lintian here: scripts/need lintian")
def test_the_package_has_no_faults(deb):
    command = ["lintian", "--allow-root", "--fail-on", "error,warning", deb]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize("kind", ["deb", "tarball"])
def test_a_version_always_makes_the_same_file(kind, pack, request):
    if kind == "deb" and not shutil.which("dpkg-deb"):
        pytest.skip("no dpkg here")
    first = request.getfixturevalue(kind)
    assert checksum(pack(kind, first.name)) == checksum(first)


def test_the_tarball_is_unpacked_and_used(tarball, tmp_path, turboctl, monkeypatch):
    with tarfile.open(tarball) as archive:
        members = archive.getmembers()
    subprocess.run(["tar", "-xzf", tarball, "-C", tmp_path], check=True)
    name = tarball.name.removesuffix(".tar.gz")
    assert {member.name.split("/")[0] for member in members} == {name}
    assert {(member.uid, member.gid) for member in members} == {(0, 0)}
    assert {member.mode for member in members if member.isfile()} == {0o755, 0o644}
    top = tmp_path / name
    version = use(top / "bin/turboctl", turboctl, monkeypatch)
    assert name.startswith(f"turboctl-{version}-linux-")
    there = files(top)
    assert {"share/man/man1/turboctl.1", "share/doc/turboctl/LICENSE"} < there
    assert "share/bash-completion/completions/turboctl" in there
