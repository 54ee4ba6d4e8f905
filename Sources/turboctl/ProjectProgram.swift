/// The Python that a project's own interpreter runs for `config import`.
enum ProjectProgram {
  /// The descriptor that its answer goes to: what a project prints at its start is not in the way there.
  static let answer: Int32 = 3

  /// Writes `{"text": a configuration file, "notes": what could not be said in it}`.
  ///
  /// - Parameter libraries: of template tags and filters that need no Python.
  static func source(libraries: [String]) -> String {
    let list = libraries.map { "\"\($0)\"" }.joined(separator: ", ")
    return "LIBRARIES = [\(list)]\n" + values + templates + routes + answerTogether
  }

  private static let values = #"""
    import enum, json, math, os, re, ssl
    from django.conf import settings
    from django.utils.functional import Promise

    notes = []
    LEFT_OUT = object()

    def left_out(key, what):
        notes.append(f"{key}: {what} cannot be said in JSON and is left out")
        return LEFT_OUT

    def plain(value, key):
        "The value as JSON has it."
        if isinstance(value, ssl.VerifyMode):
            return value.name[len("CERT_"):].lower()
        if isinstance(value, enum.Enum):
            return plain(value.value, key)
        if isinstance(value, Promise):
            return str(value)
        if isinstance(value, float) and not math.isfinite(value):
            return left_out(key, str(value))
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, bytes):
            # channels_redis encodes a text as UTF-8 where bytes are wanted.
            try:
                return value.decode()
            except UnicodeDecodeError:
                return left_out(key, "a value of bytes")
        if isinstance(value, os.PathLike):
            return os.fspath(value)
        if isinstance(value, (list, tuple, set)):
            members = [plain(member, f"{key}[{i}]") for i, member in enumerate(value)]
            return [member for member in members if member is not LEFT_OUT]
        if isinstance(value, dict):
            return members_of(value, key)
        return left_out(key, f"a value of type {type(value).__name__}")

    def members_of(value, key):
        members = {}
        for name, member in value.items():
            if isinstance(name, re.Pattern):
                left_out(key, f"the compiled pattern {name.pattern!r}")
            elif not isinstance(name, str):
                left_out(key, f"a key of type {type(name).__name__}")
            elif (read := plain(member, f"{key}.{name}")) is not LEFT_OUT:
                members[name] = read
        return members

    """#

  private static let templates = #"""

    def template_settings():
        from django.template import engines
        from django.template.backends.django import DjangoTemplates
        from django.template.utils import get_app_template_dirs
        for alias in engines.templates:
            if engines.templates[alias]["BACKEND"] != "django.template.backends.django.DjangoTemplates":
                notes.append(f"TEMPLATES: the engine {alias} is not Django's own and is left out")
                continue
            engine = engines[alias].engine
            folders = list(engines[alias].template_dirs)
            loaders = json.dumps(engine.loaders, default=str)
            if "app_directories" in loaders and not engine.app_dirs:
                folders += get_app_template_dirs("templates")
            if "locmem" in loaders:
                notes.append("TEMPLATES: what a locmem loader holds is left out")
            read = {"templates": [os.path.abspath(folder) for folder in folders]}
            if engine.string_if_invalid:
                read["string_if_invalid"] = str(engine.string_if_invalid)
            if not engine.autoescape:
                notes.append("TEMPLATES: autoescape is off; give --no-autoescape")
            builtins = [name.rsplit(".", 1)[-1] for name in engine.builtins
                        if name not in engine.default_builtins]
            for name in builtins:
                if name not in LIBRARIES:
                    notes.append(f"TEMPLATES: the library {name} is Python's and is left out")
            if builtins:
                read["builtins"] = [name for name in builtins if name in LIBRARIES]
            return read
        return {}

    def static_settings():
        read = {"static_url": settings.STATIC_URL} if settings.STATIC_URL else {}
        if "django.contrib.staticfiles" not in settings.INSTALLED_APPS:
            return read
        from django.contrib.staticfiles.storage import staticfiles_storage
        try:
            hashed = getattr(staticfiles_storage, "hashed_files", None)
        except Exception as error:
            notes.append(f"static files: the storage cannot be used: {error}")
            return read
        if hashed and settings.DEBUG:
            notes.append("static_manifest: with DEBUG names are not hashed, so it is left out")
        elif hashed:
            read["static_manifest"] = dict(hashed)
        return read

    """#

  private static let routes = #"""

    GROUPS = {r"\d+": "int", "[0-9]+": "int", "[^/]+": "str", r"[-\w]+": "slug", r"[\w-]+": "slug",
              r"[-a-zA-Z0-9_]+": "slug", ".+": "path"}

    def routes_of(pattern, name):
        "A pattern as path() has it, in each of its forms; none for one that has no such form."
        from django.urls.converters import DEFAULT_CONVERTERS
        from django.urls.resolvers import LocalePrefixPattern, RoutePattern
        if isinstance(pattern, LocalePrefixPattern):
            return [pattern.language_prefix]
        if isinstance(pattern, RoutePattern):
            for parameter, converter in pattern.converters.items():
                if type(converter) not in [type(known) for known in DEFAULT_CONVERTERS.values()]:
                    notes.append(f"urls.{name}: the converter of {parameter} is the project's own; "
                                 "any text without a slash is taken")
            return [str(pattern._route)]
        return routes_of_expression(str(pattern._regex))

    def routes_of_expression(text):
        "Those that Django itself tries (django/urls/resolvers.py URLResolver._populate)."
        from django.utils.regex_helper import normalize
        routes = []
        try:
            forms = normalize(text)
        except ValueError:
            return []
        for form, names in forms:
            route = sample = form
            for name in names:
                rest = text.partition(f"(?P<{name}>")[2]
                kind = next((GROUPS[known] for known in GROUPS if rest.startswith(known + ")")), None)
                if kind is None:
                    return []
                route = route.replace(f"%({name})s", f"<{kind}:{name}>")
                sample = sample.replace(f"%({name})s", "1")
            # Of an alternative Django gives up, with the form of an empty text.
            if not re.match(text, sample):
                return []
            routes.append(route)
        return routes

    def names_of(pattern, space):
        from django.urls import URLResolver
        if not isinstance(pattern, URLResolver):
            return [":".join(space + [pattern.name])] if pattern.name else []
        inner = space + [pattern.namespace] if pattern.namespace else space
        return [name for below in pattern.url_patterns for name in names_of(below, inner)]

    def collect(patterns, prefix, space, urls, apps):
        from django.urls import URLResolver
        # Of several with one name, Django tries the last first.
        for pattern in reversed(patterns):
            names = names_of(pattern, space)
            if not names:
                continue
            routes = routes_of(pattern.pattern, names[0])
            if not routes:
                named = ", ".join(f"urls.{name}" for name in names[:5])
                rest = f" and {len(names) - 5} more" if len(names) > 5 else ""
                notes.append(f"{named}{rest}: the regular expression {str(pattern.pattern._regex)!r} "
                             "has no form as a route and is left out")
            elif isinstance(pattern, URLResolver):
                inner = space + [pattern.namespace] if pattern.namespace else space
                if pattern.namespace and pattern.app_name:
                    app = ":".join(space + [pattern.app_name])
                    apps.setdefault(app, []).append(":".join(inner))
                for route in routes:
                    collect(pattern.url_patterns, prefix + route, inner, urls, apps)
            else:
                urls.setdefault(names[0], []).extend(prefix + route for route in routes)

    def url_settings():
        if not getattr(settings, "ROOT_URLCONF", None):
            return {}
        from django.urls import get_resolver
        from django.utils import translation
        urls, apps = {}, {}
        with translation.override(settings.LANGUAGE_CODE):
            collect(get_resolver().url_patterns, "", [], urls, apps)
        # An application's name stands for one of its instances (django/urls/base.py reverse).
        for app, spaces in sorted(apps.items(), key=lambda item: -item[0].count(":")):
            if app not in spaces:
                for name in [name for name in urls if name.startswith(spaces[0] + ":")]:
                    urls.setdefault(app + name[len(spaces[0]):], urls[name])
        return {"urls": urls} if urls else {}

    """#

  private static let answerTogether = #"""

    def layer_settings():
        layers = getattr(settings, "CHANNEL_LAYERS", {})
        if not layers:
            notes.append("CHANNEL_LAYERS: the project has none")
        read = {"CHANNEL_LAYERS": plain(layers, "CHANNEL_LAYERS")}
        try:
            from importlib.metadata import version
            read["layer_version"] = version("channels_redis")
        except Exception:
            notes.append("layer_version: channels_redis is not installed here")
        return read

    found = {**layer_settings(), **template_settings(), **static_settings(), **url_settings()}
    if settings.TIME_ZONE:
        found["time_zone"] = settings.TIME_ZONE
    found["language_code"] = settings.LANGUAGE_CODE
    with os.fdopen(3, "w", encoding="utf-8") as answer:
        text = json.dumps(found, indent=2, ensure_ascii=False)
        # What is included twice is said once.
        json.dump({"text": text, "notes": list(dict.fromkeys(notes))}, answer)
    """#
}
