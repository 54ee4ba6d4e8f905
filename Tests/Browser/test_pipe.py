"""`turboctl pipe`: a message that grows in every window while it is written."""

import subprocess

import pytest

from browser import LIST, SITE, wait_until

START = ["--start", "message_started.turbo_stream.html", "--set", f"list={LIST[1:]}", "--set", "pk=3"]
# The third ends within a character.
PIECES = [b"Once ", b"<b>upon</b> & ", b"a t\xc3", b"\xafme, ", "👩‍👩‍👧 lived.".encode()]


@pytest.mark.parametrize("mode", ["append", "update"])
def test_a_message_grows_as_it_is_written(turboctl, open_chat, mode):
    windows = [open_chat(1), open_chat(1)]
    command = ["pipe", "--chat", 1, "--targets", "#message_3 p", "--mode", mode]
    templates = ["--templates", SITE / "pages" / "templates"]
    run = turboctl.start(*command, *START, *templates, stdin=subprocess.PIPE)
    written = b""
    for piece in PIECES:
        run.write(piece)
        written += piece
        for window in windows:
            shown = written.decode(errors="ignore")
            wait_until(lambda: window.text("#message_3 p") == shown)
            assert window.run("return document.querySelectorAll('#message_3').length") == 1
    run.close()
    run.finish().succeeded()
    assert [window.text("#message_3 p") for window in windows] == [written.decode()] * 2
