"""The page of django-turbo-helper: {% turbo_stream_from %}, over django-actioncable."""

import re
import subprocess
import sys

from browser import LIST

BROADCAST = """
import django
django.setup()
from django.utils.safestring import mark_safe
from turbo_helper.channels.broadcasts import broadcast_action_to
content = mark_safe("<p>new</p>")
broadcast_action_to("chat", 1, action="append", target="chat-1-message-list", content=content)
"""
APPEND = ["send", "--chat", 1, "-a", "append", "-t", LIST[1:], "--html"]


def test_a_frame_arrives_at_the_signed_stream(turboctl, open_window):
    window = open_window("/cable/1/", "chat_1")
    source = "return document.querySelector('turbo-cable-stream-source').outerHTML"
    assert re.search(r'signed-stream-name="chat_1:[\w-]{43}"', window.run(source))
    before = window.html()
    html = "<p>é 👩‍👩‍👧 \"a\" &lt; \\ 'b'</p>"
    turboctl(*APPEND, html, "--envelope", "actioncable").succeeded()
    window.shows(before + html)


def test_the_message_is_the_one_that_django_broadcasts(turboctl, open_window, daphne):
    window = open_window("/cable/1/", "chat_1")
    before = window.html()
    tail = turboctl.tail("chat_1", "--count", 2, "--json", groups=["chat_1"])
    environment = {**daphne.environment, "DJANGO_SETTINGS_MODULE": "pages.settings"}
    subprocess.run([sys.executable, "-c", BROADCAST], env=environment, check=True, timeout=30)
    turboctl(*APPEND, "<p>new</p>", "--envelope", "actioncable").succeeded()
    by_django, by_turboctl = tail.finish().succeeded().objects
    assert by_turboctl["message"] == by_django["message"]
    window.shows(before + "<p>new</p>" * 2)


def test_each_envelope_reaches_its_own_pages(turboctl, open_window, open_chat):
    cable, article = open_window("/cable/1/", "chat_1"), open_chat(1)
    before = cable.html()
    assert article.html() == before
    # The second of each shows that the first did not arrive late.
    for text in ("1", "2"):
        turboctl(*APPEND, f"cable {text} ", "--envelope", "actioncable").succeeded()
        turboctl(*APPEND, f"article {text} ").succeeded()
    cable.shows(before + "cable 1 cable 2 ")
    article.shows(before + "article 1 article 2 ")
