"""{% load i18n %}, in the source language."""

from case import Case

CONTEXT = {
    "x": "<x>",
    "n": 2,
    "one": 1,
    "zero": 0,
    "f": 1.0,
    "none": None,
    "list": [1, 2, 3],
    "d": {"k": "v"},
    "text": "100% <sure>",
    "code": "de",
    "codes": ["en", "fr", "zh-hans"],
    "pairs": [["de", "German"], ["ar", "Arabic"]],
}


def i18n(*sources):
    return ["{% load i18n %}" + source for source in sources]


TAGS = ["translate", "trans"]
BLOCKS = ["blocktranslate", "blocktrans"]
INFO = "{{ l.code }} {{ l.name }} {{ l.name_local }} {{ l.name_translated }} {{ l.bidi }};"
LANGUAGES = [
    "en",
    "en-us",
    "en-gb",
    "de",
    "fr",
    "es-mx",
    "pt-br",
    "zh-hans",
    "zh-cn",
    "ar",
    "he",
    "fa",
    "ja",
    "nb",
    "sr-latn",
    "de-at",
]

RENDERS = [
    *(f"{{% load i18n %}}{{% {tag} 'Hello <b>' %}}" for tag in TAGS),
    *(f"{{% load i18n %}}{{% {tag} %}}b {{{{ x }}}}{{% end{tag} %}}" for tag in BLOCKS),
    *i18n(
        '{% translate "50% off" %}',
        "{% translate '50%% off' %}",
        "{% translate x %}",
        "{% translate text %}",
        "{% translate missing %}|",
        "{% translate 'Hello'|upper %}",
        "{% translate x|safe %}",
        "{% translate 'a' noop %}",
        "{% translate 'May' context 'month' %}",
        "{% translate 'May' context x %}",
        "{% translate 'hello' as h %}[{{ h }}]",
        "{% translate '<b>' as h %}[{{ h }}]",
        "{% translate x as h %}[{{ h }}]",
        "{% translate 'x' noop context 'c' as h %}[{{ h }}]",
        "{% translate 'x' as h noop %}[{{ h }}]",
        "{% translate '' %}|",
        "{% translate 'Yes' as yes %}{% if yes == 'Yes' %}same{% endif %}",
        "{% autoescape off %}{% translate x %}{% blocktranslate %}{{ x }}{% endblocktranslate %}"
        "{% endautoescape %}",
        "{% blocktranslate %}plain 100% text{% endblocktranslate %}",
        "{% blocktranslate %}{{ x }} and {{ n }} and {{ missing }}|{% endblocktranslate %}",
        "{% blocktranslate %}%(x)s %s %d %%{% endblocktranslate %}",
        "{% blocktranslate %}{{ x }}100%{{ n }}%%{% endblocktranslate %}",
        "{% blocktranslate with y=x z=n|add:1 %}{{ y }} {{ z }}{% endblocktranslate %}",
        "{% blocktranslate with x|safe as y and n as z %}{{ y }}{{ z }}{% endblocktranslate %}",
        "{% blocktranslate with y=d.k %}{{ y }}{% endblocktranslate %}{{ y }}|",
        "{% blocktranslate count c=n %}one{% plural %}{{ c }} many{% endblocktranslate %}",
        "{% blocktranslate count c=one %}one{% plural %}{{ c }} many{% endblocktranslate %}",
        "{% blocktranslate count c=zero %}one{% plural %}{{ c }} many{% endblocktranslate %}",
        "{% blocktranslate count c=f %}{{ c }} one{% plural %}{{ c }} many{% endblocktranslate %}",
        "{% blocktranslate count n as c %}one{% plural %}{{ c }} many{% endblocktranslate %}",
        "{% blocktranslate count c=list|length %}{{ c }} item{% plural %}"
        "{{ c }} items{% endblocktranslate %}",
        "{% blocktranslate with y=x count c=n %}one{% plural %}{{ c }} "
        "{{ y }}{% endblocktranslate %}",
        "{% blocktranslate count c=n with y=x %}one{% plural %}{{ c }} "
        "{{ y }}{% endblocktranslate %}",
        "{% blocktranslate count c=True %}one{% plural %}{{ c }}{% endblocktranslate %}",
        "{% blocktranslate trimmed %}\n  first\n  second {{ n }}\n"
        "\n  third\n{% endblocktranslate %}",
        "{% blocktranslate %}\n  first\n  second\n{% endblocktranslate %}",
        "{% blocktranslate trimmed count c=n %}\n one\n{% plural %}\n"
        "  {{ c }}\n  more\n{% endblocktranslate %}",
        "{% blocktranslate asvar b %}value {{ x }}{% endblocktranslate %}[{{ b }}]",
        "{% blocktranslate with y=1 asvar b %}{{ y }}{% endblocktranslate %}[{{ b|upper }}]",
        "{% blocktranslate context 'c' %}in context{% endblocktranslate %}",
        "{% blocktranslate count c=n context 'x' %}one{% plural %}many{% endblocktranslate %}",
        "{% blocktranslate %}{% endblocktranslate %}|",
        "{% get_current_language as l %}{{ l }}",
        "{% get_current_language_bidi as b %}{{ b }}",
        "{% get_available_languages as ls %}{{ ls|length }} {{ ls.0.0 }} {{ ls.0.1 }}",
        "{% get_available_languages as ls %}{% for c, name in ls %}{{ c }}={{ name }};{% endfor %}",
        "{% get_language_info for 'de' as l %}" + INFO,
        "{% get_language_info for code as l %}" + INFO,
        "{% get_language_info_list for codes as ls %}{% for l in ls %}" + INFO + "{% endfor %}",
        "{% get_language_info_list for pairs as ls %}{% for l in ls %}" + INFO + "{% endfor %}",
        "{{ code|language_name }} {{ code|language_name_local }} {{ code|language_bidi }}",
        "{{ 'he'|language_name_translated }} {{ 'he'|language_name_local }}",
        "{{ 'he'|language_bidi }}",
        "{% language 'en' %}{% translate 'Yes' %} {% get_current_language as l %}"
        "{{ l }}{% endlanguage %}",
        "{% language 'en-gb' %}{{ x }}{% endlanguage %}",
        "{{ _('x <y>') }}{{ _('x')|upper }}{% firstof _('y') %}{% if _('a') == 'a' %}ok{% endif %}",
        *("{%% get_language_info for '%s' as l %%}" % code + INFO for code in LANGUAGES),
    ),
    Case(
        "{% load i18n %}{% blocktranslate %}[{{ missing }}]{% endblocktranslate %}",
        config={"string_if_invalid": "?%s?"},
    ),
]

