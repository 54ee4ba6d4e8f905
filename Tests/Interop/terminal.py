"""turboctl on a terminal of its own."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

from tool import BINARY, heed_signals, shown


class ProgramTerminal:
    """A program whose three streams are a terminal; `text` is all that it wrote there."""

    def __init__(self, command, environment, columns=100, rows=30, directory=None):
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.text = b""
        self.process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], **environment},
            cwd=directory,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            preexec_fn=self.take,
        )

    def take(self):
        heed_signals()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def resize(self, columns, rows):
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    def read(self, seconds=0.05):
        if select.select([self.master], [], [], seconds)[0]:
            self.text += os.read(self.master, 65536)

    def wait_for(self, pattern, timeout=30.0):
        """The match of a pattern in what was written since the last one was found."""
        deadline = time.monotonic() + timeout
        while not (match := re.search(pattern, self.text, re.DOTALL)):
            assert time.monotonic() < deadline, shown(self.text)
            assert self.process.poll() is None or self.pending, shown(self.text)
            self.read()
        self.text = self.text[match.end() :]
        return match

    @property
    def pending(self):
        return bool(select.select([self.master], [], [], 0)[0])

    def type(self, keys):
        os.write(self.master, keys)

    def finish(self, timeout=10.0):
        """The exit code, once everything is read."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None:
            assert time.monotonic() < deadline, shown(self.text)
            self.read()
        while self.pending:
            self.read()
        return self.process.returncode

    @property
    def is_as_before(self):
        return termios.tcgetattr(self.slave) == self.before

    def stop(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


class Terminal(ProgramTerminal):
    """A turboctl on a terminal."""

    def __init__(self, server, *arguments, columns=100, rows=30, shell=()):
        command = [*shell, str(BINARY), *map(str, arguments)]
        super().__init__(command, {"TURBOCTL_REDIS_URL": server.url}, columns, rows)
