"""{% extends %} and {% block %}."""

from case import Case

CONTEXT = {"x": "<x>", "parent": "base.html", "list": [1, 2], "yes": True}

BASE = "<{% block title %}base title{% endblock %}|{% block body %}base body{% endblock body %}>"
MIDDLE = '{% extends "base.html" %}{% block body %}middle({{ block.super }}){% endblock %}'


def page(source, **more):
    return Case(source, templates={"base.html": BASE, "middle.html": MIDDLE, **more})


RENDERS = [
    page('{% extends "base.html" %}'),
    page("{% extends 'base.html' %}{% block title %}mine{% endblock %}"),
    page('{% extends "base.html" %}{% block title %}{{ block.super }}+{% endblock title %}'),
    page('{% extends "base.html" %}ignored {{ x }}{% block body %}{{ x }}{% endblock %}ignored'),
    page('{% extends "base.html" %}{% block unknown %}nowhere{% endblock %}'),
    page("{% extends parent %}{% block body %}by variable{% endblock %}"),
    page('{% extends missing|default:"base.html" %}'),
    page('{% extends "middle.html" %}'),
    page('{% extends "middle.html" %}{% block body %}top({{ block.super }}){% endblock %}'),
    page('{% extends "middle.html" %}{% block title %}{{ block.super|upper }}{% endblock %}'),
    page(
        '{% extends "base.html" %}{% block body %}{% block inner %}new{% endblock %}{% endblock %}'
    ),
    page(
        '{% extends "inner.html" %}{% block inner %}top{% endblock %}',
        **{
            "inner.html": '{% extends "base.html" %}{% block body %}a{% block inner %}b'
            "{% endblock %}c"
            "{% endblock %}"
        },
    ),
    page('{# first #}{% extends "base.html" %}'),
    page('text before{% extends "base.html" %}'),
    page(
        '{% extends "base.html" %}{% load humanize %}'
        "{% block body %}{{ 1000|intcomma }}{% endblock %}"
    ),
    page("{% block a %}{{ block.name }}{% endblock %}"),
    page(
        '{% extends "base.html" %}{% block body %}{% for i in list %}{{ i }}{{ block.super }}'
        "{% endfor %}{% endblock %}"
    ),
    page(
        '{% extends "base.html" %}{% block body %}{% if yes %}{{ block.super }}{% endif %}'
        "{{ block.super }}{% endblock %}"
    ),
    page(
        '{% extends "base.html" %}{% block body %}{% with s=block.super %}{{ s }}{% endwith %}'
        "{% endblock %}"
    ),
    page(
        '{% extends "loop.html" %}{% block item %}[{{ i }}]{% endblock %}',
        **{"loop.html": "{% for i in list %}{% block item %}{{ i }}{% endblock %}{% endfor %}"},
    ),
    page(
        '{% extends "with.html" %}{% block b %}{{ v }}{{ x }}{% endblock %}',
        **{"with.html": "{% with v='from parent' %}{% block b %}{% endblock %}{% endwith %}"},
    ),
    page(
        '{% extends "if.html" %}{% block b %}shown{% endblock %}',
        **{"if.html": "{% if missing %}{% block b %}{% endblock %}{% endif %}end"},
    ),
    page(
        '{% extends "super.html" %}{% block b %}{{ block.super }}{% endblock %}',
        **{"super.html": "{% block b %}{{ x }}<hr>{% endblock %}"},
    ),
    page(
        '{% extends "base.html" %}{% block body %}{% include "part.html" %}{% endblock %}',
        **{"part.html": "{% block body %}part{% endblock %}"},
    ),
    page('{% include "middle.html" %} and {% include "base.html" %}'),
    page(
        '{% extends "a/one.html" %}{% block b %}3{{ block.super }}{% endblock %}',
        **{
            "a/one.html": '{% extends "./two.html" %}{% block b %}2{{ block.super }}{% endblock %}',
            "a/two.html": '{% extends "../three.html" %}'
            "{% block b %}1{{ block.super }}{% endblock %}",
            "three.html": "[{% block b %}0{% endblock %}]",
        },
    ),
    page('{% extends "./base.html" %}'),
    page('{% extends "a/../base.html" %}', **{"a/x.html": ""}),
    page(
        '{% extends "cycle.html" %}{% block b %}{% cycle "a" "b" %}{% endblock %}',
        **{"cycle.html": "{% for i in list %}{% block b %}{% endblock %}{% endfor %}"},
    ),
    page('{% extends "base.html" %}{% block title %}{% endblock %}{% block body %}{% endblock %}'),
    page(
        '{% extends "auto.html" %}{% block b %}{{ x }}{% endblock %}',
        **{"auto.html": "{% autoescape off %}{% block b %}{% endblock %}{% endautoescape %}"},
    ),
]

FAILS = [
    page("{% block a %}no parent{% endblock %} {% block b %}{{ block.super }}|{% endblock %}"),
    page('{% comment %}{% endcomment %}{% extends "base.html" %}'),
    page("{% extends %}"),
    page('{% extends "base.html" "more.html" %}'),
    page('{% extends "nosuch.html" %}'),
    page("{% extends missing %}"),
    page("{% extends '' %}"),
    page('{{ x }}{% extends "base.html" %}'),
    page('{% load humanize %}{% extends "base.html" %}'),
    page('{% if x %}{% extends "base.html" %}{% endif %}'),
    page('{% extends "base.html" %}{% extends "base.html" %}'),
    page("{% block %}{% endblock %}"),
    page("{% block a b %}{% endblock %}"),
    page("{% block a %}"),
    page("{% block a %}{% endblock b %}"),
    page("{% block a %}{% endblock %}{% block a %}{% endblock %}"),
    page("{% block a %}{% block a %}{% endblock %}{% endblock %}"),
    page('{% extends "page.html" %}'),
    page('{% extends "loop.html" %}', **{"loop.html": '{% extends "page.html" %}'}),
    page('{% extends "broken.html" %}', **{"broken.html": "{% if %}"}),
    page("{% extends base.html %}"),
    page("{% extends list %}"),
    page('{% extends "../base.html" %}'),
    page("{% endblock %}"),
]