FAILS = i18n(
    "{% translate n %}",
    "{% translate %}",
    "{% translate 'a' 'b' %}",
    "{% translate 'a' as %}",
    "{% translate 'a' context %}",
    "{% translate 'a' context as b %}",
    "{% translate 'a' context noop %}",
    "{% translate 'a' noop noop %}",
    "{% translate 'a' loud %}",
    "{% translate 'a'|nosuch %}",
    "{% blocktranslate %}",
    "{% blocktranslate %}{% if x %}{% endif %}{% endblocktranslate %}",
    "{% blocktranslate %}{# note #}{% endblocktranslate %}",
    "{% blocktranslate %}a{% plural %}b{% endblocktranslate %}",
    "{% blocktranslate count c=n %}a{% endblocktranslate %}",
    "{% blocktranslate count c=n %}a{% plural %}b{% plural %}c{% endblocktranslate %}",
    "{% blocktranslate count c=x %}a{% plural %}b{% endblocktranslate %}",
    "{% blocktranslate count c=missing %}a{% plural %}b{% endblocktranslate %}",
    "{% blocktranslate count %}a{% plural %}b{% endblocktranslate %}",
    "{% blocktranslate count a=n b=n %}a{% plural %}b{% endblocktranslate %}",
    "{% blocktranslate with %}a{% endblocktranslate %}",
    "{% blocktranslate with y=x with z=x %}a{% endblocktranslate %}",
    "{% blocktranslate asvar %}a{% endblocktranslate %}",
    "{% blocktranslate context %}a{% endblocktranslate %}",
    "{% blocktranslate loud %}a{% endblocktranslate %}",
    "{% blocktranslate trimmed trimmed %}a{% endblocktranslate %}",
    "{% blocktranslate %}a{% endblocktrans %}",
    "{% plural %}",
    "{% get_current_language %}",
    "{% get_current_language to l %}",
    "{% get_current_language_bidi as %}",
    "{% get_available_languages %}",
    "{% get_language_info %}",
    "{% get_language_info for 'de' %}",
    "{% get_language_info 'de' as l %}",
    "{% get_language_info for 'xx' as l %}{{ l.name }}",
    "{% get_language_info_list for codes %}",
    "{{ 'xx'|language_name }}",
    "{% language %}{% endlanguage %}",
    "{% language 'en' 'de' %}{% endlanguage %}",
    "{% language 'en' %}",
)
