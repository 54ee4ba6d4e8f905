"""`send --batch` beside channels_redis and bare loops in C; see batch."""

import json
import sys
import tempfile
from pathlib import Path

import django
import plot
from bench import ROOT, Server, machine
from django.conf import settings
from sending import SERVER, Sending

ONE, NOBODY = (1, 1), (0, 1)
EVALSHA, PUBLISH = ("evalsha", 256, 100_000), ("publish", 64, 300_000)


def main(rounds):
    server = Server(*SERVER)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}
            settings.configure(TEMPLATES=[engine])
            django.setup()
            bench = Sending(server, folder)
            found = {"machine": machine(server), "rounds": rounds}
            print(found["machine"])
            found["rates"] = [
                bench.compare(rounds, "1 member", ONE, 200_000, 2000, EVALSHA),
                bench.compare(rounds, "1 member, half templates", ONE, 100_000, 2000, templates=True),
                bench.compare(rounds, "pub/sub layer", NOBODY, 300_000, 8000, PUBLISH, backend="pubsub"),
            ]
            for count in (1000, 1_000_000):
                bench.join(*ONE)
                rate, peak = bench.ours(count)
                print(f"{count:>9,} lines: {rate:9,.0f}/s, {peak:.1f} MB", flush=True)
            (ROOT / "build" / "batch.json").write_text(json.dumps(found, indent=2))
            plot.throughput()
    finally:
        server.stop()


main(int(sys.argv[1]))
