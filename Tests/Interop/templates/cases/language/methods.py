"""Methods and attributes of Python's own types, as templates may call them: `{{ name.upper }}`."""

CONTEXT = {
    "s": "hello World",
    "u": "Straße ǆ ŉ İ ﬁ",
    "space": " \t x \n\u00a0",
    "digits": "12³½",
    "lines": "a\nb\r\nc",
    "empty": "",
    "i": 6,
    "big": 2**70,
    "f": 2.5,
    "six": 6.0,
    "yes": True,
    "none": None,
    "list": [3, 1, 3],
    "dict": {"b": 1, "a": [2], "keys": "own keys"},
    "plain": {"x": 1, "y": "<2>"},
    "nested": {"a": {"b": {"c": 1}}, "l": [{"n": 1}, {"n": 2}]},
}

METHODS = (
    "upper lower title capitalize swapcase casefold strip lstrip rstrip split splitlines isdigit "
    "isdecimal isnumeric isalpha isalnum isspace isupper islower istitle isascii isidentifier "
    "isprintable expandtabs nosuch"
).split()

RENDERS = [
    *(
        "|".join("{{ %s.%s }}" % (name, method) for method in METHODS)
        for name in ("s", "u", "space", "digits", "lines", "empty")
    ),
    "{{ s.upper.lower.0 }}|{{ s.split.0.upper }}|{{ s.split.5 }}|{{ s.title|cut:' ' }}",
    "{{ s.replace }}|{{ s.join }}|{{ s.center }}|{{ s.count }}|{{ s.startswith }}|",
    "{{ list.count }}|{{ list.index }}|{{ list.append }}|{{ dict.get }}",
    "{{ list.copy }}",
    "{{ i.real }} {{ i.imag }} {{ i.numerator }} {{ i.denominator }} {{ i.bit_length }}",
    "{{ i.conjugate }}",
    "{{ big.real }} {{ big.numerator }} {{ f.real }} {{ f.imag }} {{ f.conjugate }}",
    "{{ f.is_integer }} {{ six.is_integer }} {{ yes.real }}",
    "{{ yes.numerator }}",
    "{{ none.real }}|{{ list.real }}|{{ i.0 }}|{{ f.nosuch }}|",
    "{{ dict.keys }} {{ dict.values }} {{ dict.items }}",
    "{{ plain.keys }} {{ plain.values }} {{ plain.items }} {{ plain.copy }}",
    "{{ plain.keys|length }} {{ plain.values|join:',' }} {{ plain.items|length }}",
    "{{ plain.keys|join:'' }}",
    "{{ plain.items.0 }}|{{ plain.keys.0 }}|{{ plain.items|slice:':1' }}",
    "{{ plain.keys|slice:'x' }}",
    "{% for k in plain.keys reversed %}{{ k }}{% endfor %}"
    "{% for v in plain.values reversed %}{{ v }}{% endfor %}",
    "{% if 'x' in plain.keys %}a{% endif %}{% if 1 in plain.values %}b{% endif %}"
    "{% if plain.items %}c{% endif %}",
    "{% if plain.keys == plain.keys %}a{% endif %}"
    "{% if plain.values == plain.values %}b{% endif %}",
    "{% with ks=plain.keys %}{{ ks|length }}{% for k in ks %}{{ k }}{% endfor %}{% endwith %}",
    "{{ nested.a.b.c }} {{ nested.a.b }} {{ nested.l.1.n }} {{ nested.l.0.items }}",
    "{{ nested.a.keys }}",
    "{% for v in nested.values %}{{ v }};{% endfor %}",
    "{{ plain.items|unordered_list }}|{{ plain.keys|safeseq }}|{{ plain.values|escapeseq }}",
    "{{ plain.items|pprint }}|{{ plain.keys|dictsort:0 }}|{{ plain.items|dictsort:0 }}",
    "{% for k, v in plain.items|dictsortreversed:0 %}{{ k }}{{ v }}{% endfor %}",
]

FAILS = [
    "{{ plain.keys|first }}",
    "{{ plain.items|last }}",
    "{{ plain.values|random }}",
    "{{ s.__class__ }}",
    "{{ plain._x }}",
]
