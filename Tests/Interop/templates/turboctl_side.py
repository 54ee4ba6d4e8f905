"""turboctl, which renders what Django renders."""

import os
import subprocess

from case import PAGE
from tool import BINARY, Result


def render(case, directory, *options):
    """What `turboctl render` did with the case that was written to the directory."""
    arguments = ["--template", PAGE, "--templates", "templates", "--context", "context.json"]
    arguments += ["--timezone", case.timezone]
    if not case.autoescape:
        arguments.append("--no-autoescape")
    if case.config:
        arguments += ["--config", "config.json"]
    return run("render", *arguments, *options, directory=directory)


def run(*arguments, directory, input=b""):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "LANG": "C.UTF-8",
        # The report of a crash can hang.
        "SWIFT_BACKTRACE": "enable=no",
    }
    done = subprocess.run(
        [BINARY, *arguments],
        cwd=directory,
        env=environment,
        input=input,
        capture_output=True,
        timeout=20,
    )
    return Result(done.returncode, done.stdout, done.stderr)
