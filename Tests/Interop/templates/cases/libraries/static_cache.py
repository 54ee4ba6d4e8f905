"""{% load static %} and {% load cache %}."""

from case import Case

MANIFEST = {
    "css/a.css": "css/a.55e7.css",
    "a b.js": "a b.1234.js",
    "font.eot": "font.9abc.eot",
    "/root.css": "/root.77.css",
}


def hashed(source, **config):
    return Case("{% load static %}" + source, config={"static_manifest": MANIFEST, **config})


CONTEXT = {
    "path": "app/logo.png",
    "odd": "a b&c.png",
    "n": 60,
    "s": "60",
    "none": None,
    "x": "<x>",
    "list": [1, 2],
}

RENDERS = [
    "{% load static %}{% static 'css/site.css' %}",
    "{% load static %}{% static path %}",
    "{% load static %}{% static path|upper %}",
    "{% load static %}{% static odd %}",
    "{% load static %}{% static 'é/ü.js' %}",
    "{% load static %}{% static 'a.js' as u %}[{{ u }}]",
    "{% load static %}{% static odd as u %}[{{ u }}]",
    "{% load static %}{% autoescape off %}{% static odd %}{% endautoescape %}",
    "{% load static %}{% get_media_prefix %}",
    "{% load static %}{% get_media_prefix as p %}[{{ p }}]",
    "{% load static %}{% get_static_prefix %}",
    "{% load static %}{% get_static_prefix as p %}[{{ p }}]",
    "{% load static %}<img src=\"{% static 'a/'|add:path %}\">",
    Case(
        "{% load static %}{% static 'a.css' %} {% get_static_prefix %}",
        config={"static_url": "https://cdn.example.com/s/"},
    ),
    Case("{% load static %}{% static path %}", config={"static_url": "/assets/"}),
    "{% load static %}{% static '/a.css' %}|{% static '//a.css' %}|{% static '../a.css' %}",
    "{% load static %}{% static \"a(b)'!*~.css\" %}|{% static n %}|{% static none %}",
    "{% load static %}{% static 'a\\\\b.css' %}|{% static 'a.css?v=1#f' %}|{% static missing %}",
    hashed("{% static 'css/a.css' %}|{% static 'css/a.css' as u %}{{ u }}"),
    hashed("{% static 'css/a.css?v=1&w=<' %}|{% static 'css/a.css#part' %}"),
    hashed("{% static 'css/a.css?v=1#part' %}|{% static 'font.eot?#iefix' %}"),
    hashed("{% static 'font.eot?a#b' %}|{% static 'font.eot?' %}|{% static 'font.eot#' %}"),
    hashed("{% static 'a b.js' %}|{% static 'a%20b.js' %}|{% static ' css/a.css ' %}"),
    hashed("{% static 'css/' %}|{% static 'css/?x' %}|{% static 'css/#x' %}|{% static '/' %}"),
    hashed("{% static '/root.css' %}"),
    hashed("{% static 'css/a.css' %}", static_url="https://cdn.example.com/s/"),
    hashed("{% autoescape off %}{% static 'css/a.css?v=1&w=<' %}{% endautoescape %}"),
    "{% load cache %}{% cache 500 name %}{{ x }}{% endcache %}",
    "{% load cache %}{% cache n name x path %}body{% endcache %}",
    "{% load cache %}{% cache s name %}body{% endcache %}",
    "{% load cache %}{% cache none name %}body{% endcache %}",
    "{% load cache %}{% cache 5 name using='default' %}body{% endcache %}",
    "{% load cache %}{% for i in list %}{% cache 5 name i %}{{ i }}{% endcache %}{% endfor %}",
    "{% load cache %}{% cache 5 a %}{% cache 5 b %}{{ n }}{% endcache %}{% endcache %}",
    "{% load cache %}{% cache 5.9 name %}body{% endcache %}",
    "{% load cache %}{% cache 5 name missing %}body{% endcache %}",
]

FAILS = [
    hashed("{% static 'css/b.css' %}"),
    hashed("{% static '' %}"),
    hashed("{% static n %}"),
    "{% load static %}{% static %}",
    "{% load static %}{% static 'a'|nosuch %}",
    "{% load static %}{% get_static_prefix to p %}",
    "{% load static %}{% get_static_prefix as %}",
    "{% load cache %}{% cache %}{% endcache %}",
    "{% load cache %}{% cache 5 %}{% endcache %}",
    "{% load cache %}{% cache 5 name %}",
    "{% load cache %}{% cache 'x' name %}{% endcache %}",
    "{% load cache %}{% cache missing name %}{% endcache %}",
    "{% load cache %}{% cache list name %}{% endcache %}",
    "{% load cache %}{% cache 5 name using='nosuch' %}{% endcache %}",
]
