"""{% with %}."""

CONTEXT = {"a": "A", "d": {"k": "<v>"}, "list": [1, 2], "n": 3}

RENDERS = [
    "{% with x=a %}{{ x }}{% endwith %}{{ x }}|",
    "{% with x=a y=d.k %}{{ x }}{{ y }}{% endwith %}",
    "{% with x=a|lower y='lit' z=5 %}{{ x }}{{ y }}{{ z }}{% endwith %}",
    "{% with a='inner' %}{{ a }}{% endwith %}{{ a }}",
    "{% with a='x' b=a %}{{ b }}{% endwith %}",
    "{% with a as x %}{{ x }}{% endwith %}",
    "{% with a as x and n as y %}{{ x }}{{ y }}{% endwith %}",
    "{% with d.k|safe as x %}{{ x }}{% endwith %}",
    "{% with missing as x %}[{{ x }}]{% endwith %}",
    "{% with x=missing %}[{{ x }}]{% if x is None %}none{% endif %}{% endwith %}",
    "{% with x=list %}{{ x.0 }}{{ x|length }}{% endwith %}",
    "{% with x=n|add:1 %}{% with y=x|add:1 %}{{ x }}{{ y }}{% endwith %}{{ y }}{% endwith %}",
    "{% with x='a b' y=\"c'd\" %}{{ x }}{{ y }}{% endwith %}",
    "{% with total=list|length %}{{ total }} item{{ total|pluralize }}{% endwith %}",
    "{% with x=None y=True %}{{ x }}{{ y }}{% endwith %}",
]

FAILS = [
    "{% with %}{% endwith %}",
    "{% with a %}{% endwith %}",
    "{% with a as %}{% endwith %}",
    "{% with x = a %}{% endwith %}",
    "{% with x=a y %}{% endwith %}",
    "{% with x=a and y=n %}{% endwith %}",
    "{% with x=a %}",
    "{% with x=a|nosuch %}{% endwith %}",
    "{% with x= %}{% endwith %}",
    "{% endwith %}",
]
