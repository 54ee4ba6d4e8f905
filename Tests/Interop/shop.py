"""The commands of our documents, and a project to run them in.

What a fenced block is, its language says:

    sh        a script that ends with 0
    console   what is typed behind "$ ", and below it what a terminal shows; ^C ends what would go on
    crontab   lines of a crontab
    ini       a unit of systemd
    json      a configuration file
    django    a template
    python    what is typed into the site's `manage.py shell`
    text      none of these: it is not run
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from terminal import ProgramTerminal
from tool import BINARY

ROOT = Path(__file__).parents[2]
SHOP = Path(__file__).with_name("shop")
LIMIT = 60


@dataclass
class Block:
    """A fenced block, or an example of a man page."""

    path: str
    line: int
    language: str
    text: str

    @property
    def name(self):
        return f"{self.path}:{self.line}"


def blocks():
    """Every fenced block of the documents."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
    fence = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    for path in paths:
        document = path.read_text()
        for match in fence.finditer(document):
            line = document[: match.start()].count("\n") + 1
            yield Block(str(path.relative_to(ROOT)), line, match[1], match[2])


# What stands for a character in roff.
ROFF = {"-": "-", "(aq": "'", "(dq": '"', "(ga": "`", "(ha": "^", "(ti": "~", "e": "\\"}


def examples():
    """Every example of the man pages, as it is shown there."""
    for path in sorted((ROOT / "man").iterdir()):
        is_example = is_shown = False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith(".Sh "):
                is_example = line == ".Sh EXAMPLES"
            elif line.startswith((".Bd", ".Ed")):
                is_shown = line.startswith(".Bd")
            elif is_example and is_shown:
                text = re.sub(r"\\(-|\(..|e)", lambda match: ROFF[match[1]], line)
                yield Block(f"man/{path.name}", number, "sh", text)


def typed(text):
    """The commands of a `console` block, each with the lines that it shows."""
    found = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0] + "\n" + line, [])
        else:
            found[-1][1].append(line)
    return found


DURATION = r"(?:\d+(?:\.\d+)? ?(?:ms|s|m|h|d)\b ?)+"
VARYING = [
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d\d:\d\d:\d\d\.\d+", "TIME"),
    (r"\b[0-9a-f]{4}…[0-9a-f]{12}|\b[0-9a-f]{12,}", "ID"),
    (r"127\.0\.0\.1:\d+", "HOST"),
    (r"(clock|min|avg|max|p99) -?[\d.]+( ms)?", r"\1 N"),
    (rf"{DURATION}(?:to {DURATION})?ago", "AGO"),
    (DURATION, "DURATION "),
    (r"\d+(\.\d+)+", "N"),
    (r"\s+", " "),
]


def constant(lines):
    """The lines without what differs from run to run."""
    text = "\n".join(line.rstrip() for line in lines if line.strip())
    for pattern, name in VARYING[:-1]:
        text = re.sub(pattern, name, text)
    return [re.sub(*VARYING[-1], line).strip() for line in text.splitlines()]


class Shop:
    """A folder with what the documents speak of, and programs that stand for a user's own."""

    def __init__(self, folder, server):
        self.folder, self.server = Path(folder), server
        subprocess.run(["cp", "-r", f"{SHOP}/.", folder], check=True)
        (self.folder / "bin/turboctl").symlink_to(BINARY)
        (self.folder / "manage.py").symlink_to("site/manage.py")
        python = self.folder / "site/.venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        path = [self.folder / "bin", python.parent, os.environ["PATH"]]
        self.environment = {
            "PATH": os.pathsep.join(map(str, path)),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "VIRTUAL_ENV": str(python.parents[1]),
            "NO_COLOR": "1",
            "TURBOCTL_REDIS_URL": server.url,
        }

    def run(self, command, **options):
        """The result of a program, which no terminal is there for."""
        return subprocess.run(
            command,
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT,
            **options,
        )

    def here(self, text):
        """The Redis of the documents is the one that there is."""
        return text.replace("127.0.0.1:6379", f"127.0.0.1:{self.server.port}")

    def script(self, text):
        command = ["bash", "-euo", "pipefail", "-c", self.here(text)]
        if goes_on(text):
            command = ["timeout", "--signal=INT", "--preserve-status", "2", *command]
        return self.run(command)

    def type(self, command, until=None):
        """Types a command line: its code, and the lines seen; with `until`, Ctrl-C once it is so."""
        shell = ["bash", "-c", self.here(command)]
        terminal = ProgramTerminal(shell, self.environment, 200, 40, self.folder)
        try:
            deadline = time.monotonic() + LIMIT
            while until and not until(seen(terminal)):
                assert time.monotonic() < deadline, seen(terminal)
                terminal.read()
            if until:
                terminal.type(b"\x03")
            return terminal.finish(LIMIT), seen(terminal)
        finally:
            terminal.stop()


def seen(terminal):
    return terminal.text.decode(errors="replace").replace("\r", "").splitlines()


def goes_on(command):
    """Whether it would not end by itself."""
    return re.search("--watch|turboctl tail ", command) and not re.search("--(count|timeout)", command)
