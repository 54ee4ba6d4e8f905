"""--watch redraws in place, heeds its keys, and leaves the terminal as it was however it ends."""

import os
import re
import signal
import time

import pytest

from peers import is_full, unused_port, wait_until
from terminal import Terminal
from test_inventory import fill_with_hostile_names
from test_removal import open_terminal  # noqa: F401
from tool import GRACE, GROUP

ENTER, LEAVE = rb"\x1b\[\?1049h", rb"\x1b\[\?1049l"
# What a frame may hold beside text: home, clear to the end of the line and of the screen.
FRAME = re.compile(rb"\x1b(\[H|\[K|\[J|\[\?25[lh]|\[\?1049[lh])")


@pytest.fixture
def watch(open_terminal, process):  # noqa: F811
    process.join(GROUP)
    process.join("turbo_stream.chat_2")
    process.join("turbo_stream.chat_2")

    def watch(*options, **size):
        terminal = open_terminal("chats", "list", "--watch", "0.2", *options, **size)
        terminal.wait_for(ENTER)
        terminal.wait_for(rb"\x1b\[H.*?turbo_stream.chat_2.*?\x1b\[J")
        return terminal

    return watch


def restored(terminal):
    assert re.search(LEAVE, terminal.text), terminal.text
    assert terminal.text.rindex(b"\x1b[?25h") > terminal.text.rfind(b"\x1b[?25l")
    return terminal.is_as_before


def test_q_ends_it(watch):
    terminal = watch()
    assert not terminal.is_as_before
    terminal.type(b"q")
    assert terminal.finish() == 0
    assert restored(terminal)


def test_it_follows_what_changes(watch, process):
    terminal = watch()
    process.join("turbo_stream.chat_77")
    terminal.wait_for(rb"\x1b\[H.*?turbo_stream.chat_77.*?\x1b\[J")


def test_a_key_sorts_at_once(open_terminal, process):  # noqa: F811
    process.join(GROUP)
    for _ in range(2):
        process.join("turbo_stream.chat_2")
    terminal = open_terminal("chats", "list", "--watch", "1h")
    terminal.wait_for(rb"\x1b\[H[^\r]*by group.*?chat_1 .*?chat_2 .*?\x1b\[J")
    terminal.type(b"c")
    terminal.wait_for(rb"\x1b\[H[^\r]*by channels.*?chat_2 .*?chat_1 .*?\x1b\[J")
    terminal.type(b"xn")
    terminal.wait_for(rb"\x1b\[H[^\r]*by group.*?chat_1 .*?chat_2 .*?\x1b\[J")


def test_no_frame_clears_the_screen_first(watch):
    terminal = watch()
    wait_until(lambda: terminal.read() or terminal.text.count(b"\x1b[H") > 4)
    terminal.type(b"q")
    terminal.finish()
    assert b"\x1b[2J" not in terminal.text
    assert b"\x1b" not in FRAME.sub(b"", terminal.text)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal(watch, number, code):
    terminal = watch()
    terminal.process.send_signal(number)
    assert terminal.finish() == code
    assert restored(terminal)


def test_ctrl_c(watch):
    terminal = watch()
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    assert restored(terminal)


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGQUIT])
def test_what_would_leave_the_terminal_unrestored_is_not_heeded(watch, number):
    terminal = watch()
    terminal.process.send_signal(number)
    terminal.wait_for(rb"\x1b\[H.*?\x1b\[J")
    terminal.type(b"q")
    assert terminal.finish() == 0


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(open_terminal, process):  # noqa: F811
    process.join(GROUP)
    # A shell with job control, which goes on when its job stops.
    script = 'set -m; "$0" "$@"; echo stopped $?; stty -a; fg; echo ended $?'
    command = ["chats", "list", "--watch", "0.2"]
    terminal = open_terminal(*command, shell=["/bin/bash", "-c", script])
    terminal.wait_for(ENTER + rb".*?turbo_stream.chat_1.*?\x1b\[J")
    terminal.type(b"\x1a")
    terminal.wait_for(LEAVE)
    # 148 is 128 and SIGTSTP.
    terminal.wait_for(rb"stopped 148.* icanon .* echo ")
    terminal.wait_for(ENTER + rb".*?turbo_stream.chat_1.*?\x1b\[J")
    terminal.type(b"q")
    terminal.wait_for(LEAVE + rb".*ended 0")
    assert terminal.finish() == 0
    assert terminal.is_as_before


def test_an_error_restores_the_terminal_before_it_is_said(watch, server):
    terminal = watch()
    server.client.config_set("requirepass", "secret")
    try:
        server.client.client_kill_filter(_type="normal", skipme=True)
        assert terminal.finish() == 3
    finally:
        server.client.config_set("requirepass", "")
    assert restored(terminal)
    assert terminal.text.rindex(b"turboctl:") > terminal.text.rindex(b"\x1b[?1049l")


def restart(server):
    again = ["--port", str(server.port), "--unixsocket", str(server.socket)]
    server.process = type(server.process)(["redis-server", *again, "--save", ""], stdout=-3)
    wait_until(server.ready)


