"""{% ifchanged %}."""

CONTEXT = {
    "list": [1, 1, 2, 2, 2, 3, 1],
    "pairs": [["a", 1], ["a", 2], ["b", 2], ["b", 2]],
    "mixed": [1, 1.0, True, "1", None, "", 0],
    "days": [{"d": "Mon", "h": 1}, {"d": "Mon", "h": 2}, {"d": "Tue", "h": 2}],
    "outer": [[1, 1, 2], [2, 2], [2, 1]],
}

RENDERS = [
    "{% for x in list %}{% ifchanged %}{{ x }}{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged x %}{{ x }}{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged x %}{{ x }}{% else %}.{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged %}{{ x }}{% else %}.{% endifchanged %}{% endfor %}",
    "{% for a, b in pairs %}{% ifchanged a %}{{ a }}:{% endifchanged %}{{ b }}{% endfor %}",
    "{% for a, b in pairs %}{% ifchanged a b %}{{ a }}{{ b }} {% endifchanged %}{% endfor %}",
    "{% for x in mixed %}{% ifchanged x %}[{{ x }}]{% endifchanged %}{% endfor %}",
    "{% for x in mixed %}{% ifchanged %}[{{ x }}]{% endifchanged %}{% endfor %}",
    "{% for x in days %}{% ifchanged x.d %}{{ x.d }}{% endifchanged %}{{ x.h }}{% endfor %}",
    "{% for x in days %}{% ifchanged x.d|lower %}{{ x.d }}{% endifchanged %}{% endfor %}",
    "{% for o in outer %}{% for x in o %}{% ifchanged %}{{ x }}{% endifchanged %}{% endfor %};"
    "{% endfor %}",
    "{% for o in outer %}{% for x in o %}{% ifchanged x %}{{ x }}{% endifchanged %}{% endfor %};"
    "{% endfor %}",
    "{% for o in outer %}{% ifchanged o.0 %}<{{ o.0 }}{% endifchanged %}{% for x in o %}"
    "{% ifchanged x %}{{ x }}{% endifchanged %}{% endfor %}{% endfor %}",
    "{% for x in list %}{% ifchanged missing %}!{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged %}same{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged x %}{% ifchanged %}a{% endifchanged %}{% endifchanged %}"
    "{% endfor %}",
    "{% for x in list %}{% ifchanged x %}{% cycle 'a' 'b' %}{% endifchanged %}{{ x }}{% endfor %}",
    "{% for x in list %}{% ifchanged days.0.items %}x{% endifchanged %}{% endfor %}",
    "{% for x in list %}{% ifchanged days.0.values %}x{% endifchanged %}{% endfor %}",
    "{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %}",
    "{% ifchanged list %}a{% else %}b{% endifchanged %}",
    "{% for x in list %}{% with y=x %}{% ifchanged y %}{{ y }}{% endifchanged %}{% endwith %}"
    "{% endfor %}",
]

FAILS = [
    "{% ifchanged %}",
    "{% ifchanged x|nosuch %}{% endifchanged %}",
    "{% ifchanged %}{% else %}{% else %}{% endifchanged %}",
    "{% endifchanged %}",
]
