"""The template engine beside Django's and Jinja2's, each in its process, in rotation; see templates."""

import json
import subprocess
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django
import jinja2
from django.conf import settings
from django.template import engines

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "Benchmarks" / "pages"
RENDERER = sys.argv[2]
SECONDS = 0.4

ROWS = [
    {"id": number, "name": f"Item <{number}>", "price": number * 1.25, "stock": number % 9}
    for number in range(100)
]
CODE = "".join(f'if (a[{n}] < b && c > "{n}") {{ x = \'<b>\' & y; }}\n' for n in range(200))
CASES = {
    "message.html": {
        "message": {
            "pk": 7,
            "role": "user",
            "content": "Hello <b>World</b> & all,\nhow are you?",
            "created": "2026-11-23T10:00:00Z",
            "author": "ada lovelace",
        }
    },
    "rows.html": {"rows": ROWS},
    "page.html": {
        "title": "Fish & <chips>",
        "paragraphs": ["She said \"it's < 5 & > 3\", and left. " * 8] * 20,
        "code": CODE,
    },
}
# The same pages in Jinja2's words; an include there does not see the loop.
JINJA = {
    "message.content|linebreaksbr": "message.content|e|replace('\\n', '<br>'|safe)",
    '|default:"somebody"': '|default("somebody")',
    "{% empty %}": "{% else %}",
    '{% include "row.html" %}': "{% set counter = loop.index %}"
    "{% set parity = loop.cycle('odd', 'even') %}{% include 'row.html' %}",
    '{% cycle "odd" "even" %}': "{{ parity }}",
    "forloop.counter": "counter",
}


def jinja_source(name):
    text = (PAGES / name).read_text()
    for django_words, words in JINJA.items():
        text = text.replace(django_words, words)
    return text


def best(render):
    """Microseconds of a rendering, in the best round."""
    found = float("inf")
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        began = time.perf_counter()
        for _ in range(20):
            render()
        found = min(found, (time.perf_counter() - began) / 20)
    return found * 1e6


def main(rounds):
    settings.configure(
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [PAGES]}
        ]
    )
    django.setup()
    loader = jinja2.FunctionLoader(jinja_source)
    environment = jinja2.Environment(loader=loader, autoescape=True)
    print(f"{'':<14} {'turboctl':>9} {'Django':>11} {'Jinja2':>11}   {'x Django':>8} {'x Jinja2':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, context in CASES.items():
            file = Path(folder, "context.json")
            file.write_text(json.dumps(context))
            ours = [RENDERER, str(PAGES), name, str(file)]
            expected = engines["django"].get_template(name)
            output = subprocess.run([*ours, "-"], check=True, stdout=subprocess.PIPE).stdout
            assert output.decode() == expected.render(context), name
            theirs = environment.get_template(name)
            rows = []
            for _ in range(rounds):
                run = subprocess.run([*ours, str(SECONDS)], check=True, stdout=subprocess.PIPE)
                rows.append(
                    (
                        float(run.stdout),
                        best(lambda: expected.render(context)),
                        best(lambda: theirs.render(context)),
                    )
                )
            times = [statistics.median(column) for column in zip(*rows)]
            ratios = [statistics.median(row[peer] / row[0] for row in rows) for peer in (1, 2)]
            print(
                f"{name:<14} {times[0]:6.1f} us {times[1]:8.1f} us {times[2]:8.1f} us"
                f"   {ratios[0]:8.1f} {ratios[1]:8.1f}"
            )


main(int(sys.argv[1]))
