"""{% include %}."""

from case import Case

CONTEXT = {"x": "<x>", "y": "Y", "name": "part.html", "list": [1, 2, 3], "none": None}


def page(source, **templates):
    return Case(
        source,
        templates={
            "part.html": "[{{ x }}{{ y }}]",
            "sub/inner.html": "{% include './near.html' %}{% include '../part.html' %}",
            "sub/near.html": "near ",
            **templates,
        },
    )


RENDERS = [
    page('a{% include "part.html" %}b'),
    page("a{% include name %}b"),
    page('{% include missing|default:"part.html" %}'),
    page('{% include "part.html" with x="w" %}'),
    page('{% include "part.html" with x=y y=x %}'),
    page('{% include "part.html" with x="w" only %}'),
    page('{% include "part.html" only %}'),
    page('{% include "part.html" only with x="w" %}'),
    page('{% include "part.html" with x=x|safe y=y|lower %}{{ x }}'),
    page('{% for x in list %}{% include "part.html" %}{% endfor %}'),
    page('{% for i in list %}{% include "part.html" with x=i only %}{% endfor %}'),
    page(
        '{% for i in list %}{% include "counter.html" %}{% endfor %}',
        **{"counter.html": "{{ forloop.counter }}/{{ forloop.last }} "},
    ),
    page(
        '{% for i in list %}{% include "counter.html" only %}{% endfor %}',
        **{"counter.html": "{{ forloop.counter }}|"},
    ),
    page('{% include "sub/inner.html" %}'),
    page('{% include "./part.html" %}'),
    page('{% include "sub/../part.html" %}'),
    page('{% include "set.html" %}{{ v }}|', **{"set.html": "{% firstof 'set' as v %}{{ v }}"}),
    page('{% autoescape off %}{% include "part.html" %}{% endautoescape %}'),
    page(
        '{% include "auto.html" %}',
        **{"auto.html": "{% autoescape off %}{{ x }}{% endautoescape %}"},
    ),
    page('{% filter upper %}{% include "part.html" %}{% endfilter %}'),
    page('{% with x="w" %}{% include "part.html" %}{% endwith %}'),
    page('{% if none %}{% include "nosuch.html" %}{% endif %}ok'),
    page('{% if none %}{% include "broken.html" %}{% endif %}ok', **{"broken.html": "{% if %}"}),
    page(
        '{% include "cycle.html" %}{% include "cycle.html" %}',
        **{"cycle.html": "{% cycle 'a' 'b' %}"},
    ),
    page(
        '{% for i in list %}{% include "cycle.html" %}{% endfor %}',
        **{"cycle.html": "{% cycle 'a' 'b' %}"},
    ),
    page(
        '{% for i in list %}{% include "changed.html" %}{% endfor %}',
        **{"changed.html": "{% ifchanged %}same{% endifchanged %}"},
    ),
    Case(
        '{% include "tree.html" with nodes=tree only %}',
        {"tree": [{"n": "a", "c": [{"n": "b", "c": []}, {"n": "c", "c": [{"n": "d"}]}]}]},
        {
            "tree.html": "<ul>{% for t in nodes %}<li>{{ t.n }}{% if t.c %}"
            "{% include 'tree.html' with nodes=t.c only %}{% endif %}</li>{% endfor %}</ul>"
        },
    ),
    page('{% include "final.html" %}|', **{"final.html": "a line\n"}),
    page('{% include "empty.html" %}|', **{"empty.html": ""}),
    page(
        '{% include "child.html" %}',
        **{
            "child.html": '{% extends "parent.html" %}{% block b %}child {{ x }}{% endblock %}',
            "parent.html": "<{% block b %}{% endblock %}>",
        },
    ),
    page(
        '{% load humanize %}{% include "own.html" %}',
        **{"own.html": "{% load humanize %}{{ 1000|intcomma }}"},
    ),
    page("{% include 'with space.html' %}", **{"with space.html": "spaced"}),
    page("{% include 'ünï.html' %}", **{"ünï.html": "unicode"}),
    page('{% include "part.html" with x=missing %}'),
    page('{% include "part.html" with x=1 y=2.5 %}'),
    Case("{% include names %}", {"names": ["nosuch.html", "b.html"]}, {"b.html": "the second"}),
]

FAILS = [
    page("{% include %}"),
    page('{% include "nosuch.html" %}'),
    page("{% include missing %}"),
    page("{% include none %}"),
    page("{% include '' %}"),
    page('{% include "part.html" with %}'),
    page('{% include "part.html" with x %}'),
    page('{% include "part.html" with only %}'),
    page('{% include "part.html" x="w" %}'),
    page('{% include "part.html" only only %}'),
    page('{% include "part.html" with x=1 with y=2 %}'),
    page('{% include "part.html" with x=1 onli %}'),
    page("{% include part.html %}"),
    page('{% include "broken.html" %}', **{"broken.html": "a\n{% if %}"}),
    page('{% include "raises.html" %}', **{"raises.html": "{{ x|divisibleby:0 }}"}),
    page('{% include "page.html" %}'),
    page('{% include "loop.html" %}', **{"loop.html": '{% include "page.html" %}'}),
    page('{% load humanize %}{% include "own.html" %}', **{"own.html": "{{ 1000|intcomma }}"}),
    page("{% include list %}"),
    page('{% include "../part.html" %}'),
    page('{% include "../../etc/passwd" %}'),
    page('{% include "/etc/passwd" %}'),
    page('{% include "sub" %}'),
]
