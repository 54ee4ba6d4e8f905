"""turboctl under a fault: it ends in time, with a code that it documents, and shows no secret."""

import json
import time

import ledger
from tool import SEND_HELLO, Turboctl

# What a command may end with: those of `help exit-codes`.
CODES = {0, 1, 2, 3, 4, 5, 129, 130, 143}
# Seconds beyond its deadline in which a run must have ended.
GRACE = 2.0


class JudgedTurboctl(Turboctl):
    """Runs the tool with a deadline, and judges each run as it ends."""

    def __call__(self, *arguments, deadline=2.0, within=None, **options):
        """- within: seconds until it has ended in any case, where that is not told by the deadline."""
        words = arguments if deadline is None else [*arguments, "--timeout", deadline]
        return self.finish(self.start(*words, **options), within or deadline)

    def start(self, *arguments, **options):
        ledger.tried["runs"] += 1
        return super().start(*arguments, **options)

    def finish(self, run, within=0.0):
        result = run.finish(within + GRACE)
        assert result.code in CODES, result
        assert b"Fatal error" not in result.errors, result
        return result

    def stop(self):
        super().stop()
        for run in self.runs:
            ledger.search(" ".join(run.process.args), run.output + run.err.read_bytes())


def judge(result, held, sent=1):
    """What a code promises, against how many of the messages the queues hold."""
    ledger.tried[f"sends judged that ended with {result.code}"] += 1
    assert held <= sent, f"delivered twice: {result}"
    if result.code == 0:
        assert held == sent, f"{held} of {sent} delivered: {result}"
    elif result.code != 5:
        assert held == 0, f"{held} of {sent} delivered: {result}"
    if result.code == 3:
        result.failed(3)
