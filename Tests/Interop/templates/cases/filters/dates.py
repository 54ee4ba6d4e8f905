"""Filters on dates."""

from datetime import date, datetime, time, timedelta, timezone

from case import Case

UTC = timezone.utc
WINTER = datetime(2024, 1, 2, 3, 4, 5, 678901, UTC)
SUMMER = datetime(2023, 7, 31, 23, 59, 59, tzinfo=UTC)
NOW = datetime.now(UTC)

CONTEXT = {
    "winter": WINTER,
    "summer": SUMMER,
    "naive": datetime(2024, 2, 29, 12, 0),
    "midnight": datetime(2000, 12, 31, 0, 0, tzinfo=UTC),
    "offset": datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    "west": datetime(1999, 11, 11, 20, 15, 30, 120, timezone(-timedelta(hours=8))),
    "day": date(2024, 3, 1),
    "old": date(1900, 1, 1),
    "first": date(1, 1, 1),
    "clock": time(15, 30, 45, 123456),
    "early": time(0, 5),
    "there": time(4, 0, tzinfo=timezone(timedelta(minutes=30))),
    "here": time(16, 30, 15, 500000, tzinfo=timezone(-timedelta(hours=8, seconds=20))),
    "utc": time(12, 0, tzinfo=UTC),
    "word": "word",
    "empty": "",
    "none": None,
    "n": 5,
    "list": [1],
}

LETTERS = "abcdDeEfFgGhHiIjlLmMnNoOPrsStTuUwWyYzZ"
DATE_LETTERS = "bdDEFjlLmMnNoStwWyYz"
TIME_LETTERS = "aAfgGhHiPsu"


def letters(name, letters=LETTERS):
    return "{{ %s|date:'%s' }}" % (name, " ".join(letters))


def each(filter, *names):
    return " ".join("{{ %s|%s }}," % (name, filter) for name in names)


MOMENTS = ["winter", "summer", "naive", "midnight", "offset", "west"]
ZONES = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"]
FORMATS = [
    "",
    ":'Y-m-d'",
    ":'jS F Y'",
    ":'N j, Y, P'",
    ":'D d M y'",
    ":'H:i:s.u'",
    ":'g:i a'",
    ":'r'",
    ":'\\\\Y\\\\m Y'",
    ":'l, \\\\t\\\\h\\\\e jS'",
    ":'DATE_FORMAT'",
    ":'DATETIME_FORMAT'",
    ":'SHORT_DATE_FORMAT'",
    ":'SHORT_DATETIME_FORMAT'",
    ":'TIME_FORMAT'",
    ":'YEAR_MONTH_FORMAT'",
    ":'MONTH_DAY_FORMAT'",
    ":'NOSUCH_FORMAT'",
    ":'x v k'",
    ":'[Y] é <b>'",
    ":none",
    ":empty",
]
AGO = [
    {"seconds": 30},
    {"minutes": 5, "seconds": 30},
    {"hours": 1, "minutes": 30.5},
    {"hours": 23, "minutes": 30.5},
    {"days": 1, "hours": 2.5},
    {"days": 6, "hours": 23.5},
    {"days": 8, "hours": 1.5},
    {"days": 29, "hours": 12},
    {"days": 45, "hours": 12},
    {"days": 200, "hours": 12},
    {"days": 364, "hours": 12},
    {"days": 400, "hours": 12},
    {"days": 800, "hours": 12},
    {"days": 4000, "hours": 12},
]
SPANS = [
    ("2024-01-01T00:00", "2024-01-01T00:00"),
    ("2024-01-01T00:00", "2024-01-01T00:00:59"),
    ("2024-01-01T00:00", "2024-01-01T01:01"),
    ("2024-01-31T00:00", "2024-02-29T00:00"),
    ("2024-01-31T00:00", "2024-03-01T00:00"),
    ("2023-02-28T12:00", "2024-02-29T11:59"),
    ("2024-02-29T00:00", "2025-02-28T00:00"),
    ("2024-02-29T00:00", "2025-03-01T00:00"),
    ("2020-01-01T00:00", "2024-12-31T23:59"),
    ("2024-05-06T07:08", "2024-05-20T08:09"),
    ("2000-01-01T00:00", "2024-01-01T00:00"),
    ("2024-03-30T00:00", "2024-04-29T23:00"),
    ("2024-01-01T00:00", "2024-01-08T01:00"),
    ("2023-12-31T00:00", "2024-01-30T00:00"),
]


def span(a, b):
    moments = [datetime.fromisoformat(text) for text in (a, b)]
    context = {"a": moments[0], "b": moments[1]}
    source = "{{ a|timesince:b }}|{{ b|timesince:a }}|{{ a|timeuntil:b }}|{{ b|timeuntil:a }}|"
    return Case(source, context)