@pytest.mark.parametrize("end", [b"q", b"\x03", None])
def test_a_server_that_restarts_is_looked_at_again(start_server, start_process, end):
    server = start_server()
    start_process(server.url).join(GROUP)
    terminal = Terminal(server, "chats", "list", "--watch", "0.2")
    try:
        terminal.wait_for(rb"turbo_stream.chat_1 ")
        server.process.kill()
        server.process.wait()
        # What was seen last stays.
        terminal.wait_for(rb"not looked at: .*trying again.*turbo_stream.chat_1 ")
        if end is None:
            restart(server)
            start_process(server.url).join("turbo_stream.chat_2")
            terminal.wait_for(rb"\x1b\[H((?!not looked at).)*turbo_stream.chat_2 ")
        terminal.type(end or b"q")
        assert terminal.finish() == (130 if end == b"\x03" else 0)
        assert restored(terminal)
    finally:
        terminal.stop()


def test_without_a_terminal_a_lost_server_is_said_once(turboctl_for, start_server):
    server = start_server()
    run = turboctl_for(server).start("chats", "list", "--watch", "0.1")
    wait_until(lambda: run.output)
    server.process.kill()
    server.process.wait()
    wait_until(lambda: b"cannot connect" in run.err.read_bytes())
    time.sleep(0.5)
    assert run.err.read_text().count("cannot connect") == 1
    seen = len(run.output)
    restart(server)
    wait_until(lambda: len(run.output) > seen)
    assert run.signal(signal.SIGTERM).finish(GRACE).code == 143


def test_a_server_that_is_down_from_the_start_is_3(turboctl):
    url = f"redis://127.0.0.1:{unused_port()}"
    turboctl("chats", "list", "--watch", "0.1", "--redis", url).failed(3)


def test_the_keys_are_named_on_a_narrow_terminal_too(open_terminal, process):  # noqa: F811
    process.join(GROUP)
    terminal = open_terminal("chats", "list", "--watch", "0.2", columns=50)
    terminal.wait_for(rb"\x1b\[H[^\r]*\r\n\[q\]uit, sort: n c p u o j\x1b\[K")


def test_its_own_end(watch):
    terminal = watch("--timeout", 2)
    assert terminal.finish() == 0
    assert restored(terminal)


@pytest.mark.parametrize(("columns", "rows"), [(40, 5), (80, 24), (200, 60)])
def test_a_frame_fits_the_terminal(server, open_terminal, columns, rows):  # noqa: F811
    now = time.time()
    for number in range(100):
        key = f"asgi:group:turbo_stream.chat_{number:040}"
        server.client.zadd(key, {f"specific.{number:032x}!1": now})
    terminal = open_terminal("chats", "list", "--watch", "0.2", columns=columns, rows=rows)
    frame = terminal.wait_for(rb"\x1b\[H(.*?)\x1b\[J").group(1).decode()
    lines = frame.replace("\x1b[K", "").split("\r\n")
    assert 4 <= len(lines) <= rows
    assert max(map(len, lines)) <= columns


def test_a_new_size_is_drawn_to(watch):
    terminal = watch()
    terminal.resize(40, 10)
    frame = terminal.wait_for(rb"\x1b\[H[^\r]*\r\n([^\r]{0,45})\x1b\[K\r\n.*?\x1b\[J").group(1)
    assert len(frame.decode()) <= 40


@pytest.mark.parametrize(
    "command",
    [
        ["chats", "list"],
        ["chats", "list", "--watch", "0.2", "--timeout", 1],
        ["groups", "show", GROUP],
        ["queue", "list"],
    ],
)
def test_hostile_names_never_reach_a_terminal_raw(server, open_terminal, command):  # noqa: F811
    fill_with_hostile_names(server)
    terminal = open_terminal(*command, columns=120)
    assert terminal.finish() == 0
    text = FRAME.sub(b"", terminal.text)
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text)
    assert b"\r" not in text.replace(b"\r\n", b"")
    assert not re.search("[\x80-\x9f\u202a-\u202e]", text.decode())


def test_without_a_terminal_it_lists_again_and_again(turboctl, process):
    process.join(GROUP)
    run = turboctl.start("chats", "list", "--watch", "0.1", "--json")
    while run.output.count(b"\n") < 3:
        time.sleep(0.02)
    result = run.signal(signal.SIGTERM).finish(GRACE)
    assert result.code == 143
    assert {row["group"] for row in result.objects} == {GROUP}


def test_a_reader_that_goes_away_ends_it(turboctl, process):
    process.join(GROUP)
    reader, writer = os.pipe()
    run = turboctl.start("chats", "list", "--watch", "1h", stdout=writer)
    os.close(writer)
    os.read(reader, 100)
    os.close(reader)
    run.finish(GRACE).succeeded()


def test_a_terminal_without_a_keyboard_is_drawn_on_too(turboctl, process):
    process.join(GROUP)
    master, slave = os.openpty()
    run = turboctl.start("chats", "list", "--watch", "0.1", "--timeout", 2, stdout=slave)
    assert run.finish().code == 0
    os.close(slave)
    text = b""
    try:
        while chunk := os.read(master, 65536):
            text += chunk
    except OSError:
        pass  # How Linux says that a terminal's other end is closed.
    os.close(master)
    assert re.search(ENTER + rb".*\x1b\[H.*turbo_stream.chat_1.*" + LEAVE, text, re.DOTALL)


def test_a_signal_ends_it_while_its_reader_does_not_read(turboctl, server):
    now = time.time()
    for number in range(1000):
        server.client.zadd(f"asgi:group:turbo_stream.chat_{number}", {"specific.a!1": now})
    reader, writer = os.pipe()
    run = turboctl.start("chats", "list", "--watch", "0.1", "--json", stdout=writer)
    os.read(reader, 1)
    wait_until(lambda: is_full(writer))
    os.close(writer)
    assert run.signal(signal.SIGTERM).finish(GRACE).code == 143
    os.close(reader)
