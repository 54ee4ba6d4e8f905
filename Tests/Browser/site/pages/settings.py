"""The article's settings, and what its pages need."""

from importlib.util import find_spec
from pathlib import Path

from chatgpt_django_app.settings import *

HERE = Path(__file__).parent

INSTALLED_APPS += ["django.contrib.staticfiles", "turbo_helper"]
ROOT_URLCONF = "pages.urls"
STATIC_URL = "/static/"
# The files of the app `turbo`, without the app: a server of its own.
STATICFILES_DIRS = [HERE / "static", Path(find_spec("turbo").origin).with_name("static")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
    }
]
