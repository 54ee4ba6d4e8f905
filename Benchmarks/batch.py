"""`send --batch` beside channels_redis and bare loops in C; see batch."""

import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Interop"))

import django  # noqa: E402
from channels_redis.core import RedisChannelLayer  # noqa: E402
from channels_redis.pubsub import RedisPubSubChannelLayer  # noqa: E402
from django.conf import settings  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from peers import Server  # noqa: E402

GROUP = "g"
CAPACITY = 10**8
HTML = '<li class="message"><b>Ada</b>: message {:09} of the batch, and a few words more</li>'
ELEMENT = '<turbo-stream action="append" target="messages"><template>{}</template></turbo-stream>'
TEMPLATE = '<li class="message"><b>{{ author }}</b>: message {{ number }}, {{ text|truncatewords:9 }}</li>'
TEXT = "of the batch & a few words more"


def context(number):
    return {"author": "Ada", "number": number, "text": TEXT}


def lines(count, templates):
    """A file's worth of messages; with templates, every other one is rendered."""
    for number in range(count):
        line = {"group": GROUP, "action": "append", "target": "messages"}
        if templates and number % 2:
            line |= {"template": "message.html", "context": context(number)}
        else:
            line |= {"html": HTML.format(number)}
        yield json.dumps(line) + "\n"


def messages(count, templates):
    for number in range(count):
        rendered = templates and number % 2
        html = render_to_string("message.html", context(number)) if rendered else HTML.format(number)
        yield {"type": "html_message", "html": ELEMENT.format(html)}


class Bench:
    def __init__(self, server, folder):
        self.server = server
        self.folder = folder
        (folder / "message.html").write_text(TEMPLATE)

    def file(self, count, templates=False):
        path = self.folder / f"{count}-{templates}.jsonl"
        if not path.exists():
            with path.open("w") as output:
                output.writelines(lines(count, templates))
        return path

    def join(self, members, processes):
        self.server.client.flushall()
        now = time.time()
        names = {f"specific.{n % processes:032x}!{n:032x}": now for n in range(members)}
        if names:
            self.server.client.zadd(f"asgi:group:{GROUP}", names)
        self.server.client.slowlog_reset()

    def ours(self, count, backend="core", templates=False):
        """Messages a second of a whole process, and its peak in MB."""
        command = [ROOT / "build" / "turboctl", "send", "--redis", self.server.url, "--backend", backend]
        command += ["--capacity", str(CAPACITY)] if backend == "core" else []
        command += ["--templates", self.folder, "--timeout", "300", "--batch", self.file(count, templates)]
        with tempfile.NamedTemporaryFile() as peak:
            timed = ["time", "--format", "%M", "--output", peak.name, *map(str, command)]
            began = time.perf_counter()
            run = subprocess.run(timed, capture_output=True, text=True)
            took = time.perf_counter() - began
            assert run.returncode == 0, run.stderr
            return count / took, int(Path(peak.name).read_text()) / 1024

    def theirs(self, count, backend="core", templates=False):
        """The same of group_send in a process that runs already."""

        async def send():
            if backend == "core":
                layer = RedisChannelLayer(hosts=[self.server.url], capacity=CAPACITY)
            else:
                layer = RedisPubSubChannelLayer(hosts=[self.server.url])
            await layer.group_send(GROUP, {"type": "html_message"})
            began = time.perf_counter()
            for message in messages(count, templates):
                await layer.group_send(GROUP, message)
            took = time.perf_counter() - began
            await (layer.close_pools() if backend == "core" else layer.flush())
            return took

        return count / asyncio.run(send())

    def bare(self, kind, depth, count):
        """The same of a loop in C."""
        command = [ROOT / "build" / "bare_send", str(self.server.port), kind, str(depth), str(count)]
        if kind == "evalsha":
            scripts = (ROOT / "Sources/Core/Channels/CoreLayerScripts.swift").read_text()
            text = re.search(r'send = LayerScript\(\s+text: """\n(.*?)\n {6}"""', scripts, re.S)[1]
            lines = (line.removeprefix("      ") for line in text.split("\n"))
            command.append(self.server.client.script_load("\n".join(lines)))
        return float(subprocess.check_output(command))

    def scripts(self):
        """Milliseconds of the server's scripts by its clock, which runs on while others have the processor."""
        entries = self.server.client.slowlog_get(999)
        return [entry["duration"] / 1000 for entry in entries if entry["command"].startswith(b"EVAL")]


def compare(bench, rounds, name, group, ours, theirs, bare=None, **options):
    """A row: medians, and the medians of each round's ratios."""
    found, scripts = [], []
    for _ in range(rounds):
        bench.join(*group)
        mine, peak = bench.ours(ours, **options)
        scripts += bench.scripts()
        bench.join(*group)
        peer = bench.theirs(theirs, **options)
        bench.join(*group)
        loop = bench.bare(*bare) if bare else 0
        found.append((mine, peer, mine / peer, loop, mine / loop if loop else 0, peak))
    mine, peer, ratio, loop, part, _ = (statistics.median(column) for column in zip(*found))
    peak = max(row[5] for row in found)
    script = statistics.median(scripts) if scripts else 0
    beside = f"C {loop:9,.0f}/s {part:5.2f} x" if bare else " " * 22
    print(
        f"{name:<26} {mine:9,.0f}/s  peer {peer:8,.1f}/s {ratio:6.1f} x  {beside}  "
        f"{peak:5.1f} MB  a script {script:4.1f} ms",
        flush=True,
    )


def main(rounds):
    server = Server("--slowlog-log-slower-than", "0", "--slowlog-max-len", "1000")
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}
            settings.configure(TEMPLATES=[engine])
            django.setup()
            bench = Bench(server, folder)
            one, nobody = (1, 1), (0, 1)
            evalsha, publish = ("evalsha", 256, 100_000), ("publish", 64, 300_000)
            compare(bench, rounds, "1 member", one, 200_000, 2000, evalsha)
            compare(bench, rounds, "half of them templates", one, 100_000, 2000, templates=True)
            compare(bench, rounds, "pub/sub", nobody, 300_000, 8000, publish, backend="pubsub")
            compare(bench, rounds, "1,000 in 8 processes", (1000, 8), 4000, 200)
            compare(bench, rounds, "1,000 own processes", (1000, 1000), 400, 40)
            compare(bench, rounds, "10,000 in 8 processes", (10_000, 8), 400, 20)
            compare(bench, rounds, "10,000 own processes", (10_000, 10_000), 64, 5)
            for count in (1000, 1_000_000):
                bench.join(*one)
                rate, peak = bench.ours(count)
                print(f"{count:>9,} lines: {rate:9,.0f}/s, {peak:.1f} MB", flush=True)
    finally:
        server.stop()


main(int(sys.argv[1]))
