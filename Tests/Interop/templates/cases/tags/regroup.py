"""{% regroup %}."""

CONTEXT = {
    "people": [
        {"name": "Ann", "team": "x", "at": {"city": "Rome"}},
        {"name": "Bob", "team": "x", "at": {"city": "Oslo"}},
        {"name": "Cy", "team": "y", "at": {"city": "Oslo"}},
        {"name": "Di", "team": "x", "at": {"city": "Rome"}},
        {"name": "Ed"},
    ],
    "empty": [],
    "words": ["ant", "ape", "bee", "Bat"],
    "rows": [[1, "a"], [1, "b"], [2, "c"]],
    "same": [{"k": 1}, {"k": 1.0}, {"k": True}, {"k": "1"}],
}

SHOW = (
    "{% for group in g %}[{{ group.grouper }}:{% for p in group.list %}{{ p.name }},{% endfor %}]"
    "{% endfor %}"
)

RENDERS = [
    "{% regroup people by team as g %}" + SHOW,
    "{% regroup people by at.city as g %}" + SHOW,
    "{% regroup people|dictsort:'name' by team as g %}" + SHOW,
    "{% regroup people|slice:':4'|dictsort:'team' by team as g %}" + SHOW,
    "{% regroup people by team|upper as g %}" + SHOW,
    "{% regroup people by nosuch as g %}" + SHOW,
    "{% regroup empty by team as g %}" + SHOW + "|",
    "{% regroup missing by team as g %}" + SHOW + "|",
    "{% regroup people by team as g %}{% for key, list in g %}{{ key }}{{ list|length }}"
    "{% endfor %}",
    "{% regroup people by team as g %}{% for group in g %}{{ group.0 }}{{ group.1|length }}"
    "{% endfor %}{{ g|length }}",
    "{% regroup words by 0 as g %}{% for x in g %}{{ x.grouper }}{{ x.list }}{% endfor %}",
    "{% regroup words by 0|lower as g %}{% for x in g %}{{ x.grouper }}{{ x.list }}{% endfor %}",
    "{% regroup words by length as g %}{{ g|length }}",
    "{% regroup rows by 0 as g %}{% for x in g %}{{ x.grouper }}{{ x.list }}{% endfor %}",
    "{% regroup same by k as g %}{% for x in g %}{{ x.grouper }}{{ x.list }}{% endfor %}",
    "{% regroup people by team as g %}{{ g.0.grouper }}{{ g.1.list.0.name }}",
    "{% with team='shadow' %}{% regroup people by team as g %}" + SHOW + "{% endwith %}",
    "{% regroup words by 0 as g %}{{ g }}",
]

FAILS = [
    "{% regroup %}",
    "{% regroup people by team %}",
    "{% regroup people by team as %}",
    "{% regroup people team as g %}",
    "{% regroup people on team as g %}",
    "{% regroup people by team to g %}",
    "{% regroup people by team as g h %}",
    "{% regroup people|nosuch by team as g %}",
    "{% regroup 5 by team as g %}{{ g }}",
]
