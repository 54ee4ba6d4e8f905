"""`make install` and `make uninstall`, in a folder of their own."""

import subprocess
from pathlib import Path

import pytest

from tool import BINARY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def make(tmp_path):
    # The binary is the one under test, and not what another build left.
    tree = tmp_path / "tree"
    (tree / "build").mkdir(parents=True)
    (tree / "build/turboctl").symlink_to(BINARY)
    for name in ("Makefile", "man", "completions", "scripts"):
        (tree / name).symlink_to(ROOT / name)

    def run(*words):
        command = ["make", "--silent", *words, "PREFIX=/usr", f"DESTDIR={tmp_path}/root"]
        subprocess.run(command, cwd=tree, check=True, capture_output=True)

    return run


def test_everything_is_installed_and_removed(make, tmp_path):
    make("install")
    root = tmp_path / "root/usr"
    installed = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    pages = {f"share/man/man{page.suffix[1:]}/{page.name}" for page in (ROOT / "man").iterdir()}
    assert {"share/man/man1/turboctl.1", "share/man/man5/turboctl.json.5"} < pages
    assert installed == pages | {
        "bin/turboctl",
        "share/bash-completion/completions/turboctl",
        "share/zsh/site-functions/_turboctl",
        "share/fish/vendor_completions.d/turboctl.fish",
    }
    assert (root / "bin/turboctl").stat().st_mode & 0o777 == 0o755
    make("uninstall")
    assert not [path for path in root.rglob("*") if path.is_file()]
