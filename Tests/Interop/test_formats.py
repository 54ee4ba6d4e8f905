"""help formats names every field that a command prints as JSON."""

import json
import re
import time

import pytest

from tool import GROUP, SEND_HELLO, element

COMMANDS = [
    SEND_HELLO,
    [*SEND_HELLO, "--dry-run"],
    [*SEND_HELLO, "--once", "1"],
    [*SEND_HELLO, "--confirm", "0.1s"],
    ["send", "--batch", "-"],
    ["render", "--html", "x"],
    ["pipe", GROUP, "--target", "x"],
    ["chats", "list"],
    ["chats", "show", "1"],
    ["groups", "list"],
    ["groups", "show", GROUP],
    ["groups", "discard", GROUP, "x"],
    ["groups", "prune"],
    ["flush", "--all"],
    ["queue", "list"],
    ["queue", "peek", "specific.a!"],
    ["queue", "peek", "specific.b!"],
    ["ping", "--check", "-c", "1"],
    ["doctor"],
    ["bench", "roundtrip", "--messages", "10"],
    ["config", "show"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_field_is_named(turboctl, server, command):
    now = time.time()
    server.client.zadd(f"asgi:group:{GROUP}", {"specific.a!1": now, "specific.b!1": now})
    named = set(re.findall(r"\w+", turboctl("help", "formats").succeeded().stdout))
    turboctl(*(command if "--once" in command else SEND_HELLO))
    # Older than messages live; a send drops such.
    server.client.zadd("asgispecific.a!", {b"short": now - 100})
    batch = json.dumps({"group": GROUP, "html": element("x")})
    result = turboctl(*command, "--json", input=batch)
    fields = {key for line in result.objects for key in line}
    assert fields
    assert not fields - named
