"""{% load humanize %}"""

from datetime import date, datetime, timedelta, timezone

from case import Case

NOW = datetime.now(timezone.utc)
TODAY = NOW.date()

CONTEXT = {
    "none": None,
    "word": "word",
    "empty": "",
    "list": [1],
    "html": "<b>",
    "yes": True,
    "moment": datetime(2020, 1, 2, 3, 4, tzinfo=timezone.utc),
    "day": date(2020, 1, 2),
    "big": 10**30,
    "googol": 10**100,
    "tiny": 5e-324,
    "f": 1234567.5,
    "s": "1234567",
}


def each(filter, *values):
    shown = " ".join("{{ %s|%s }}," % (value, filter) for value in values)
    return "{% load humanize %}" + shown


OTHERS = ["none", "word", "empty", "list", "html", "yes", "missing", "f", "s", "' 5 '", "'5.5'"]
INTEGERS = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "10",
    "11",
    "12",
    "13",
    "14",
    "21",
    "22",
    "23",
    "100",
    "101",
    "111",
    "112",
    "121",
    "-1",
    "-11",
    "1000001",
    "'3'",
    "3.9",
]
COMMAS = [
    "0",
    "100",
    "999",
    "1000",
    "10123",
    "10311",
    "1000000",
    "-100",
    "-1000",
    "-1234567",
    "1234567.1234567",
    "1234567.0",
    "0.5",
    "'1234567'",
    "'1234567.5'",
    "'-1234567'",
    "'12a4567'",
    "'1234567,5'",
    "'  1234'",
    "'+1234'",
    "'1234567.1234567'",
    "big",
    "1000.0",
]
WORDS = [
    "0",
    "100",
    "999999",
    "1000000",
    "1200000",
    "1290000",
    "999999999",
    "1000000000",
    "2000000000",
    "6000000000000",
    "1300000000000000",
    "3500000000000000000000",
    "8100000000000000000000000000000000",
    "-1000000",
    "-1234567890",
    "'1200000'",
    "1500000.7",
    "1950000",
    "1949999",
    "999949999",
    "999950000",
    "big",
    "googol",
]
AGES = [
    {"seconds": 0.4},
    {"seconds": 30.5},
    {"seconds": 90},
    {"minutes": 59.5},
    {"hours": 1.5},
    {"hours": 23.5},
    {"days": 1.1},
    {"days": 1, "hours": 2.5},
    {"days": 6.9},
    {"days": 8.1},
    {"days": 31.1},
    {"days": 100.1},
    {"days": 400.1},
    {"days": 800.1},
    {"days": 5000.1},
]

RENDERS = [
    *(each(name, *INTEGERS) for name in ("ordinal", "apnumber")),
    *(each(name, *OTHERS) for name in ("ordinal", "apnumber", "intcomma", "intword")),
    each("intcomma", *COMMAS),
    each("intcomma", "tiny"),
    each("intcomma:False", *COMMAS),
    each("intcomma:True", *COMMAS[:9]),
    each("intword", *WORDS),
    each("intcomma", "f|floatformat:2", "s|add:1", "1234.5|floatformat:'2u'"),
    each("apnumber", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "0", "'7'", "7.9"),
    each("naturalday", "day", "moment", "word", "none", "list", "missing"),
    each("naturalday:'Y-m-d'", "day", "moment"),
    each("naturalday:none", "day"),
    "{% load humanize %}{{ word|naturaltime }},{{ none|naturaltime }},{{ list|naturaltime }},"
    "{{ empty|naturaltime }},{{ f|naturaltime }},{{ html|naturaltime }},",
    *(
        Case("{% load humanize %}{{ x|naturalday }}", {"x": TODAY + timedelta(days)})
        for days in (-3, -2, -1, 0, 1, 2, 3, 300)
    ),
    *(
        Case("{% load humanize %}{{ x|naturaltime }}", {"x": NOW - timedelta(**age)})
        for age in AGES[2:]
    ),
    *(
        Case("{% load humanize %}{{ x|naturaltime }}", {"x": NOW + timedelta(**age)})
        for age in AGES[3:]
    ),
    Case("{% load humanize %}{{ x|naturalday }}", {"x": NOW}, timezone="Pacific/Kiritimati"),
    Case(
        "{% load humanize %}{{ x|naturaltime }}", {"x": NOW.replace(tzinfo=None) - timedelta(3.6)}
    ),
    each("intcomma", "html", "html|safe"),
    each("ordinal", "html", "'<'|safe"),
    "{% load humanize %}{{ 1234|intcomma|safe }}{{ 3|ordinal|upper }}{{ 5|apnumber|capfirst }}",
    "{% load humanize %}{% filter intcomma %}12345{% endfilter %}",
    "{% load intcomma ordinal from humanize %}{{ 12345|intcomma }}{{ 2|ordinal }}",
    "{% load humanize %}{% with n=1234567|intword %}{{ n }}{% endwith %}",
]

FAILS = [
    "{% load humanize %}{{ day|naturaltime }}",
    "{% load humanize %}{{ 1|ordinal:2 }}",
    "{% load humanize %}{{ 1|intword:2 }}",
    "{% load humanize %}{{ 1|apnumber:2 }}",
    "{% load humanize %}{{ day|naturaltime:'x' }}",
    "{% load intcomma from humanize %}{{ 1|ordinal }}",
]
