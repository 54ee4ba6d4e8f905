"""The picture for the README: .build-browser/screenshot.png, to be copied to docs/."""

import json
import shlex
from pathlib import Path

from browser import LIST, SITE, wait_until

PICTURE = Path(__file__).parents[2] / ".build-browser" / "screenshot.png"
SHOWN = """
return [...document.querySelectorAll("iframe")].map(
  frame => frame.contentDocument.querySelectorAll(".message").length)
"""
CONTENT = "Every window on chat 1:\nthis one, and the other."
REPLY = {"pk": 4, "role": "assistant", "content": CONTENT}
SENDS = [
    ["append", "-t", LIST[1:], "--html", '<p class="message user">Who sees this?</p>'],
    ["append", "-t", LIST[1:], "--template", "message_item.html", "--context", "reply.json"],
]


def test_two_windows_side_by_side(turboctl, open_window, driver, tmp_path):
    window = open_window("/windows/", "turbo_stream.chat_1", pages=2)
    (tmp_path / "reply.json").write_text(json.dumps({"instance": REPLY}))
    typed = ""
    for send in SENDS:
        command = ["send", "--chat", "1", "-a", *send]
        typed += f"$ turboctl {shlex.join(command)}\n"
        directory = [str(tmp_path / word) if word == "reply.json" else word for word in command]
        env = {"TURBOCTL_TEMPLATES": str(SITE / "pages" / "templates")}
        typed += turboctl(*directory, env=env).succeeded().stdout
    wait_until(lambda: window.run(SHOWN) == [4, 4])
    window.run("document.querySelector('#typed').textContent = arguments[0].trim()", typed)
    driver.set_window_size(1000, 640)
    PICTURE.write_bytes(driver.find_element("tag name", "body").screenshot_as_png)
    assert PICTURE.stat().st_size <= 60_000
