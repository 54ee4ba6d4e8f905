"""What makes fixtures: the tests of a subfolder have a conftest of their own."""

from contextlib import ExitStack

import pytest


def starter(kind):
    """A fixture: a function that makes a `kind`, which is stopped when the test ends."""

    @pytest.fixture
    def start():
        with ExitStack() as stack:

            def make(*arguments, **options):
                made = kind(*arguments, **options)
                stack.callback(made.stop)
                return made

            yield make

    return start
