"""The article's page with real Turbo: what the windows show of what turboctl sends."""

import json

import pytest

from browser import LIST, wait_until
from tool import element

FRAME_LIMIT = 1_048_576
OTHER_LIST = "#chat-2-message-list"
TO_LIST = ["send", "--chat", 1, "-t", LIST[1:]]
ITEMS = '<p id="a" class="item">a</p><p id="b" class="item">b</p>'
NEW = "<i>new</i>"
NEW_A = '<p id="a">new</p>'

# What is done to ITEMS, and what they are after it.
ACTIONS = [
    (["append", "-t", "b"], '<p id="a" class="item">a</p><p id="b" class="item">b<i>new</i></p>'),
    (["prepend", "-t", "b"], '<p id="a" class="item">a</p><p id="b" class="item"><i>new</i>b</p>'),
    (["update", "-t", "b"], '<p id="a" class="item">a</p><p id="b" class="item"><i>new</i></p>'),
    (["replace", "-t", "a"], '<i>new</i><p id="b" class="item">b</p>'),
    (["before", "-t", "b"], '<p id="a" class="item">a</p><i>new</i><p id="b" class="item">b</p>'),
    (["after", "-t", "a"], '<p id="a" class="item">a</p><i>new</i><p id="b" class="item">b</p>'),
    (["remove", "-t", "a"], '<p id="b" class="item">b</p>'),
    (
        ["append", "--targets", ".item"],
        '<p id="a" class="item">a<i>new</i></p><p id="b" class="item">b<i>new</i></p>',
    ),
    (["remove", "--targets", ".message-list > .item"], ""),
]
ACTION_IDS = [" ".join(action) for action, _ in ACTIONS]


@pytest.fixture
def windows(turboctl, open_chat):
    """Two on chat 1, with ITEMS."""
    windows = [open_chat(1), open_chat(1)]
    turboctl(*TO_LIST, "-a", "update", "--html", ITEMS).succeeded()
    for window in windows:
        window.shows(ITEMS)
    return windows


@pytest.mark.parametrize("action, after", ACTIONS, ids=ACTION_IDS)
def test_every_window_on_the_chat_changes_and_no_other(turboctl, open_chat, windows, action, after):
    other = open_chat(2)
    to_other = ["send", "--chat", 2, "-t", OTHER_LIST[1:]]
    turboctl(*to_other, "-a", "update", "--html", ITEMS).succeeded()
    content = [] if action[0] == "remove" else ["--html", NEW]
    turboctl("send", "--chat", 1, "-a", *action, *content).succeeded()
    # What follows shows that nothing came late.
    turboctl(*to_other, "-a", "append", "--text", "end").succeeded()
    for window in windows:
        window.shows(after)
    other.shows(ITEMS + "end", OTHER_LIST)


def test_an_item_that_is_there_already_is_appended_once(turboctl, windows):
    turboctl(*TO_LIST, "-a", "append", "--html", NEW_A).succeeded()
    windows[0].shows('<p id="b" class="item">b</p>' + NEW_A)


def test_turbo_7_does_not_know_refresh_and_lives(turboctl, windows):
    [window, _] = windows
    window.run("window.kept = true; console.error = error => { window.error = error.message }")
    turboctl("send", "--chat", 1, "-a", "refresh").succeeded()
    wait_until(lambda: "unknown action" in (window.run("return window.error") or ""))
    turboctl(*TO_LIST, "-a", "update", "--html", NEW).succeeded()
    window.shows(NEW)
    assert window.run("return window.kept")


def test_turbo_7_replaces_what_is_to_be_morphed(turboctl, windows):
    [window, _] = windows
    window.run("document.querySelector('#a').kept = true")
    command = ["send", "--chat", 1, "-a", "replace", "-t", "a", "--attr", "method=morph"]
    turboctl(*command, "--html", NEW_A).succeeded()
    window.shows(NEW_A + '<p id="b" class="item">b</p>')
    assert not window.get("kept", "#a")


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">",
        "</template></turbo-stream>&amp; \"a\" 'b'",
        "é 日本語 👩‍👩‍👧 🇪🇺 a\u0301",
        "a\n\tb",
    ],
    ids=["script", "markup", "emoji", "white space"],
)
def test_text_is_shown_as_it_is(turboctl, windows, text):
    turboctl(*TO_LIST, "-a", "update", "--text", text).succeeded()
    for window in windows:
        wait_until(lambda: window.text() == text)
        assert window.get("childElementCount") == 0
        assert window.run("return document.title") == "Chat 1"


def test_the_largest_frame_is_shown_and_a_larger_one_refused(turboctl, windows):
    content = "x" * (FRAME_LIMIT - len(element("")))
    turboctl(*TO_LIST, "-a", "update", input=content).succeeded()
    for window in windows:
        wait_until(lambda: window.text() == content)
    turboctl(*TO_LIST, "-a", "update", input=content + "x").failed(2)
    turboctl(*TO_LIST, "-a", "update", "--html", NEW).succeeded()
    for window in windows:
        window.shows(NEW)


def test_two_hundred_appends_arrive_in_order(turboctl, windows):
    numbers = range(200)
    lines = "".join(json.dumps({"text": f"{number} "}) + "\n" for number in numbers)
    turboctl(*TO_LIST, "-a", "append", "--batch", "-", "--quiet", input=lines).succeeded()
    for window in windows:
        window.shows(ITEMS + "".join(f"{number} " for number in numbers))


def test_the_list_of_chats_counts_windows(turboctl, open_chat, windows):
    def channels():
        chats = turboctl("chats", "list", "--json").succeeded().objects
        return {chat["chat"]: chat["channels"] for chat in chats}

    open_chat(2)
    assert channels() == {"1": 2, "2": 1}
    windows[1].close()
    wait_until(lambda: channels() == {"1": 1, "2": 1})
    turboctl(*TO_LIST, "-a", "update", "--html", NEW, "--require", 1).succeeded()
    windows[0].shows(NEW)
