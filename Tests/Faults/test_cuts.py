"""A connection that ends at any byte of what is asked or answered: each end is told for what it is."""

import subprocess
import time
from contextlib import suppress

import pytest

import ledger
from judge import batch, judge, judge_batch, numbers
from layers import LAYERS, memberships, tails
from ledger import sampled
from peers import EXPIRY, wait_until
from proxy import CLOSE, ENDS, HANG, Fault
from tool import GROUP, SEND_HELLO

SIDES = ["request", "reply"]
OTHER = "turbo_stream.chat_2"


@pytest.fixture
def cut(proxy):
    """A function: places at which what `run()` asks, or is answered, can be cut; all, or `whole` so many."""

    def cut(side, end, run, most, whole=None):
        # The second time the server knows the script.
        for _ in range(2):
            run()
            proxy.settle()
        length = {"request": proxy.requested, "reply": proxy.replied}[side]
        # One that hangs takes its time.
        most, whole = (1, 10) if end == HANG else (most, whole)
        for offset in sampled(range(length + 1), most, whole):
            ledger.tried[f"offsets at which a connection was cut ({side}, {end})"] += 1
            yield Fault(**{side: offset}, end=end)

    return cut


def ends_and_sides(test):
    return pytest.mark.parametrize("end", ENDS)(pytest.mark.parametrize("side", SIDES)(test))


def patience(end):
    return 0.2 if end == HANG else 5.0


def ends_within(server, key, seconds):
    """Whether the key does, or has since it was listed."""
    return server.client.ttl(key) in (-2, *range(seconds + 1))


@ends_and_sides
def test_a_send(layer, options, audience, through, proxy, cut, side, end):
    def send(deadline=5.0):
        return through(*SEND_HELLO, *options, deadline=deadline)

    for fault in cut(side, end, send, 8):
        audience.clear()
        proxy.set(fault)
        result = send(patience(end))
        proxy.settle()
        judge(result, len(audience.held()))
        if result.code in (3, 5):
            result.failed(result.code)


@pytest.mark.parametrize("side", SIDES)
def test_a_send_whose_script_the_server_does_not_know(
    layer, options, audience, through, server, proxy, cut, side
):
    def send():
        server.client.script_flush()
        return through(*SEND_HELLO, *options)

    for fault in cut(side, CLOSE, send, 3, 150):
        audience.clear()
        proxy.set(fault)
        result = send()
        proxy.settle()
        judge(result, len(audience.held()))


@ends_and_sides
@pytest.mark.parametrize("layer", LAYERS[:2], ids=lambda layer: layer.name)
def test_a_repeat_with_the_same_id(layer, options, audience, through, proxy, cut, side, end):
    """--once makes the second attempt safe, whatever became of the first."""

    def send(id):
        return through(*SEND_HELLO, *options, "--once", id, deadline=patience(end))

    for fault in cut(side, end, lambda: send("first"), 4, 120):
        audience.clear()
        proxy.set_once(fault)
        first = send(f"{fault}")
        proxy.settle()
        proxy.set(Fault())
        again = through(*SEND_HELLO, *options, "--once", f"{fault}")
        proxy.settle()
        assert first.code in (0, 3, 5), first
        assert again.code == 0, again
        assert len(audience.held()) == 1, (fault, first, again)


@ends_and_sides
@pytest.mark.parametrize("groups", [[GROUP], [GROUP, OTHER]], ids=["one group", "two"])
def test_a_batch(
    layer, options, audience_on, server, through, proxy, cut, side, end, groups
):
    audience = audience_on(server, groups=groups)
    lines = batch(groups, 6)

    def send(deadline=5.0):
        return through(
            "send", "--batch", "-", "--json", *options, input=lines, deadline=deadline
        )

    for fault in cut(side, end, send, 3, 60):
        audience.clear()
        proxy.set(fault)
        result = send(patience(end))
        proxy.settle()
        judge_batch(result, numbers(audience.held()), 6)


@pytest.mark.whole
@pytest.mark.parametrize("side", SIDES)
def test_a_tail(layer, options, server, start_site, through, proxy, cut, side):
    """Nothing twice, nothing out of order; and of what is missing something is said."""
    site = start_site(server)

    def follow():
        before = tails(server)
        run = through.start("tail", GROUP, "--count", 3, "-v", *options)
        wait_until(lambda: run.ended or tails(server) > before)
        for number in range(3):
            site.send_html(GROUP, f"{number}")
        # What is lost is made up for, so that it ends.
        deadline = time.monotonic() + 5
        while not run.ended and time.monotonic() < deadline:
            site.send_html(GROUP, f"{(number := number + 1)}")
            with suppress(subprocess.TimeoutExpired):
                run.wait(0.05)
        return through.finish(run, 1)

    for fault in cut(side, CLOSE, follow, 0, 40):
        proxy.set_once(fault)
        result = follow()
        proxy.settle()
        assert result.code in (0, 3), (fault, result)
        printed = [int(line) for line in result.stdout.split()]
        assert printed == sorted(set(printed)), (fault, result)
        assert result.code == 3 or len(printed) == 3
        if result.code == 0 and printed != [0, 1, 2]:
            assert "missed" in result.stderr, (fault, result)
        # What it could not leave is a lease, and with -v it says so.
        if "the lease ends in" not in result.stderr:
            wait_until(lambda: memberships(server) == 0)
        # A site that looked at the group before it was left still writes to the queue, which then ends by itself.
        for key in server.client.keys("*turboctl.*"):
            assert ends_within(server, key, EXPIRY), key
        server.client.flushall()


@ends_and_sides
def test_a_list(layer, options, audience, through, proxy, cut, side, end):
    def look(deadline=5.0):
        return through("chats", "list", "--json", *options, deadline=deadline)

    whole = look().objects
    for fault in cut(side, end, look, 3, 100):
        proxy.set(fault)
        result = look(patience(end))
        proxy.settle()
        assert result.code in (0, 3), result
        assert result.code == 3 or result.objects == whole, result


@ends_and_sides
def test_a_ping(layer, options, server, through, proxy, cut, side, end):
    def ping(deadline=5.0):
        return through("ping", "-c", 1, *options, deadline=deadline)

    for fault in cut(side, end, ping, 3, 100):
        proxy.set(fault)
        assert ping(patience(end)).code in (0, 3)
        proxy.settle()
    # What a ping could not remove is gone soon.
    for key in server.client.keys():
        assert ends_within(server, key, 60), key
