"""Replies that are well-formed, and that no Redis gives: no crash, and nothing is claimed that they do not say."""

import pytest

import ledger
from fixtures import starter
from liar import CHANNEL, MEMBER, Liar, Simple
from tool import GROUP, SEND_HELLO

start_liar = starter(Liar)

LARGEST, SMALLEST = 2**63 - 1, -(2**63)
# What stands where a number, a text or a list belongs; what did harm once comes first.
ODD = [
    LARGEST, [str(LARGEST), "0"], ["1e308", "1e308"], None, [[]],
    SMALLEST, -1, "", "nan", "inf", "1e308", b"\xff", [], [None], ["-1e308", "0"], [CHANNEL, "-1e308"],
    [MEMBER, "1e308"], [LARGEST] * 8, [SMALLEST] * 8, ["k", MEMBER, "1e308"], ["0", "none"],
    Simple("+OK"), Simple("-ERR no"),
]
ASKED = {
    "chats list": ["SCAN", "TIME", "ZCARD", "ZRANGE", "ZRANGEBYSCORE"],
    f"groups show {GROUP} --json": ["TIME", "ZCARD", "ZRANGE", "ZRANGEBYSCORE"],
    "queue list": ["SCAN", "TIME", "TYPE", "ZCARD", "ZRANGE"],
    "queue peek specific.abc!": ["ZRANGE"],
    "groups prune --yes": ["SCAN", "TIME", "TYPE", "ZCARD", "ZRANGE"],
    "flush --all --yes": ["SCAN", "TYPE", "UNLINK"],
    f"tail {GROUP} --count 1": ["BZPOPMIN", "EVAL", "TIME", "TTL", "ZCARD", "ZPOPMIN", "ZREVRANGE"],
    "ping -c 1": ["EVAL", "INFO", "PING", "TIME", "ZCARD"],
    "doctor": ["CONFIG", "INFO", "SCAN", "TIME", "ZCARD"],
}


@pytest.mark.parametrize("command", ASKED)
def test_a_reply_that_makes_no_sense(turboctl, start_liar, command):
    liar = start_liar(**({"EVAL": 1} if command.startswith("tail") else {}))
    turboctl.environment = {"TURBOCTL_REDIS_URL": liar.url}
    sound = dict(liar.answers)
    for asked in ASKED[command]:
        for answer in ODD if ledger.IS_WHOLE else ODD[:5]:
            liar.answers = sound | {asked: answer}
            result = turboctl(*command.split(), deadline=0.1)
            ledger.tried["replies that make no sense"] += 1
            # Of what it was to remove when the time was over, some may be gone.
            late = result.code == 5 and "no answer within" in result.stderr
            assert late or result.code in (0, 3, 4), (asked, answer, result)


@pytest.mark.parametrize(
    "answer",
    [
        [1, 1, -1, [], "", [], "1", []],
        [1, 1, SMALLEST, [], "", [], "1", []],
        [1, SMALLEST, 1, [], "ERR", ["a", "b"], "1", []],
        [-1, 1, 1, [], "", [], "1", []],
        [LARGEST, LARGEST, LARGEST, [], "", [], "1", []],
        [1, 1, 1, ["a"], "", [], "1", []],
        [1, 1, 1],
    ],
    ids=str,
)
@pytest.mark.parametrize("options", [[], ["--when-full", "wait"], ["--once", "x"]], ids=" ".join)
def test_a_count_that_makes_no_sense_leaves_the_message_in_doubt(turboctl, start_liar, answer, options):
    turboctl.environment = {"TURBOCTL_REDIS_URL": start_liar(EVAL=answer).url}
    ledger.tried["replies that make no sense"] += 1
    result = turboctl(*SEND_HELLO, *options, deadline=10).failed(5)
    assert "may have been delivered" in result.stderr


def test_a_port_that_is_none_is_no_other_port(turboctl, server, start_liar):
    """The system would take it modulo 65536."""
    sentinel = start_liar(SENTINEL=["127.0.0.1", str(65536 + server.port)])
    url = f"redis+sentinel://127.0.0.1:{sentinel.port}/m"
    result = turboctl(*SEND_HELLO, env={"TURBOCTL_REDIS_URL": url}, deadline=10).failed(3)
    assert "not what SENTINEL gives" in result.stderr