RENDERS = [
    *(letters(name) for name in MOMENTS),
    letters("day", DATE_LETTERS),
    letters("old", DATE_LETTERS),
    letters("clock", TIME_LETTERS),
    *(each(f"date{format}", *MOMENTS) for format in FORMATS),
    *(
        each(f"date{format}", "day")
        for format in ("", ":'Y-m-d'", ":'c'", ":'DATE_FORMAT'", ":'jS'")
    ),
    *(Case(letters(name), timezone=zone) for name in ("winter", "summer") for zone in ZONES),
    Case(letters("naive"), timezone="Europe/Paris"),
    Case(each("date:'c e T Z'", *MOMENTS), timezone="Australia/Lord_Howe"),
    Case(each("time", *MOMENTS), timezone="Asia/Tokyo"),
    each("time", *MOMENTS, "clock", "early"),
    *(
        each(f, "there", "here", "utc")
        for f in ("time", "time:'P:e:O:T:Z'", "time:'H:i I'", "time:'c'", "date:'c'", "date:'e'")
    ),
    *(
        each(f"time:{f}", *MOMENTS, "clock", "early")
        for f in ("'H:i'", "'P'", "'g A'", "'TIME_FORMAT'", "'H:i:s.u'", "'\\\\H G'", "none")
    ),
    each("date", "word", "empty", "none", "n", "list", "missing"),
    each("date:'Y'", "word", "empty", "none", "n", "list", "missing"),
    each("time", "word", "empty", "none", "n", "list", "missing"),
    "{{ empty|timesince }}|",
    "{{ none|timesince }}|{{ missing|timeuntil }}|{{ none|timesince:winter }}|",
    "{{ first|date:'Y-m-d' }} {{ first|date:'y' }} {{ old|date:'l jS F Y' }}",
    "{{ winter|date:'jS' }} {{ day|date:'jS' }} {{ midnight|date:'jS' }} {{ west|date:'jS' }}",
    *(span(a, b) for a, b in SPANS),
    "{{ winter|timesince:summer }}|{{ summer|timesince:winter }}|{{ west|timesince:offset }}",
    "{{ day|timesince:old }}|{{ old|timesince:day }}|{{ old|timeuntil:day }}",
    "{{ day|timeuntil:old }}",
    "{{ naive|timesince:day }}|{{ day|timesince:naive }}|{{ day|timeuntil:naive }}",
    *(Case("{{ x|timesince }}|{{ x|timeuntil }}", {"x": NOW - timedelta(**ago)}) for ago in AGO),
    *(
        Case("{{ x|timesince }}|{{ x|timeuntil }}", {"x": NOW + timedelta(**ago)})
        for ago in AGO[1:]
    ),
    "{{ winter|date:5 }}",
    "{% with d=winter|date:'Y' %}{{ d|add:1 }}{% endwith %}",
    "{% if winter|date:'m' == '01' %}January{% endif %}",
    "{{ winter|date:'<b>' }}",
    "{{ winter|date:'Y'|safe }}{% filter upper %}{{ winter|date:'F' }}{% endfilter %}",
    ("{{ x|date:'c' }}", {"x": datetime(2024, 10, 27, 1, 30, tzinfo=UTC)}),
    Case(
        "{{ x|date:'c T I' }}",
        {"x": datetime(2024, 10, 27, 0, 30, tzinfo=UTC)},
        timezone="Europe/Paris",
    ),
    Case(
        "{{ x|date:'c T I' }}",
        {"x": datetime(2024, 10, 27, 1, 30, tzinfo=UTC)},
        timezone="Europe/Paris",
    ),
    Case("{{ x|date:'c T I' }}", {"x": datetime(2024, 3, 31, 2, 30)}, timezone="Europe/Paris"),
    Case("{{ x|date:'c T I' }}", {"x": datetime(2050, 7, 1, tzinfo=UTC)}, timezone="Europe/Paris"),
    Case("{{ x|date:'c T I' }}", {"x": datetime(1890, 7, 1, tzinfo=UTC)}, timezone="Europe/Paris"),
    Case(
        "{{ x|date:'c T I' }}",
        {"x": datetime(2100, 1, 1, tzinfo=UTC)},
        timezone="America/Sao_Paulo",
    ),
    Case("{{ x|date:'W o z t L' }}", {"x": date(2021, 1, 3)}),
    Case("{{ x|date:'W o z t L' }}", {"x": date(2020, 12, 31)}),
    Case("{{ x|date:'W o z t L' }}", {"x": date(2019, 12, 30)}),
    Case("{{ x|date:'W o z t L' }}", {"x": date(2100, 2, 28)}),
    *(
        Case("{{ x|date:'D N jS b E f P z' }}", {"x": datetime(2025, month, month * 2, month)})
        for month in range(1, 13)
    ),
]

FAILS = [
    "{{ day|date:'H:i' }}",
    "{{ day|date:'P' }}",
    "{{ winter|date:'Y':'m' }}",
    "{{ winter|date:Y-m-d }}",
    "{{ winter|timesince:'x' }}",
    "{{ n|timesince }}",
    "{{ word|timesince }}",
    "{{ list|timeuntil }}",
    "{{ n|timeuntil }}",
    "{{ winter|date| }}",
    "{{ winter|dates }}",
]
