"""A Django project on disk, made for `config import`."""

import sys
from pathlib import Path

MANAGE = """\
import os, sys
from django.core.management import execute_from_command_line
print("a project may print at its start")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
execute_from_command_line(sys.argv)
"""

SETTINGS = """\
import re, ssl
from pathlib import Path

BASE = Path(__file__).parent.parent
SECRET_KEY = "unused"
INSTALLED_APPS = ["channels", "django.contrib.staticfiles", "rooms", "news"]
ROOT_URLCONF = "mysite.urls"
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "de"
STATIC_URL = "files/"
STATIC_ROOT = BASE / "collected"
STORAGES = {{
    "default": {{"BACKEND": "django.core.files.storage.FileSystemStorage"}},
    "staticfiles": {{"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}},
}}
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE / "pages"],
    "APP_DIRS": True,
    "OPTIONS": {{
        "string_if_invalid": "(%s)",
        "builtins": ["django.templatetags.static", "rooms.templatetags.own"],
    }},
}}]
CHANNEL_LAYERS = {layers}
"""

URLS = """\
from django.urls import include, path, re_path, register_converter

class Year:
    regex = "[0-9]{4}"
    def to_python(self, value): return int(value)
    def to_url(self, value): return str(value)

register_converter(Year, "yyyy")

def view(request, **arguments): ...

rooms = [
    path("", view, name="list"),
    path("<int:pk>/", view, name="show"),
    re_path(r"^old/(?P<pk>[0-9]+)/$", view, name="show"),
    path("<uuid:id>/<slug:part>/<path:rest>", view, name="deep"),
]
twice = [re_path(r"^(c|d)/$", view, name="again")]
urlpatterns = [
    path("", view, name="home"),
    path("rooms/", include((rooms, "rooms"))),
    path("archive/", include((rooms, "rooms"), namespace="archive")),
    path("one/", include((rooms, "talk"), namespace="one")),
    path("two/", include((rooms, "talk"), namespace="two")),
    path("plain/", include([path("inner/<str:name>", view, name="inner")])),
    path("<yyyy:year>/", view, name="year"),
    re_path(r"^a\\.b/(?P<name>[-\\w]+)/(?P<n>\\d+)$", view, name="expression"),
    re_path(r"^(a|b)/$", view, name="choice"),
    re_path(r"^opt/(?:page-(?P<n>\\d+)/)?$", view, name="optional"),
    re_path(r"^(?P<kind>[^/]+)?/any/$", view, name="any"),
    path("here/", include(twice)),
    path("there/", include(twice)),
    re_path(r"^(?:x|y)/", include(([path("", view, name="below")], "lost"))),
    path("nameless/", view),
]
"""

LIBRARY = "from django import template\nregister = template.Library()\n"


def write_project(folder, layers):
    """Writes the project; `layers` is the Python of its CHANNEL_LAYERS. Returns the path of manage.py."""
    files = {
        "manage.py": MANAGE,
        "mysite/__init__.py": "",
        "mysite/settings.py": SETTINGS.format(layers=layers),
        "mysite/urls.py": URLS,
        "rooms/__init__.py": "",
        "rooms/templatetags/__init__.py": "",
        "rooms/templatetags/own.py": LIBRARY,
        "rooms/templates/room.html": "from rooms",
        "rooms/static/a.css": "p {}",
        "news/__init__.py": "",
        "news/templates/room.html": "from news",
        "pages/page.html": "{{ nobody }}{% static 'a.css' %}",
    }
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Path(folder, "manage.py")


PYTHON = sys.executable
