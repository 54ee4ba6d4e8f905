"""{% load l10n %} and {% load tz %}."""

from datetime import datetime, timedelta, timezone

from case import Case

CONTEXT = {
    "n": 1234567,
    "f": 1234567.5,
    "six": 6.0,
    "huge": 1e16,
    "s": "<1000>",
    "yes": True,
    "none": None,
    "when": datetime(2024, 7, 1, 12, 30, tzinfo=timezone.utc),
    "naive": datetime(2024, 1, 1, 23, 45),
    "offset": datetime(2024, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=-3))),
    "zone": "America/Chicago",
    "word": "word",
}
SHOW = "{{ when|date:'Y-m-d H:i T' }}"

RENDERS = [
    "{% load l10n %}{{ n|localize }} {{ f|localize }} {{ six|localize }} {{ s|localize }}",
    "{% load l10n %}{{ n|unlocalize }} {{ f|unlocalize }} {{ six|unlocalize }} {{ s|unlocalize }}",
    "{% load l10n %}{{ n|localize|escapeseq }} {{ s|localize|escapeseq }}",
    "{% load l10n %}{{ yes|localize }} {{ none|localize }} {{ yes|unlocalize }}",
    "{% load l10n %}{{ none|unlocalize }}",
    "{% load l10n %}{{ huge }} {{ huge|localize }} {{ huge|unlocalize }}",
    "{% load l10n %}{% localize %}{{ n }} {{ f }}{% endlocalize %}",
    "{% load l10n %}{% localize on %}{{ n }} {{ huge }}{% endlocalize %}",
    "{% load l10n %}{% localize off %}{{ n }} {{ f }} {{ huge }} {{ s }}{{ yes }}{% endlocalize %}",
    "{% load l10n %}{% localize off %}{{ f|floatformat:2 }}{% endlocalize %}"
    "{{ f|floatformat:'2g' }}",
    "{% load tz %}" + SHOW,
    "{% load tz %}{% timezone 'Europe/Paris' %}" + SHOW + "{% endtimezone %}" + SHOW,
    "{% load tz %}{% timezone zone %}" + SHOW + "{% endtimezone %}",
    "{% load tz %}{% timezone None %}" + SHOW + "{% endtimezone %}",
    "{% load tz %}{% timezone 'Asia/Tokyo' %}{% timezone zone %}"
    + SHOW
    + "{% endtimezone %}"
    + SHOW
    + "{% endtimezone %}",
    Case(
        "{% load tz %}{% localtime off %}" + SHOW + "{% endlocaltime %}" + SHOW,
        timezone="Europe/Paris",
    ),
    Case("{% load tz %}{% localtime on %}" + SHOW + "{% endlocaltime %}", timezone="Europe/Paris"),
    Case("{% load tz %}{% localtime %}" + SHOW + "{% endlocaltime %}", timezone="Europe/Paris"),
    Case(
        "{% load tz %}{{ when|utc|date:'H:i e T' }} {{ when|localtime|date:'H:i e T' }}",
        timezone="Europe/Paris",
    ),
    Case("{% load tz %}{{ when|timezone:'Asia/Tokyo'|date:'H:i e T' }}", timezone="Europe/Paris"),
    Case("{% load tz %}{{ when|timezone:zone|time:'H:i' }} {{ offset|timezone:'UTC'|date:'c' }}"),
    Case(
        "{% load tz %}{{ naive|utc|date:'c' }} {{ naive|timezone:'Asia/Tokyo'|date:'c' }}",
        timezone="Europe/Paris",
    ),
    Case("{% load tz %}{{ naive|localtime|date:'c e' }}", timezone="America/New_York"),
    Case(
        "{% load tz %}{% localtime off %}{{ when|localtime|date:'c' }}"
        "{{ offset|date:'c' }}{% endlocaltime %}",
        timezone="Europe/Paris",
    ),
    "{% load tz %}{{ when|timezone:'No/Where' }}|{{ word|utc }}|{{ none|localtime }}|{{ n|utc }}|",
    "{% load tz %}{{ when|timezone:5 }}|{{ missing|utc }}|",
    "{% load tz %}{{ when|utc }} {{ when|timezone:'Asia/Tokyo' }}",
    "{% load tz %}{{ when|utc|timesince:when }} {{ when|timezone:'Asia/Tokyo'|timesince:offset }}",
    "{% load tz %}{% get_current_timezone as z %}{{ z }}",
    Case("{% load tz %}{% get_current_timezone as z %}{{ z }}", timezone="Europe/Paris"),
    *(
        Case("{% load tz %}{% get_current_timezone as z %}{{ z }}{% now 'e T' %}", timezone=zone)
        for zone in ("UTC", "Etc/GMT", "Etc/GMT+5", "America/Chicago", "EST5EDT")
    ),
    "{% load tz %}{% timezone zone %}{% get_current_timezone as z %}{{ z }}{% endtimezone %}"
    "{{ z }}|",
    "{% load tz %}{% timezone 'Asia/Tokyo' %}{{ naive|date:'c e' }}{% now 'e' %}{% endtimezone %}",
]

FAILS = [
    "{% load l10n %}{% localize maybe %}{% endlocalize %}",
    "{% load l10n %}{% localize on off %}{% endlocalize %}",
    "{% load l10n %}{% localize %}",
    "{% load l10n %}{{ n|localize:1 }}",
    "{% load tz %}{% localtime maybe %}{% endlocaltime %}",
    "{% load tz %}{% localtime off %}",
    "{% load tz %}{% timezone %}{% endtimezone %}",
    "{% load tz %}{% timezone 'a' 'b' %}{% endtimezone %}",
    "{% load tz %}{% timezone 'No/Where' %}{% endtimezone %}",
    "{% load tz %}{% timezone 'UTC' %}",
    "{% load tz %}{% get_current_timezone %}",
    "{% load tz %}{% get_current_timezone to z %}",
    "{% load tz %}{{ when|timezone }}",
    "{% load tz %}{{ when|utc:1 }}",
]
