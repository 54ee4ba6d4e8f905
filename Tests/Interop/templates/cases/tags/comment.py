"""{% comment %}, {# #} and {% verbatim %}."""

CONTEXT = {"x": "<x>"}

RENDERS = [
    "a{% comment %}b{{ x }}{% endcomment %}c",
    "a{% comment %}{% if %}{% nosuch %}{{ }}{% endcomment %}c",
    "a{% comment 'a note' %}b{% endcomment %}c",
    "a{% comment a note, unquoted %}b{% endcomment %}c",
    "a{% comment %}\nb\n{% endcomment %}c",
    "a{% comment %}{# inner #}{% comment %}{% endcomment %}c",
    "a{# b #}c{# d #}",
    "a{# {% nosuch %} {{ x #}c",
    "a{# first #} second #}",
    "{# TODO: {{ x }} #}{{ x }}",
    "{% verbatim %}{{ x }}{% if %}{# c #}{% endverbatim %}{{ x }}",
    "{% verbatim %}{% endverbatim %}|",
    "{% verbatim block %}{% verbatim %}{{ x }}{% endverbatim %}{% endverbatim block %}{{ x }}",
    "{% verbatim %}{%  nosuch  %}{{x}}{{  x  }}{% endverbatim %}",
    "{% verbatim %}<script>{{#each}}{{this}}{{/each}}</script>\n{% endverbatim %}",
    "{% verbatim %}{% comment %}{% endverbatim %}{{ x }}",
    "{% comment %}{% verbatim %}{% endcomment %}{{ x }}{% endverbatim %}{% endcomment %}|",
    "{%   verbatim   %}{{ x }}{%   endverbatim   %}",
    "{% verbatim a b %}{{ x }}{% endverbatim %}{% endverbatim a b %}",
    "{% if x %}{% verbatim %}{% endif %}{% endverbatim %}{% endif %}",
]

FAILS = [
    "{% comment %}",
    "{% comment %}{% endcomments %}",
    "{% endcomment %}",
    "{% verbatim %}{{ x }}",
    "{% verbatim a %}{% endverbatim %}",
    "{% verbatim a %}{% endverbatim b %}",
    "{% endverbatim %}",
]
