"""turboctl, run as a user runs it: in a clean environment, in an empty folder."""

import contextlib
import fcntl
import json
import os
import re
import select
import signal
import subprocess
import termios
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peers import wait_until

BINARY = Path(
    os.environ.get("TURBOCTL", Path(__file__).parents[2] / "build" / "turboctl")
).absolute()

GROUP = "turbo_stream.chat_1"
# Seconds in which a run has ended that was told to, or whose time is over: it has two of them to leave its
# groups, and a machine with much else to do is slow.
GRACE = 5.0
# The article's element, and the command that renders it.
HELLO = (
    '<turbo-stream action="update" target="chat-1-message-list">'
    "<template>Hello World</template></turbo-stream>"
)
UPDATE = ["--action", "update", "--target", "chat-1-message-list"]
SEND_HELLO = ["send", GROUP, *UPDATE, "--html", "Hello World"]


def element(content):
    """The article's element around other content."""
    return HELLO.replace("Hello World", content)


def html_message(html):
    return {"type": "html_message", "html": html}


def age_of(text):
    """Seconds since a time that the tool printed."""
    return time.time() - datetime.fromisoformat(text).timestamp()


def shown(text, most=600):
    return text if len(text) <= most else text[: most // 2] + b" ... " + text[-most // 2 :]


@dataclass(repr=False)
class Result:
    code: int
    output: bytes
    errors: bytes

    @property
    def stdout(self):
        return self.output.decode()

    @property
    def stderr(self):
        return self.errors.decode()

    @property
    def objects(self):
        """The lines of stdout as JSON."""
        return [json.loads(line) for line in self.output.split(b"\n") if line]

    def __repr__(self):
        return f"exit code {self.code}, stdout {shown(self.output)}, stderr {shown(self.errors)}"

    def succeeded(self):
        assert self.code == 0, self
        assert not self.errors, self
        return self

    def failed(self, code):
        """One line on stderr, and at most one hint."""
        assert self.code == code, self
        assert re.fullmatch(r"turboctl: [^\n]+\n(hint: [^\n]+\n)?", self.stderr), self
        return self


# What a background shell or nohup ignores would stay ignored in the tool.
IGNORED = [
    number
    for number in (signal.SIGINT, signal.SIGHUP)
    if signal.getsignal(number) == signal.SIG_IGN
]


def heed_signals():
    for number in IGNORED:
        signal.signal(number, signal.SIG_DFL)


class Run:
    """A turboctl in the background; its output goes to files, so that it never has to wait."""

    def __init__(self, command, environment, directory, input=None, stdout=None, stdin=None):
        self.out, self.err, given = (Path(directory, name) for name in ("out", "err", "in"))
        given.write_bytes(input or b"")
        with self.out.open("wb") as out, self.err.open("wb") as err, given.open("rb") as file:
            self.process = subprocess.Popen(
                command,
                env=environment,
                cwd=directory,
                stdin=stdin or file,
                stdout=stdout or out,
                stderr=err,
                # Without one, Python does not copy itself first.
                preexec_fn=heed_signals if IGNORED else None,
                # A stop is for a group whose leader's parent is there: with ours it would depend on who
                # started the tests.
                process_group=0,
            )

    @property
    def output(self):
        return self.out.read_bytes()

    def write(self, text):
        """Writes to stdin, which was started as a pipe."""
        self.process.stdin.write(text.encode() if isinstance(text, str) else text)
        self.process.stdin.flush()

    @contextlib.contextmanager
    def fed(self, text):
        """Writes to stdin meanwhile, but for the last line, which comes at the end: however fast it is, until
        then it does not end by itself."""
        *lines, last = text.splitlines(keepends=True)
        thread = threading.Thread(target=self.offer, args=["".join(lines)], daemon=True)
        thread.start()
        yield
        thread.join()
        self.offer(last)
        with contextlib.suppress(BrokenPipeError):
            self.close()

    def offer(self, text):
        """Writes to stdin what it may be too late for."""
        with contextlib.suppress(BrokenPipeError):
            self.write(text)

    def has_read(self):
        """Whether nothing of what was written to stdin is left there."""
        return not any(fcntl.ioctl(self.process.stdin, termios.FIONREAD, bytes(4)))

    def close(self):
        """Ends stdin."""
        self.process.stdin.close()

    def printed(self, expected):
        """Waits until stdout is so many bytes, and compares."""
        wait_until(lambda: len(self.output) >= len(expected) or self.ended)
        assert self.output == expected, self.err.read_text()

    @property
    def ended(self):
        return self.process.poll() is not None

    @property
    def peak(self):
        """The most memory that it has ever held, in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1])

    def signal(self, number):
        self.process.send_signal(number)
        return self

    def wait(self, timeout=10.0):
        """As Popen's, which looks every few milliseconds alone."""
        if not self.ended:
            descriptor = os.pidfd_open(self.process.pid)
            select.select([descriptor], [], [], timeout)
            os.close(descriptor)
        return self.process.wait(0)

    def finish(self, timeout=10.0):
        self.wait(timeout)
        return Result(self.process.returncode, self.output, self.err.read_bytes())

    def stop(self):
        if not self.ended:
            self.process.kill()
            self.process.wait()


class Turboctl:
    """Runs the tool against one server, which it finds in its environment."""

    def __init__(self, server, directory):
        self.server = server
        self.environment = {"TURBOCTL_REDIS_URL": server.url}
        self.directory = Path(directory)
        # What it is started by, as `env -u HOME`.
        self.wrapper = []
        self.runs = []

    def start(self, *arguments, input=None, env=None, **options):
        if isinstance(input, str):
            input = input.encode()
        home = self.directory / str(len(self.runs))
        home.mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            **self.environment,
            **(env or {}),
        }
        command = [*self.wrapper, str(BINARY), *map(str, arguments)]
        run = Run(command, environment, home, input, **options)
        self.runs.append(run)
        return run

    def __call__(self, *arguments, input=None, env=None, timeout=30.0):
        return self.start(*arguments, input=input, env=env).finish(timeout)

    def tail(self, *arguments, groups=(GROUP,), **options):
        """A tail that is a member of the groups already."""
        before = {group: self.members(group) for group in groups}
        run = self.start("tail", *arguments, **options)
        wait_until(
            lambda: run.ended or all(self.members(group) - before[group] for group in groups)
        )
        assert not run.ended, run.finish()
        return run

    def members(self, group):
        return {name for name in self.server.members(group) if name.startswith("turboctl.")}

    def stop(self):
        for run in self.runs:
            run.stop()
