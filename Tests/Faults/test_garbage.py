"""What is no Redis, or no longer: answers of others, broken and slow ones."""

import time

import pytest

import ledger
from commands import COMMANDS, each_command
from judge import judge
from ledger import PASSWORD, sampled
from proxy import CLOSE, HANG, Fault
from tool import SEND_HELLO

ANSWERS = {
    "nothing": b"",
    "http": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "tls alert": b"\x15\x03\x01\x00\x02\x02\x46",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "smtp": b"220 mail ESMTP\r\n",
    "postgres": b"E\x00\x00\x00\x0bSFATAL\x00\x00",
    "protected mode": b"-DENIED Redis is running in protected mode because protected mode is enabled\r\n",
    "an error": b"-ERR\r\n",
    "an empty error": b"-\r\n",
    "zeros": bytes(4096),
    "all bytes": bytes(range(256)) * 16,
    "resp3": b"%1\r\n+server\r\n+redis\r\n",
    "a line without an end": b"+" * 1_000_000,
    "fewer than none": b"*-2\r\n",
    "a long string": b"$4611686018427387904\r\n",
    "a negative string": b"$-5\r\n",
    "no number": b"$abc\r\n",
    "a large number": b":99999999999999999999\r\n",
    "nested": b"*1\r\n" * 1000,
    "two replies": b"+OK\r\n+OK\r\n",
    "escapes": b"-ERR \x1b]0;title\x07\x1b[2J\x9b31m\r\n",
    "invalid utf-8": b"-ERR \xff\xfe\xc0\xaf\xed\xa0\x80\r\n",
}


@each_command
@pytest.mark.parametrize("end", [CLOSE, HANG])
@pytest.mark.parametrize("login", [True, False], ids=["login", "no login"])
def test_an_answer_of_something_else(layer, options, turboctl, server, proxy, command, end, login):
    url = server.url_at(proxy.port)
    if not login:
        url = url.replace(f":{PASSWORD}@", "")
    turboctl.environment = {"TURBOCTL_REDIS_URL": url}
    for name, answer in sampled(ANSWERS.items(), 3):
        proxy.set(Fault(answer=answer, end=end))
        result = turboctl(*command, *options, deadline=0.3)
        ledger.tried["answers that are none of a Redis"] += 1
        # Who has not been let in has told of no message; of two replies the first lets in.
        if command != SEND_HELLO or login and name != "two replies":
            result.failed(3)
        else:
            assert result.code in (3, 5), (name, result)
            result.failed(result.code)
        assert "\x1b" not in result.stderr


@each_command
def test_a_bit_that_is_turned_over(layer, options, audience, through, proxy, command):
    def run(deadline=2.0):
        return through(*command, *options, deadline=deadline)

    run(0.3)
    proxy.settle()
    # A tail waits for its deadline.
    whole = 75 if command[0] == "tail" else 400
    for bit in sampled(range(8 * proxy.replied), 4, whole):
        audience.clear()
        proxy.set_once(Fault(flip=bit))
        result = run(0.3)
        ledger.tried["bits of replies that were turned over"] += 1
        proxy.settle()
        held = audience.held()
        if command != SEND_HELLO:
            assert result.code in (0, 3, 4), result
        # What Redis answers carries no check: a name that arrived as another is believed.
        elif layer.name == "encrypted" and not held:
            assert result.code in (0, 3, 5), result
        else:
            judge(result, len(held))


@pytest.mark.whole
@each_command
def test_an_answer_byte_by_byte(layer, options, audience, through, proxy, command):
    # A turn of the proxy's loop, which takes less than it would sleep: `ping` reads thousands of bytes.
    proxy.set(Fault(pause=1e-9))
    if command[0] != "tail":
        result = through(*command, *options, deadline=60).succeeded()
    if command == SEND_HELLO:
        judge(result, len(audience.held()))
    # A read that gets a byte is no reason to wait longer.
    proxy.set(Fault(pause=0.1))
    began = time.monotonic()
    result = through(*command, *options, deadline=0.5)
    assert time.monotonic() - began < 3
    assert result.code in (3, 5), result
    assert result.code == 3 or command == SEND_HELLO, result


def test_an_answer_of_many_elements(options, turboctl, server, proxy):
    turboctl.environment = {"TURBOCTL_REDIS_URL": server.url_at(proxy.port)}
    for count in (2147483647, 9223372036854775807):
        proxy.set(Fault(answer=b"*%d\r\n" % count))
        for command in COMMANDS.values():
            turboctl(*command, *options, deadline=0.5).failed(3)


@each_command
def test_a_connection_that_ends_as_it_begins(layer, options, audience, through, proxy, command):
    for place in sampled(range(20), 1):
        proxy.set_once(Fault(request=0, end=CLOSE))
        result = through(*command, *options, deadline=0.5)
        assert result.code in (0, 3, 4, 5), (place, result)
