"""Templates of the site: what turboctl renders is what Django rendered on the page."""

import json

import pytest

from browser import LIST, SITE
from peers import wait_until

MESSAGES = json.loads((SITE / "pages" / "messages.json").read_text())
TEMPLATES = SITE / "pages" / "templates"


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["role"])
def test_a_message_looks_like_the_one_that_django_rendered(turboctl, open_chat, message):
    window = open_chat(1)
    item = f"#message_{message['pk']}"
    by_django = window.run("return document.querySelector(arguments[0]).outerHTML", item)

    # Turbo puts it in place of the one with its id.
    window.run("document.querySelector(arguments[0]).byDjango = true", item)
    template = ["--template", "message_item.html", "--templates", TEMPLATES]
    instance = ["--set-json", f"instance={json.dumps(message)}"]
    turboctl("send", "--chat", 1, "-a", "append", "-t", LIST[1:], *template, *instance).succeeded()
    wait_until(lambda: not window.run("return document.querySelector(arguments[0]).byDjango", item))
    assert window.run("return document.querySelector(arguments[0]).outerHTML", item) == by_django
