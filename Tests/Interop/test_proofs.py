"""The tests that the documents name as proof are there."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent


def proofs():
    """Each test that a document names: where it must be, and a pattern of how it begins there."""
    for document in ("SECURITY.md", "docs/guarantees.md"):
        for cell in re.findall(r"^\| .* \| (.*) \|$", (ROOT / document).read_text(), re.MULTILINE):
            yield from named_in(cell)


def named_in(cell):
    tests, _, targets = cell.partition("fuzzing ")
    place = None
    for name in re.findall(r"`([^`]+)`", tests):
        suite = re.fullmatch(r"(\w+Tests)(?:\.(\w+))?", name)
        if name.startswith(("Interop/", "Faults/")):
            place = TESTS / name
            continue
        if suite:
            place = next(TESTS.rglob(f"{suite[1]}.swift"), Path(suite[1]))
        if place:
            yield place, f"func {suite[2] or ''}" if suite else f"(func|def) (test_)?{name}\\("
    for name in re.findall(r"`(\w+)`", targets):
        yield ROOT / "Fuzz/Sources/Fuzz/Fuzz.swift", f'"{name}": '


@pytest.mark.parametrize(
    ("place", "pattern"), list(proofs()), ids=lambda part: getattr(part, "name", part)
)
def test_a_test_that_is_named_is_there(place, pattern):
    assert re.search(pattern, place.read_text())


def test_the_documents_name_tests():
    assert len(list(proofs())) > 80
