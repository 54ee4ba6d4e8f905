"""The suite's secrets, a search for them in all that its runs print, and how much was tried."""

import os
import secrets
from collections import Counter

# Of the server, and of the layers that encrypt.
PASSWORD = secrets.token_urlsafe(18)
KEY = secrets.token_urlsafe(18)
# Whether all is tried, or what `make test` has time for.
IS_WHOLE = os.environ.get("TURBOCTL_FAULTS") == "whole"

tried = Counter()
# What showed a secret.
leaks = []


def search(name, text):
    """Looks for secrets in what a run, or a child of it, showed."""
    tried["bytes searched for secrets"] += len(text)
    if any(secret.encode() in text for secret in (PASSWORD, KEY)):
        leaks.append(name)


def sampled(cases, most, whole=None):
    """All of them, or `whole` so many, evenly spread; about `most` where there is little time."""
    cases = list(cases)
    most = whole if IS_WHOLE else most
    if most is None or len(cases) <= most:
        return cases
    return [cases[place * len(cases) // most] for place in range(most)]
