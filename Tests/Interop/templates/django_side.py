"""Django, set up as the sites that turboctl speaks to."""

from contextlib import nullcontext
from dataclasses import dataclass
from unittest import mock

import django
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.template import Context, Engine
from django.template.backends.django import get_installed_libraries
from django.test import override_settings
from django.urls import include, path, set_urlconf

from case import PAGE

settings.configure(
    SECRET_KEY="not a secret",
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.humanize",
        "django.contrib.staticfiles",
        "turbo_helper",
    ],
    # turbo_helper renders its elements with the configured engine.
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    STATIC_URL="/static/",
    TIME_ZONE="UTC",
    USE_TZ=True,
)
django.setup()

LIBRARIES = {
    **get_installed_libraries(),
    # The package calls its library turbo_helper, too: one name, two packages.
    "turbo_response": "turbo_response.templatetags.turbo_helper",
}


@dataclass(frozen=True)
class Failure:
    """An exception, as Django worded it."""

    kind: str
    message: str


def render(case, directory):
    """The bytes that Django renders, or the `Failure`."""
    engine = Engine(
        dirs=[directory / "templates"],
        libraries=LIBRARIES,
        autoescape=case.autoescape,
        string_if_invalid=case.config.get("string_if_invalid", ""),
    )
    chosen = {"TIME_ZONE": case.timezone, "STATIC_URL": case.config.get("static_url", "/static/")}
    set_urlconf(patterns(case.config.get("urls", {})))
    try:
        different = {k: v for k, v in chosen.items() if getattr(settings, k) != v}
        with override_settings(**different), static_names(case.config.get("static_manifest")):
            # A copy, since tags set variables in it.
            context = Context({**(case.context or {})}, autoescape=case.autoescape)
            return engine.get_template(PAGE).render(context).encode()
    except Exception as error:  # Filters raise whatever Python raises.
        return Failure(type(error).__name__, str(error))
    finally:
        set_urlconf(None)


def static_names(manifest):
    """Gives static files their hashed names, if there are any."""
    if manifest is None:
        return nullcontext()
    storage = ManifestStaticFilesStorage(location=".")
    storage.hashed_files = manifest
    return mock.patch.object(staticfiles_storage, "_wrapped", storage)


def patterns(urls):
    """Routes by name, as a urlconf; `chat:detail` is `detail` in the namespace `chat`."""
    return tuple(
        path("", include(([pattern(route, name)], namespace), namespace=namespace))
        if namespace
        else pattern(route, name)
        for namespace, _, name, route in (
            (*full.rpartition(":"), route) for full, route in urls.items()
        )
    )


def pattern(route, name):
    return path(route, lambda request: None, name=name)
