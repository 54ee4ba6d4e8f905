"""Every case of the tables under cases/: what Django prints, turboctl prints to the byte."""

import re

import pytest
from django.template import Engine
from django.template.library import import_library

import django_side
import turboctl_side
from case import load

RENDERS = load("RENDERS")
FAILS = load("FAILS")


def test_there_are_at_least_600():
    assert len(RENDERS) + len(FAILS) >= 600


def test_every_tag_and_filter_that_ships_has_a_case():
    libraries = [*Engine.default_builtins, *django_side.LIBRARIES.values()]
    registered = [import_library(library) for library in libraries]
    names = {name for library in registered for name in (*library.tags, *library.filters)}
    used = {word for case in RENDERS.values() for word in re.findall(r"\w+", case.source)}
    # It signs with the site's secret key, which turboctl has not.
    assert names - used == {"turbo_stream_from"}


@pytest.mark.parametrize("case", RENDERS.values(), ids=RENDERS.keys())
def test_output_is_djangos_to_the_byte(case, tmp_path):
    case.write(tmp_path)
    expected, result = both(case, tmp_path)
    if result.output != expected:
        # A minute or a day may have ended between the two.
        expected, result = both(case, tmp_path)
    assert not isinstance(expected, django_side.Failure), expected
    assert (result.code, result.output) == (0, expected), result


@pytest.mark.parametrize("case", FAILS.values(), ids=FAILS.keys())
def test_what_django_refuses_is_refused(case, tmp_path):
    case.write(tmp_path)
    expected, result = both(case, tmp_path)
    assert isinstance(expected, django_side.Failure), expected
    assert not result.failed(2).output
    if expected.kind == "TemplateSyntaxError":
        assert worded(expected.message) in result.stderr


def both(case, directory):
    return django_side.render(case, directory), turboctl_side.render(case, directory)


def worded(message):
    """The part of Django's message that turboctl shares; it suggests names in its own words."""
    for more in (" Did you forget", " Must be one of", "\n"):
        message = message.partition(more)[0]
    return message
