"""The cases: templates and contexts that both sides render, as tables under cases/.

A table is a Python file. `RENDERS` lists what both sides print alike, `FAILS` what is an error on
both sides. An entry is the template's source; or source and context; or a `Case`. `CONTEXT` is the
context of those entries that bring none.
"""

import json
import runpy
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

TABLES = Path(__file__).parent / "cases"
# What --template names.
PAGE = "page.html"


@dataclass(frozen=True)
class Case:
    source: str
    # Dates are real ones here, and ISO 8601 in the JSON that turboctl reads.
    context: dict | None = None
    # Other templates, by name.
    templates: dict = field(default_factory=dict)
    autoescape: bool = True
    timezone: str = "UTC"
    # Of turboctl's configuration: string_if_invalid, static_url, static_manifest, urls.
    config: dict = field(default_factory=dict)

    @property
    def json(self):
        return json.dumps(self.context or {}, default=iso, ensure_ascii=False)

    def write(self, directory):
        """Writes the templates and the context to an empty directory."""
        for name, source in {PAGE: self.source, **self.templates}.items():
            path = directory / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.encode())
        (directory / "context.json").write_text(self.json)
        if self.config:
            (directory / "config.json").write_text(json.dumps(self.config))
            (directory / "config.json").chmod(0o600)


def iso(value):
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"{value!r} is no JSON")


def load(kind):
    """All cases of a kind, "RENDERS" or "FAILS", by name."""
    cases = {}
    for path in sorted(TABLES.rglob("*.py")):
        table = runpy.run_path(str(path))
        for number, entry in enumerate(table.get(kind, ()), 1):
            case = made(entry, table.get("CONTEXT"))
            cases[f"{path.parent.name}/{path.stem}-{number}"] = case
    return cases


def made(entry, context):
    match entry:
        case str():
            return Case(entry, context)
        case (source, own):
            return Case(source, own)
        case Case(context=None):
            return Case(**{**vars(entry), "context": context})
    return entry
