"""{% firstof %}."""

CONTEXT = {"a": "", "b": 0, "c": "<c>", "d": "d", "n": None, "f": False, "six": 6.0}

RENDERS = [
    "{% firstof a b c d %}",
    "{% firstof a b %}|",
    "{% firstof d %}",
    "{% firstof missing d %}",
    "{% firstof a b n f 'fallback' %}",
    "{% firstof a b '<fallback>' %}",
    "{% firstof a b c|safe %}",
    "{% firstof a|default:'x' d %}",
    "{% firstof a six %}",
    "{% firstof n f 0 '' %}|",
    "{% firstof c d as v %}[{{ v }}]",
    "{% firstof a b as v %}[{{ v }}]",
    "{% firstof c|upper as v %}[{{ v }}]",
    "{% firstof 'as' as v %}[{{ v }}]",
    "{% autoescape off %}{% firstof c %}{% firstof c as v %}{{ v }}{% endautoescape %}",
    "{% firstof a 1 %}{% firstof 2.50 %}",
]

FAILS = [
    "{% firstof %}",
    "{% firstof a|nosuch %}",
    "{% firstof a b as %}{% if %}",
    "{% firstof _a %}",
]
