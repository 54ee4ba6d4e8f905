"""turboctl under a fault: it ends in time, with a code that it documents, and shows no secret."""

import json
import re

import ledger
from tool import GRACE, Turboctl

# What a command may end with: those of `help exit-codes`.
CODES = {0, 1, 2, 3, 4, 5, 129, 130, 143}


class JudgedTurboctl(Turboctl):
    """Runs the tool with a deadline, and judges each run as it ends."""

    def __call__(self, *arguments, deadline=2.0, **options):
        run = self.start(*arguments, "--timeout", deadline, **options)
        return self.finish(run, deadline)

    def start(self, *arguments, **options):
        ledger.tried["runs"] += 1
        return super().start(*arguments, **options)

    def finish(self, run, within):
        """Its result, which must be there `within` so many seconds, more or less."""
        result = run.finish(within + GRACE)
        assert result.code in CODES, result
        assert b"Fatal error" not in result.errors, result
        return result

    def stop(self):
        super().stop()
        for run in self.runs:
            ledger.search(" ".join(run.process.args), run.output + run.err.read_bytes())


def judge(result, held, sent=1, ended=None):
    """What a code promises, against how many of the messages the queues hold; a signal's is `ended`."""
    ledger.tried[f"sends judged that ended with {result.code}"] += 1
    assert held <= sent, f"delivered twice: {result}"
    if result.code == 0:
        assert held == sent, f"{held} of {sent} delivered: {result}"
    elif result.code not in (5, ended):
        assert held == 0, f"{held} of {sent} delivered: {result}"


def batch(groups, count, once=False):
    """Lines to the groups in turn, each with its number for a content, and maybe for an ID."""
    element = {"action": "append", "target": "x"}
    lines = [
        {"group": groups[number % len(groups)], "text": f"{number + 1}", **element}
        | ({"once": f"{number}"} if once else {})
        for number in range(count)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


def numbers(held):
    """The numbers of the batch's lines that are held."""
    return [int(re.search(r"<template>(\d+)<", message["html"])[1]) for message in held]


IN_DOUBT = re.compile(r"lines? ([\d, to]+?)( and \d+ more)? may have been delivered")


def in_doubt(result, count):
    """The lines of which the report says that they may have been delivered."""
    found = IN_DOUBT.search(result.stderr)
    if not found:
        return set()
    lines = set()
    for part in found[1].split(", "):
        first, _, last = part.partition(" to ")
        lines |= set(range(int(first), int(last or first) + 1))
    # It names the first of them.
    return lines | (set(range(min(lines), count + 1)) if found[2] else set())


def judge_batch(result, held, count, ended=None):
    """What the code and the report (`--json`) promise, against the lines that are held, by number."""
    judge(result, len(held), count, ended)
    assert len(set(held)) == len(held), f"delivered twice: {held}, {result}"
    assert held == sorted(held), f"out of order: {held}, {result}"
    reported = {line["line"] for line in result.objects if "error" not in line}
    assert reported <= set(held), f"{reported} reported, {held} held: {result}"
    known = reported | in_doubt(result, count)
    assert set(held) <= known, f"{held} held: {result}"
