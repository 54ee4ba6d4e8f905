"""What Hotwire projects load: turbo_helper (django-turbo-helper) and turbo_response."""

CONTEXT = {
    "x": "<x>",
    "id": 7,
    "name": "message_list",
    "yes": True,
    "no": False,
    "none": None,
    "empty": "",
    "action": "append",
    "d": {"k": "v"},
    "list": [1, 2],
    "f": 6.0,
}


def both(*sources):
    return [
        f"{{% load {name} %}}{source}"
        for name in ("turbo_helper", "turbo_response")
        for source in sources
    ]


def helper(*sources):
    return ["{% load turbo_helper %}" + source for source in sources]


RENDERS = [
    *both(
        "{% dom_id name %}",
        "{% dom_id id %}",
        "{% dom_id x %}",
        "{% dom_id name 'prefix' %}",
        "{% dom_id name prefix='p' %}",
        "{% dom_id id name %}",
        "{% dom_id instance=id prefix=name %}",
        "{% dom_id name '' %}",
        "{% dom_id name none %}",
        "{% dom_id missing %}|",
        "{% dom_id missing name %}",
        "{% dom_id none %}",
        "{% dom_id f 'n' %}",
        "{% dom_id d %}",
        "{% dom_id x '<p>' %}",
        "{% dom_id id|add:1 %}",
        "{% dom_id x|safe %}",
        "{% dom_id x|safe 'p' %}",
        "{% dom_id 'a' x|safe %}",
        "{% dom_id name as target %}[{{ target }}]",
        "{% dom_id x as target %}[{{ target }}]",
        "{% autoescape off %}{% dom_id x '<p>' %}{% endautoescape %}",
        "{% turbo_frame 'frame' %}body{% endturbo_frame %}",
        "{% turbo_frame name %}{{ x }}{% endturbo_frame %}",
        "{% turbo_frame x %}{% endturbo_frame %}",
        "{% turbo_frame 'f' src='/a?b=1' %}{% endturbo_frame %}",
        "{% turbo_frame 'f' src=name loading='lazy' target='_top' %}x{% endturbo_frame %}",
        "{% turbo_frame 'f' data_turbo_action='advance' data_a_b=id %}{% endturbo_frame %}",
        "{% turbo_frame 'f' class='a b' disabled=yes %}{% endturbo_frame %}",
        "{% turbo_frame 'f' src=none %}{% endturbo_frame %}",
        "{% turbo_frame 'f' src=missing %}{% endturbo_frame %}",
        "{% turbo_frame id %}{% turbo_frame 'inner' %}x{% endturbo_frame %}{% endturbo_frame %}",
        "{% turbo_frame name|upper src=x|safe %}{% endturbo_frame %}",
        "{% turbo_frame missing %}x{% endturbo_frame %}",
        "{% dom_id id 'message' as t %}{% turbo_frame t %}x{% endturbo_frame %}",
        "{% turbo_frame 'f' %}\n  {% for i in list %}{{ i }}{% endfor %}\n{% endturbo_frame %}",
        "{% turbo_stream 'append' 'list' %}<p>{{ x }}</p>{% endturbo_stream %}",
        "{% turbo_stream action name %}{% endturbo_stream %}",
        "{% turbo_stream 'replace' x %}{{ x|safe }}{% endturbo_stream %}",
        "{% turbo_stream 'update' 'a' method='morph' %}b{% endturbo_stream %}",
        "{% turbo_stream 'before' 'a' data_x_y=id %}b{% endturbo_stream %}",
        "{% turbo_stream 'remove' 'a' %}{% endturbo_stream %}",
        "{% turbo_stream 'after' id %}b{% endturbo_stream %}",
        "{% turbo_stream 'prepend' name|upper %}b{% endturbo_stream %}",
        "{% autoescape off %}{% turbo_stream 'append' x %}{{ x }}{% endturbo_stream %}"
        "{% endautoescape %}",
        "{% turbo_stream 'append' 'a' %}{% with y=id %}{{ y }}{% endwith %}{% endturbo_stream %}",
    ),
    *helper(
        "{% turbo_frame 'f' src=x %}{% endturbo_frame %}",
        "{% turbo_stream 'update' 'a' data_x=x %}{% endturbo_stream %}",
        "{% turbo_stream_all 'append' '.item' %}a{% endturbo_stream_all %}",
        "{% turbo_stream_all 'remove' '#a > .b' %}{% endturbo_stream_all %}",
        "{% turbo_stream_all 'replace' name data_x=id %}{{ x }}{% endturbo_stream_all %}",
        "{% class_names 'a' %}",
        "{% class_names active='x'|nosuch %}",
        "{% class_names 'btn' active=yes %}",
        "{% class_names 'btn' active=no %}",
        "{% class_names 'btn' active=no hidden=!no shown=!yes %}",
        "{% class_names active=missing other=!missing %}",
        "{% class_names text-lg=yes md:flex=yes w-1/2=yes %}",
        "{% class_names 'a' active=yes 'b' %}",
        "{% class_names active=id zero=0 s='x' e='' %}",
        "{% class_names active=d.k %}",
        "{% class_names %}|",
        "<div class=\"{% class_names 'card' card--open=yes %}\">",
    ),
    "{% load turbo_helper %}{% dom_id 'message-list' 'a' %}",
    *(
        f"{{% load l10n {name} %}}{{% localize off %}}{{% turbo_frame 1e16 src=1e16 %}}{{{{ f }}}}"
        "{% endturbo_frame %}{% turbo_stream 'update' 1e16 %}{% endturbo_stream %}{% endlocalize %}"
        for name in ("turbo_helper", "turbo_response")
    ),
    "{% load dom_id from turbo_helper %}{% dom_id name %}",
    "{% load turbo_helper i18n %}{% turbo_frame 'f' %}{% translate 'x' %}{% endturbo_frame %}",
]

FAILS = [
    *both(
        "{% dom_id %}",
        "{% dom_id a b c %}",
        "{% dom_id name nosuch=1 %}",
        "{% dom_id name instance=1 %}",
        "{% turbo_frame %}{% endturbo_frame %}",
        "{% turbo_frame 'f' loose %}{% endturbo_frame %}",
        "{% turbo_frame 'f' %}",
        "{% turbo_frame 'f'|nosuch %}{% endturbo_frame %}",
        "{% turbo_stream %}{% endturbo_stream %}",
        "{% turbo_stream 'append' %}{% endturbo_stream %}",
        "{% turbo_stream 'append' 'a' loose %}{% endturbo_stream %}",
        "{% turbo_stream 'append' 'a' %}",
    ),
    *helper(
        "{% turbo_stream 'nosuch' 'a' %}{% endturbo_stream %}",
        "{% turbo_stream_all 'append' %}{% endturbo_stream_all %}",
        "{% turbo_stream_all 'append' 'a' %}",
        "{% class_names loose %}",
        "{% class_names 'a' 'b c' %}",
    ),
    "{% load turbo_response %}{% class_names 'a' %}",
    "{% load turbo_response %}{% turbo_stream_all 'append' 'a' %}{% endturbo_stream_all %}",
    "{% dom_id name %}",
    "{% turbo_frame 'f' %}{% endturbo_frame %}",
]
