"""No message that we send ends a consumer: what it cannot read ends whoever waits in its process."""

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import ledger
from ledger import IS_WHOLE, KEY, sampled
from peers import wait_until
from tool import GROUP

NEWEST = Path(sys.prefix).with_name("newest") / "bin" / "python"
# The release that the article pins knows MessagePack alone.
READERS = {
    "pinned": (sys.executable, {}),
    "pinned, encrypted": (sys.executable, {"symmetric_encryption_keys": [KEY]}),
    "newest": (NEWEST, {}),
    "newest, json": (NEWEST, {"serializer_format": "json"}),
    "newest, encrypted json": (
        NEWEST, {"serializer_format": "json", "symmetric_encryption_keys": [KEY]},
    ),
}
COUNT = 10_000 if IS_WHOLE else 200

# Lines that no message can be made of, each with its reason.
POISON = [
    b'{"type":"t","value":"\xff\xfe"}',
    b'{"type":"t","value":"\xed\xa0\x80"}',
    b'{"type":"t","value":"\xc0\xaf"}',
    b'{"type":"t","value":"cut \xe2\x82"}',
    rb'{"type":"t","value":"\ud800"}',
    rb'{"type":"t","value":"\udc00\ud800"}',
    b'{"type":"t","value":%s%s}' % (b"[" * 1100, b"]" * 1100),
    b'{"type":"t","value":%s1%s}' % (b'{"a":' * 1100, b"}" * 1100),
    b'{"type":"t","value":1e400}',
    b'{"type":"t","value":NaN}',
    b'{"type":"t","value":Infinity}',
    b'{"value":"no type"}',
    b'{"type":null}',
    b'{"type":["t"]}',
    b'{"type":""}',
    b'{"type":"_private"}',
    b'{"type":"t","value":',
    b'[]',
    b'"t"',
]
# What JSON can hold, and MessagePack cannot.
LARGE = [
    b'{"type":"t","value":18446744073709551616}',
    b'{"type":"t","value":-9223372036854775809}',
]


def text(rng):
    alphabets = ["abc <>&\"'", "äöüß€", "日本語", "🎉👩‍👩‍👧", "\x00\x01\x1b\x7f\x85\u2028\ufeff\ufffd\U0010ffff"]
    size = rng.choice([0, 1, 5, 31, 32, 255, 256, 3000])
    return "".join(rng.choice(rng.choice(alphabets)) for _ in range(rng.randrange(size + 1)))


def value(rng, depth=0):
    kinds = ["text", "int", "float", "word"] + (["list", "dict"] if depth < 6 else [])
    match rng.choice(kinds):
        case "text":
            return text(rng)
        case "int":
            edge = rng.choice([0, 127, 128, 255, 256, 65535, 65536, 2**31, 2**32, 2**63 - 1])
            return rng.choice([1, -1]) * max(0, edge - rng.randrange(3))
        case "float":
            return rng.choice([0.5, -0.0, 1e308, 5e-324, rng.random(), rng.uniform(-1e9, 1e9)])
        case "word":
            return rng.choice([None, True, False])
        case "list":
            return [value(rng, depth + 1) for _ in range(rng.choice([0, 1, 2, 15, 16, 17]) // (depth + 1))]
        case "dict":
            return {text(rng): value(rng, depth + 1) for _ in range(rng.randrange(17) // (depth + 1))}


def messages(seed, count):
    rng = random.Random(seed)
    return [{"type": "poison.test", "number": number, "value": value(rng)} for number in range(count)]


@pytest.mark.parametrize("reader", sampled(READERS, 3))
def test_whatever_is_sent_arrives_as_it_was(reader, server, turboctl, tmp_path):
    python, config = READERS[reader]
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    sent = messages(seed, COUNT)
    poison = POISON if "serializer_format" in config else POISON + LARGE
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [python, Path(__file__).with_name("poison_reader.py"), server.url, GROUP, f"{COUNT}"]
            + [json.dumps(config)],
            stdout=output,
        )
        try:
            wait_until(lambda: server.client.zcard(f"asgi:group:{GROUP}") == 2 or process.poll(), 20)
            send(turboctl, config, sent, poison, tmp_path)
            assert process.wait(120) == 0
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        received = [json.loads(line) for line in output.readlines()[1:]]
    assert len(received) == COUNT
    for one, other in zip(sent, received):
        assert same(one, other), (one, other)
    ledger.tried["random messages that a real consumer read"] += COUNT
    ledger.tried["lines that would be poison"] += len(poison)


def same(one, other):
    """As JSON: 1 is not true, nor 1.0."""
    return json.dumps(one) == json.dumps(other)


def send(turboctl, config, sent, poison, folder):
    """In a batch, with poison among it."""
    lines = [json.dumps({"group": GROUP, "message": message}).encode() for message in sent]
    for message in poison:
        place = random.randrange(len(lines) + 1)
        lines.insert(place, b'{"group":"%s","message":%s}' % (GROUP.encode(), message))
    path = folder / "turboctl.json"
    path.touch(0o600)
    backend = "channels_redis.core.RedisChannelLayer"
    path.write_text(json.dumps({"default": {"BACKEND": backend, "CONFIG": config}}))
    run = turboctl.start(
        "send", "--batch", "-", "--keep-going", "--capacity", 20_000, "--config", path,
        input=b"\n".join(lines) + b"\n",
    )
    result = turboctl.finish(run, 60)
    # Every line of poison has its reason, and none but them.
    assert result.code == 2, result
    reasons = re.findall(r"^turboctl: standard input:\d+: ", result.stderr, re.MULTILINE)
    assert len(reasons) == len(poison), result
