"""tail on a terminal: pretty, in colour, and driven by nobody but its user."""

import fcntl
import os
import pty
import re
import signal
import struct
import termios

import pytest

from peers import wait_until
from tool import GROUP, HELLO, element


class Terminal:
    def __init__(self, columns=60):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.set_blocking(self.master, False)
        self.seen = b""

    def shown(self):
        try:
            while data := os.read(self.master, 65536):
                self.seen += data
        except BlockingIOError:
            pass
        return self.seen.decode().replace("\r\n", "\n")

    def close(self):
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.close()


def plain(text):
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def test_a_terminal_gets_it_pretty(turboctl, process, terminal):
    tail = turboctl.tail(GROUP, "--count", 1, stdout=terminal.slave)
    html = '<ul class="list"><li id="a">One <b>two</b></li><li>' + "word " * 20 + "</li></ul>"
    process.send_html(GROUP, element(html) + '<turbo-stream action="refresh"></turbo-stream>')
    tail.finish().succeeded()
    shown = terminal.shown()
    assert "\x1b[36m<li id=\"a\">\x1b[0m" in shown
    lines = plain(shown).splitlines()
    assert re.fullmatch(rf"\d\d:\d\d:\d\d\.\d{{3}} {GROUP} update → chat-1-message-list", lines[0])
    assert lines[1:4] == [
        '  <ul class="list">',
        '    <li id="a">One <b>two</b></li>',
        "    <li>word word word word word word word word word word",
    ]
    assert max(map(len, lines[1:])) <= 60
    assert lines[-1].endswith("refresh")


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {"CLICOLOR_FORCE": "1"}, False),
        (["--color=always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_on_a_terminal(turboctl, process, terminal, options, environment, colored):
    tail = turboctl.tail(GROUP, "--count", 1, *options, stdout=terminal.slave, env=environment)
    process.send_html(GROUP, HELLO)
    tail.finish().succeeded()
    assert ("\x1b[" in terminal.shown()) is colored


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"CLICOLOR_FORCE": "0"}, False),
        (["--color", "always"], {}, True),
        (["--color", "never"], {"CLICOLOR_FORCE": "1"}, False),
    ],
)
def test_colours_of_errors(turboctl, options, environment, colored):
    result = turboctl("sned", *options, env=environment)
    assert result.code == 2
    assert result.stderr.startswith("\x1b[1;31mturboctl:\x1b[0m " if colored else "turboctl: ")
    assert ("\x1b[2mhint: " in result.stderr) is colored


HOSTILE = [
    "\x1b[2J\x1b[H",
    "\x1b]52;c;eA==\x07",
    "\x1b]0;title\x1b\\",
    "\x1b[6n\x9b6n",
    "safe\rovertyped",
    "\u202eright to left\u2066",
    "<p title='\x1b[31m'>\x00</p><!-- \x07 -->",
]


@pytest.mark.parametrize("form", ["html", "pretty", "json"])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_from_outside_drives_a_terminal(turboctl, process, terminal, text, form):
    tail = turboctl.tail(GROUP, "--count", 3, "--format", form, stdout=terminal.slave)
    process.send_html(GROUP, text, HELLO.replace("chat-1-message-list", text) + text)
    process.send(GROUP, {"type": text + "x", "note": text})
    tail.finish().succeeded()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066]", plain(terminal.shown()))


def test_ctrl_z_and_back(turboctl, process, terminal):
    tail = turboctl.tail(GROUP, stdout=terminal.slave)
    tail.signal(signal.SIGTSTP)
    wait_until(lambda: open(f"/proc/{tail.process.pid}/stat").read().split()[2] == "T")
    process.send_html(GROUP, HELLO)
    assert terminal.shown() == ""
    tail.signal(signal.SIGCONT)
    wait_until(lambda: "Hello World" in terminal.shown())
    process.send_html(GROUP, element("again"))
    wait_until(lambda: "again" in terminal.shown())
