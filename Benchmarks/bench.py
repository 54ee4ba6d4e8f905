"""What the benchmarks share: the tool, the real peers of the interop tests, and what a process costs."""

import os
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOL = str(ROOT / "build" / "turboctl")
sys.path.insert(0, str(ROOT / "Tests" / "Interop"))

from peers import Server, wait_until  # noqa: E402, F401

# The environment of a shell, with its locale and its home, which all sides look at.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("TURBOCTL_", "REDIS"))
}
SILENT = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
]
# What a send has the server do, each with all that it calls, which the server counts once more.
OUTER = ("eval", "evalsha", "exec", "zrange")


def run(command):
    """Wall seconds of a whole process, started with as little ado as there is."""
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, ENVIRONMENT, file_actions=SILENT)
    _, status = os.waitpid(process, 0)
    took = time.perf_counter() - began
    assert status == 0, command
    return took


class Peak:
    """Peak memory as GNU time sees it: a child of ours would count our own until it starts."""

    def __init__(self):
        self.file = tempfile.NamedTemporaryFile()

    def of(self, command):
        return ["time", "--format", "%M", "--output", self.file.name, *command]

    @property
    def megabytes(self):
        return int(Path(self.file.name).read_text()) / 1024


def peak_of(command):
    peak = Peak()
    subprocess.run(peak.of(command), env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return peak.megabytes


def consumed(server, action):
    """Of the server for `action()`, without asking: bytes read, ms of its processor and in its commands."""

    def usage():
        info = server.client.info("stats", "cpu", "commandstats")
        commands = (info.get(f"cmdstat_{name}", {"usec": 0})["usec"] for name in OUTER)
        processor = info["used_cpu_user_main_thread"] + info["used_cpu_sys_main_thread"]
        return info["total_net_input_bytes"], processor * 1000, sum(commands) / 1000

    first, second = usage(), usage()
    action()
    third = usage()
    used = (c - b - (b - a) for a, b, c in zip(first, second, third))
    return dict(zip(("bytes", "processor", "commands"), used))


def machine(server):
    """One line on what the figures hold for."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    redis = server.client.info("server")["redis_version"]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Redis {redis} on loopback, "
        f"channels_redis {version('channels_redis')}"
    )
