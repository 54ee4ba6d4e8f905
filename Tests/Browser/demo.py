"""Serves the article's page until a signal, and says what to type."""

import shlex
import signal
from contextlib import ExitStack

from browser import APPLICATION, SITE
from peers import Daphne, Server
from tool import BINARY

GUIDE = """\
Open  http://127.0.0.1:{page}/chat/1/message/list/  in two windows, and in another terminal type

  export TURBOCTL_REDIS_URL={redis} TURBOCTL_TEMPLATES={templates}
  alias turboctl={binary}

  turboctl send --chat 1 -a append -t chat-1-message-list --text 'Hello World'
  turboctl send --chat 1 -a append -t chat-1-message-list --template message_item.html \\
    -s instance.pk=3 -s instance.role=assistant -s instance.content='2 > 1'
  turboctl send --chat 1 -a remove -t message_1
  turboctl chats list

On the page of django-turbo-helper, http://127.0.0.1:{page}/cable/1/, the same with

  turboctl send --envelope actioncable --chat 1 -a append -t chat-1-message-list --text 'Hello World'

Ctrl-C ends it.
"""


def end(*_):
    raise SystemExit


for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, end)

with ExitStack() as stack:
    server = Server()
    stack.callback(server.stop)
    daphne = Daphne(server, APPLICATION, SITE)
    stack.callback(daphne.stop)
    quoted = {"templates": SITE / "pages" / "templates", "binary": BINARY}
    quoted = {name: shlex.quote(str(path)) for name, path in quoted.items()}
    print(GUIDE.format(page=daphne.port, redis=server.url, **quoted), flush=True)
    signal.pause()
