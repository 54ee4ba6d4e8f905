"""The article's site, served by Daphne: pages receive what turboctl sends over their WebSocket."""

import pytest

from peers import wait_until
from tool import HELLO, SEND_HELLO, UPDATE, element

SEND_TO_CHAT = ["send", "--chat", "1", "-a", "update", "-t", "chat-1-message-list"]
FRAME_LIMIT = 1_048_576

# As it stands in the article, in the Django shell.
DJANGO_SHELL = """
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
channel_layer = get_channel_layer()

group_name = "turbo_stream.chat_1"

html = '<turbo-stream action="update" target="chat-1-message-list"><template>Hello World</template></turbo-stream>'

async_to_sync(channel_layer.group_send)(
    group_name, {"type": "html_message", "html": html}
)
"""


def test_a_page_receives_the_articles_frame(turboctl, open_page):
    page = open_page(1)
    turboctl(*SEND_TO_CHAT, "--html", "Hello World").succeeded()
    assert page.recv(timeout=5) == HELLO


def test_the_frame_is_the_one_of_the_articles_group_send(turboctl, daphne, open_page):
    page = open_page(1)
    daphne.shell(DJANGO_SHELL)
    turboctl(*SEND_TO_CHAT, "--html", "Hello World").succeeded()
    assert page.recv(timeout=5) == page.recv(timeout=5) == HELLO


def test_every_window_on_the_chat_receives_it_and_no_other(turboctl, open_page):
    first, second, other = open_page(1), open_page(1), open_page(2)
    [result] = turboctl(*SEND_TO_CHAT, "--html", "Hello World", "--json").succeeded().objects
    assert (result["channels"], result["processes"]) == (2, 1)
    turboctl("send", "--chat", "2", *UPDATE, "--html", "for chat 2").succeeded()
    assert first.recv(timeout=5) == second.recv(timeout=5) == HELLO
    assert other.recv(timeout=5) == element("for chat 2")


def test_a_closed_page_is_no_subscriber_any_more(turboctl, server, open_page):
    open_page(1).close()
    wait_until(lambda: not server.members("turbo_stream.chat_1"))
    [result] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert result["channels"] == 0


@pytest.mark.parametrize("text", ["é 日本語 👩‍👩‍👧", "a\nb\r\n", "x" * 100_000], ids=len)
def test_a_page_receives_any_text(turboctl, open_page, text):
    page = open_page(1)
    turboctl(*SEND_TO_CHAT, input=text + "\n").succeeded()
    assert page.recv(timeout=5) == element(text)


def test_the_largest_frame_that_is_sent_reaches_the_page(turboctl, open_page):
    page = open_page(1)
    html = element("x" * (FRAME_LIMIT - len(element(""))))
    turboctl("send", "--chat", "1", input=html).succeeded()
    assert page.recv(timeout=5) == html
    turboctl("send", "--chat", "1", input=html + " ").failed(2)
    turboctl("send", "--chat", "1", input=HELLO).succeeded()
    assert page.recv(timeout=5) == HELLO


def test_fifty_sends_arrive_in_order(turboctl, open_page):
    page = open_page(1)
    for number in range(50):
        turboctl(*SEND_TO_CHAT, "--html", number).succeeded()
    received = [page.recv(timeout=5) for _ in range(50)]
    assert received == [element(str(number)) for number in range(50)]


def test_a_confirmed_send_has_been_taken_by_the_site(turboctl, open_page):
    page = open_page(1)
    command = [*SEND_TO_CHAT, "--html", "Hello World", "--confirm", 5, "--json"]
    [result] = turboctl(*command).succeeded().objects
    assert result["confirmed"] == 1
    assert page.recv(timeout=5) == HELLO


def test_a_tail_prints_what_the_article_sends(turboctl, daphne):
    tail = turboctl.tail("--chat", 1, "--count", 1)
    daphne.shell(DJANGO_SHELL)
    assert tail.finish(30).succeeded().stdout == HELLO + "\n"
