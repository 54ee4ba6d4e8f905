"""The commands that meet each fault."""

import pytest

from tool import GROUP, SEND_HELLO

COMMANDS = {
    "send": SEND_HELLO,
    "tail": ["tail", GROUP, "--count", 1],
    "list": ["chats", "list"],
    "ping": ["ping", "-c", 1],
}
each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
