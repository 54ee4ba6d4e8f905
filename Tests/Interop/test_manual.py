"""The man pages, as mandoc reads them."""

import shutil
import subprocess
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "man").iterdir())


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="no mandoc here: scripts/need mandoc")
def test_pages_are_clean():
    # Style: pages that are not installed here are named, and so is where they are from.
    result = subprocess.run(
        ["mandoc", "-Tlint", "-Wwarning", *PAGES], stdout=subprocess.PIPE, text=True
    )
    assert result.stdout == ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_tool_prints_the_page(turboctl, path):
    words = path.stem.split("-")[1:]
    if path.suffix == ".5":
        words = ["configuration"]
    elif path.suffix == ".7":
        words = ["-".join(words)]
    assert turboctl("help", "--man", *words).succeeded().output == path.read_bytes()
