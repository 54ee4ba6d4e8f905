"""{% url %}, by the named patterns of the configuration."""

from case import Case

CONTEXT = {
    "id": 5,
    "s": "a b/ü&",
    "name": "chat",
    "none": None,
    "list": [1],
    "f": 6.0,
    "big": 10**20,
}

URLS = {
    "index": "",
    "chat": "chat/<int:pk>/",
    "slug": "s/<slug:slug>/",
    "text": "t/<str:text>/end",
    "plain": "p/<text>/",
    "path": "files/<path:path>",
    "two": "x/<int:a>/<str:b>/",
    "uuid": "u/<uuid:id>/",
    "fixed": "about/us.html",
    "odd": "ödd path/&/<int:n>",
    "both": "b/<str:a>/<path:b>",
    "joined": "j/<int:a><str:b>/",
    "blog:post": "blog/<int:pk>/",
}
UUID = "12345678-1234-5678-1234-567812345678"


def urls(*sources):
    return [Case(source, config={"urls": URLS}) for source in sources]


RENDERS = urls(
    "{% url 'index' %}",
    '{% url "fixed" %}',
    "{% url 'chat' 5 %}",
    "{% url 'chat' id %}",
    "{% url 'chat' pk=id %}",
    "{% url 'chat' pk='7' %}",
    "{% url 'chat' '7' %}",
    "{% url name id %}",
    "{% url 'slug' 'a-b_c9' %}",
    "{% url 'text' s|cut:'/' %}",
    "{% url 'text' 'é' %}",
    "{% url 'text' text=id %}",
    "{% url 'plain' 'x' %}",
    "{% url 'path' 'a/b c.txt' %}",
    "{% url 'path' s %}",
    "{% url 'two' 1 'b' %}",
    "{% url 'two' b='b' a=1 %}",
    f"{{% url 'uuid' '{UUID}' %}}",
    "{% url 'odd' 1 %}",
    "{% url 'blog:post' 3 %}",
    "{% url 'chat' 5 as u %}[{{ u }}]",
    "{% url 'nosuch' as u %}[{{ u }}]",
    "{% url 'chat' 'x' as u %}[{{ u }}]",
    "{% url 'text' \"a'&b\" %}",
    "{% autoescape off %}{% url 'text' \"a'&b\" %}{% endautoescape %}",
    "{% url 'text' 'a&b' as u %}{{ u }}",
    "{% url 'chat' id|add:1 %}",
    "{% url 'chat' big %}",
    "{% url 'both' 'x/y' 'z' %}",
    "{% url 'joined' 1.5 2 %}",
    "{% if id %}<a href=\"{% url 'chat' id %}\">{{ id }}</a>{% endif %}",
)

FAILS = urls(
    "{% url %}",
    "{% url 'nosuch' %}",
    "{% url nosuch %}",
    "{% url none %}",
    "{% url 'chat' %}",
    "{% url 'chat' 'x' %}",
    "{% url 'chat' -5 %}",
    "{% url 'chat' f %}",
    "{% url 'chat' 1 2 %}",
    "{% url 'chat' id=1 %}",
    "{% url 'chat' 1 pk=1 %}",
    "{% url 'slug' 'a b' %}",
    "{% url 'text' 'a/b' %}",
    "{% url 'text' '' %}",
    "{% url 'uuid' 'x' %}",
    "{% url 'two' a=1 %}",
    "{% url 'two' 1 b='x' %}",
    "{% url 'nosuch:post' 3 %}",
    "{% url 'blog:nosuch' 3 %}",
    "{% url 'chat' 1, %}",
    "{% url 'chat' pk= %}",
    "{% url 'chat' 5 as %}",
    "{% url 'chat' 5|nosuch %}",
)
