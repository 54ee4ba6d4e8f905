"""Templates of the site: what turboctl renders is what Django rendered on the page."""

import json

import pytest

from browser import LIST, SITE, wait_until

MESSAGES = json.loads((SITE / "pages" / "messages.json").read_text())
TEMPLATES = ["--templates", SITE / "pages" / "templates"]
TO_LIST = ["send", "--chat", 1, "-t", LIST[1:]]


def test_the_list_looks_like_the_one_that_django_rendered(turboctl, open_chat):
    window = open_chat(1)
    by_django = window.html()
    turboctl(*TO_LIST, "-a", "update", "--html", "").succeeded()
    window.shows("")
    context = ["--set-json", f"object_list={json.dumps(MESSAGES)}"]
    template = ["--template", "message_list.html", *TEMPLATES, *context]
    turboctl(*TO_LIST, "-a", "update", *template).succeeded()
    window.shows(by_django)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["role"])
def test_a_message_looks_like_the_one_that_django_rendered(turboctl, open_chat, message):
    window = open_chat(1)
    item = f"#message_{message['pk']}"
    by_django = window.get("outerHTML", item)

    # Turbo puts it in place of the one with its id.
    window.run("document.querySelector(arguments[0]).byDjango = true", item)
    context = ["--set-json", f"instance={json.dumps(message)}"]
    template = ["--template", "message_item.html", *TEMPLATES, *context]
    turboctl(*TO_LIST, "-a", "append", *template).succeeded()
    wait_until(lambda: not window.get("byDjango", item))
    assert window.get("outerHTML", item) == by_django
