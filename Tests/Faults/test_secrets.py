"""What else could show a secret: every command that talks of its settings, and the children that it starts."""

import pytest

import ledger
from layers import tails
from ledger import KEY, PASSWORD, sampled
from peers import unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO

TALKATIVE = [
    SEND_HELLO,
    [*SEND_HELLO, "--dry-run"],
    ["tail", GROUP],
    ["chats", "list"],
    ["groups", "show", GROUP],
    ["queue", "list"],
    ["flush", "--all", "--yes"],
    ["ping"],
    ["doctor"],
    ["config", "show"],
    ["config", "check"],
]


@pytest.mark.parametrize("secret", [PASSWORD, KEY])
def test_a_secret_that_is_shown_is_found(secret):
    before = list(ledger.leaks)
    ledger.search("a run", f"connected to redis://:{secret}@h".encode())
    assert ledger.leaks.pop() == "a run"
    assert ledger.leaks == before


@pytest.mark.parametrize("manner", sampled([["-vv"], ["-vv", "--json"]], 1), ids=" ".join)
@pytest.mark.parametrize("command", sampled(TALKATIVE, 4), ids=" ".join)
def test_whatever_it_talks_of(layer, options, audience, server, turboctl, command, manner):
    """With a URL that is right, wrong, or no URL."""
    port = unused_port()
    for url in [
        server.url,
        server.url_at(server.port, "nobody"),
        server.url_at(port),
        server.url_at(server.port, database="x"),
        f"redis://:{PASSWORD}#@127.0.0.1:{server.port}",
        f"redis://127.0.0.1:{server.port}/0?password={PASSWORD}&pasword={PASSWORD}",
        f"rediss://:{PASSWORD}@127.0.0.1:{server.port}/0",
        f"redis+sentinel://:{PASSWORD}@127.0.0.1:{port}/m",
        f"{PASSWORD}@127.0.0.1",
    ]:
        result = turboctl(*command, *options, *manner, "--redis", url, deadline=0.2)
        ledger.search(" ".join(command), result.output + result.errors)
    assert not ledger.leaks


def test_the_children_of_a_tail(layer, options, server, turboctl, start_site, tmp_path):
    """Their command lines, and the tail's own: all that others on the machine can see."""
    seen = tmp_path / "seen"
    script = f"cat /proc/$$/cmdline /proc/$PPID/cmdline > {seen}"
    run = turboctl.start("tail", GROUP, "--count", 1, "--exec", script, *options)
    wait_until(lambda: tails(server))
    start_site(server).send_html(GROUP, HELLO)
    assert turboctl.finish(run, 5).code == 0
    text = seen.read_bytes()
    assert b"--exec" in text
    ledger.search("a child of tail", text)
    assert not ledger.leaks
