"""{% cycle %} and {% resetcycle %}."""

CONTEXT = {
    "list": [1, 2, 3, 4, 5],
    "two": [1, 2],
    "a": "<A>",
    "b": "B",
    "empty": "",
    "none": None,
}


def loop(body):
    return "{% for x in list %}" + body + "{% endfor %}"


RENDERS = [
    loop("{% cycle 'a' 'b' %}"),
    loop("{% cycle 'a' 'b' 'c' %}{{ x }}"),
    loop("{% cycle a b %}"),
    loop("{% cycle a|safe b|lower 'c' %}"),
    loop("{% cycle a missing none empty %},"),
    loop("{% cycle 1 2.0 'x' %}"),
    loop("{% cycle 'a,b' 'c d' %}"),
    loop("{% cycle '<' '&amp;' %}"),
    loop("{% cycle 'a' 'b' as row %}{{ row }} "),
    loop("{% cycle 'a' 'b' as row silent %}{{ row }} "),
    loop("{% cycle 'a' 'b' as row silent %}{% if row == 'a' %}!{% endif %}{{ row }}"),
    loop("{% cycle a b as row %}{{ row }} "),
    loop("{% cycle 'a' 'b' %}{% cycle 'x' 'y' 'z' %} "),
    "{% cycle 'a' 'b' as c %}{% cycle c %}{% cycle c %}{{ c }}",
    "{% cycle 'a' 'b' 'c' as c silent %}{{ c }}{% cycle c %}{{ c }}{% cycle c %}{{ c }}",
    "{% cycle a b as c %}{% cycle c %}{% cycle c %}",
    "{% cycle 'one' 'two' as c silent %}{% cycle c %}|{{ c }}",
    "{% for y in two %}" + loop("{% cycle 'a' 'b' %}") + ";{% endfor %}",
    "{% for y in two %}{% cycle 'a' 'b' as c %}" + loop("{{ c }}") + "{% endfor %}",
    loop("{% cycle 'a' 'b' 'c' %}{% if forloop.counter == 2 %}{% resetcycle %}{% endif %}"),
    loop("{% cycle 'a' 'b' as c %}{% cycle 'x' 'y' as d %}{% resetcycle c %}"),
    loop("{% cycle 'a' 'b' as c %}{% cycle 'x' 'y' as d %}{% resetcycle %}"),
    "{% for y in two %}" + loop("{% cycle 'a' 'b' 'c' %}") + "{% resetcycle %}{% endfor %}",
    "{% for y in two %}"
    + loop("{% cycle 'a' 'b' 'c' as abc %}")
    + "{% resetcycle abc %}{% endfor %}",
    loop("{% if x < 3 %}{% cycle 'a' 'b' %}{% else %}{% cycle 'c' 'd' %}{% endif %}"),
    loop("{% with y=x %}{% cycle 'a' 'b' %}{% endwith %}"),
    loop("{% with y=x %}{% cycle 'a' 'b' as c %}{{ c }}{% endwith %}{{ c }},"),
    "{% cycle 'a' 'b' as %}",
    "{% cycle as c %}|",
    "{% cycle 'x' as silent %}|",
]

FAILS = [
    loop("{% cycle 'a' %}"),
    "{% cycle %}",
    "{% cycle unnamed %}",
    "{% cycle 'a' 'b' as c loud %}",
    "{% cycle 'a' 'b' as c silent more %}{% cycle nosuch %}",
    "{% cycle 'a' 'b' as c %}{% cycle d %}",
    "{% cycle a|nosuch b %}",
    "{% resetcycle %}",
    "{% resetcycle c %}",
    "{% cycle 'a' 'b' as c %}{% resetcycle d %}",
    "{% cycle 'a' 'b' %}{% resetcycle c %}",
    "{% cycle 'a' 'b' as c %}{% resetcycle c d %}",
]
