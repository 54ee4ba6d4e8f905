"""turboctl, which renders what Django renders."""

import os
import subprocess
from functools import cache

import pytest

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


@cache
def knows(option):
    helps = [run(*command, "--help", directory="/").stdout for command in ([], ["render"])]
    return option in "".join(helps)


def needs(case):
    if case.config and not knows("--config"):
        pytest.skip("render reads no configuration yet")


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
