"""{% for %} and {% empty %}, and what forloop tells."""

from case import Case

CONTEXT = {
    "list": [1, 2, 3],
    "one": ["only"],
    "empty": [],
    "none": None,
    "text": "añ👋",
    "dict": {"b": 1, "a": [2], "c": {"d": 3}},
    "pairs": [["a", 1], ["b", 2]],
    "triples": [[1, 2, 3], [4, 5, 6]],
    "rows": [[1, 2], [3], []],
    "people": [{"name": "Ann", "age": 3}, {"name": "Bob", "age": 4}],
    "strings": ["ab", "cd"],
    "x": "outer",
    "mixed": [None, True, 1.0, "<", [], {}],
}

LOOP = (
    "{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 }}"
    "{{ forloop.first }}{{ forloop.last }} "
)

RENDERS = [
    "{% for x in list %}{{ x }},{% endfor %}",
    "{% for x in list reversed %}{{ x }},{% endfor %}",
    "{% for x in empty %}a{% endfor %}|",
    "{% for x in empty %}a{% empty %}none{% endfor %}",
    "{% for x in list %}a{% empty %}none{% endfor %}",
    "{% for x in missing %}a{% empty %}none{% endfor %}",
    "{% for x in none %}a{% empty %}none{% endfor %}",
    "{% for c in text %}[{{ c }}]{% endfor %}",
    "{% for c in text reversed %}[{{ c }}]{% endfor %}",
    "{% for c in '' %}a{% empty %}none{% endfor %}",
    "{% for k in dict %}{{ k }}{% endfor %}",
    "{% for k in dict reversed %}{{ k }}{% endfor %}",
    "{% for k, v in dict.items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k,v in dict.items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k ,v in dict.items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k , v in dict.items reversed %}{{ k }}={{ v }};{% endfor %}",
    "{% for pair in dict.items %}{{ pair }}{{ pair.0 }}{{ pair.1 }}{% endfor %}",
    "{% for k in dict.keys %}{{ k }}{% endfor %}{% for v in dict.values %}{{ v }}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}",
    "{% for a, b, c in triples %}{{ c }}{{ b }}{{ a }}{% endfor %}",
    "{% for a, b in strings %}{{ b }}{{ a }}{% endfor %}",
    "{% for row in rows %}{% for cell in row %}{{ cell }}{% empty %}-{% endfor %};{% endfor %}",
    "{% for p in people %}{{ p.name }} is {{ p.age }}. {% endfor %}",
    "{% for x in list %}" + LOOP + "{% endfor %}",
    "{% for x in one %}" + LOOP + "{% endfor %}",
    "{% for x in list reversed %}" + LOOP + "{{ x }}{% endfor %}",
    "{% for r in rows %}{% for c in r %}{{ forloop.parentloop.counter }}.{{ forloop.counter }} "
    "{% endfor %}{% endfor %}",
    "{% for r in rows %}{% for c in r %}{% for y in one %}"
    "{{ forloop.parentloop.parentloop.counter }}{% endfor %}{% endfor %}{% endfor %}",
    "{% for x in one %}{{ forloop.parentloop }}{% endfor %}",
    "{% for x in one %}{{ forloop }}{% endfor %}",
    "{% for x in one %}{{ forloop.length }}|{{ forloop.nosuch }}|{% endfor %}",
    "{{ x }}{% for x in list %}{{ x }}{% endfor %}{{ x }}",
    "{% for y in list %}{% endfor %}{{ y }}|{{ forloop }}|",
    "{% for x in list %}{% if forloop.last %}and {% endif %}{{ x }}{% if not forloop.last %}, "
    "{% endif %}{% endfor %}",
    "{% for x in list %}{% if x == 2 %}{{ x }}{% endif %}{% endfor %}",
    "{% for x in list|slice:':2' %}{{ x }}{% endfor %}",
    "{% for x in text|make_list %}{{ x }}{% endfor %}",
    "{% for x in people|dictsort:'age' reversed %}{{ x.name }}{% endfor %}",
    "{% for x in mixed %}{{ x }},{% endfor %}",
    "{% for x in 'abc' %}{{ x }}{% endfor %}",
    "{% for x in triples.1 %}{{ x }}{% endfor %}",
    "{% for x in list %}{% for x in strings %}{{ x }}{% endfor %}{{ x }}{% endfor %}",
    "{% for x in list %}\n  <li>{{ x }}</li>\n{% endfor %}",
    "{% for reversed in list %}{{ reversed }}{% endfor %}",
    "{% for x in list %}{% with y=x %}{{ y }}{{ forloop.counter }}{% endwith %}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{% endfor %}{{ a }}|{{ b }}|",
    Case("{% for x in list %}{% include 'row.html' %}{% endfor %}", templates={
        "row.html": "{{ forloop.counter }}:{{ x }} "}),
]

FAILS = [
    "{% for %}{% endfor %}",
    "{% for x %}{% endfor %}",
    "{% for x in %}{% endfor %}",
    "{% for x list %}{% endfor %}",
    "{% for x of list %}{% endfor %}",
    "{% for in list %}{% endfor %}",
    "{% for x in list %}",
    "{% for x in list %}{% empty %}",
    "{% for x in list %}{% empty %}{% empty %}{% endfor %}",
    "{% for x in list backwards %}{% endfor %}",
    "{% for x in list reversed reversed %}{% endfor %}",
    "{% for a, b, in pairs %}{% endfor %}",
    "{% for a,,b in pairs %}{% endfor %}",
    "{% for a b in pairs %}{% endfor %}",
    "{% for a|b in pairs %}{% endfor %}",
    "{% for 'a' in pairs %}{% endfor %}",
    "{% for x in list|nosuch %}{% endfor %}",
    "{% for x in 5 %}{% endfor %}",
    "{% for x in list.0 %}{% endfor %}",
    "{% for a, b in list %}{% endfor %}",
    "{% for a, b in triples %}{% endfor %}",
    "{% for a, b, c in pairs %}{% endfor %}",
    "{% for a, b in text %}{% endfor %}",
    "{% for a, b in rows %}{% endfor %}",
    "{% empty %}",
    "{% endfor %}",
    "{% for x in list %}{% else %}{% endfor %}",
]
