"""`make demo-browser`: what it says to type works, and an interrupt leaves nothing of it."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import redis

from browser import Window, wait_until
from peers import accepts

DEMO = Path(__file__).with_name("demo.py")
INTEROP = DEMO.parents[1] / "Interop"


@contextmanager
def demo(directory):
    """The demo with its files in `directory`, and what it says; interrupted at the end."""
    output = directory / "output"
    environment = {**os.environ, "PYTHONPATH": str(INTEROP), "TMPDIR": str(directory)}
    with output.open("wb") as out:
        command = [sys.executable, DEMO]
        process = subprocess.Popen(command, env=environment, stdout=out, start_new_session=True)
    try:
        wait_until(lambda: "Ctrl-C" in output.read_text(), timeout=60)
        yield output.read_text()
    finally:
        # From a terminal it comes to Redis and Daphne, too.
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 0


def type_all(guide):
    """Types each command of the guide into one shell."""
    lines = [line.strip() for line in guide.splitlines() if line.startswith("  ")]
    script = "\n".join(["shopt -s expand_aliases", "set -e", *lines])
    typed = subprocess.run(["bash", "-c", script], text=True, capture_output=True, timeout=30)
    assert (typed.returncode, typed.stderr) == (0, "")
    return typed.stdout


def test_what_the_demo_says_to_type_changes_its_pages(driver, tmp_path):
    with demo(tmp_path) as guide:
        addresses = re.findall(r"http://127\.0\.0\.1:\d+/[\w/]+", guide)
        chat, cable = [Window(driver, address) for address in addresses]
        with redis.Redis.from_url(re.search(r"redis://\S+", guide)[0]) as client:
            wait_until(lambda: len(client.keys("asgi:group:*")) == 2)
        before = cable.html()
        assert re.search(r"^1 +turbo_stream\.chat_1 +1 ", type_all(guide), re.MULTILINE)
        cable.shows(before + "Hello World")
        wait_until(lambda: chat.html("#message_1") is None)
        assert chat.text("#message_3 p") == "2 > 1"
        assert "Hello World" in chat.text()
        chat.close()
        cable.close()
    ports = map(int, re.findall(r"127\.0\.0\.1:(\d+)", guide))
    assert not any(accepts(port) for port in ports)
    assert [file.name for file in tmp_path.iterdir()] == ["output"]
