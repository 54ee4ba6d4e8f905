"""Messages to a group by turboctl, channels_redis and a loop in C: for batch and fan-out."""

import asyncio
import json
import statistics
import subprocess
import time

from bench import ROOT, TOOL, Peak
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.template.loader import render_to_string

GROUP = "g"
CAPACITY = 10**8
HTML = '<li class="message"><b>Ada</b>: message {:09} of the batch, and a few words more</li>'
ELEMENT = '<turbo-stream action="append" target="messages"><template>{}</template></turbo-stream>'
TEMPLATE = '<li class="message"><b>{{ author }}</b>: message {{ number }}, {{ text|truncatewords:9 }}</li>'
TEXT = "of the batch & a few words more"
# Microseconds from which the server notes a command: scripts, and not what they call.
SERVER = ("--slowlog-log-slower-than", "100", "--slowlog-max-len", "1000")


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


def script_times(server):
    """Milliseconds by the server's clock, which runs on while others have the processor; 0 below 0.1."""
    entries = server.client.slowlog_get(1000)
    scripts = [entry["duration"] / 1000 for entry in entries if entry["command"].startswith(b"EVAL")]
    return scripts or [0]


# What a send to one member cannot do without, whatever the group: what it looks at for others it leaves out.
LEAST_SCRIPT = """
local key, time = 'asgispecific.' .. string.rep('0', 32) .. '!', redis.call('TIME')
if redis.call('ZCOUNT', key, '-inf', '+inf') < tonumber(ARGV[4]) then
  redis.call('ZADD', key, time[1] + time[2] / 1000000, ARGV[10])
  redis.call('EXPIRE', key, ARGV[2])
end
"""


class Sending:
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
        """A server with this group alone."""
        self.server.client.flushall()
        now = time.time()
        names = {f"specific.{n % processes:032x}!{n:032x}": now for n in range(members)}
        if names:
            self.server.client.zadd(f"asgi:group:{GROUP}", names)
        self.server.client.slowlog_reset()

    def ours(self, count, backend="core", templates=False):
        """Messages a second of a whole process, and its peak in MB."""
        command = [TOOL, "send", "--redis", self.server.url, "--backend", backend]
        command += ["--capacity", str(CAPACITY)] if backend == "core" else []
        command += ["--templates", str(self.folder), "--timeout", "300"]
        command += ["--batch", str(self.file(count, templates))]
        peak = Peak()
        began = time.perf_counter()
        run = subprocess.run(peak.of(command), capture_output=True, text=True)
        took = time.perf_counter() - began
        assert run.returncode == 0, run.stderr
        return count / took, peak.megabytes

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
            command.append(self.server.client.script_load(LEAST_SCRIPT))
        return float(subprocess.check_output(command))

    def compare(self, rounds, name, group, ours, theirs, bare=None, **options):
        """A row, printed: medians, those of each round's ratios; the longest script of the calmest."""
        found, scripts = [], {"ours": [], "theirs": []}
        for _ in range(rounds):
            self.join(*group)
            mine, peak = self.ours(ours, **options)
            scripts["ours"].append(script_times(self.server))
            self.join(*group)
            peer = self.theirs(theirs, **options)
            scripts["theirs"].append(script_times(self.server))
            self.join(*group)
            loop = self.bare(*bare) if bare else 0
            part = mine / loop if bare else 0
            found.append((mine, peer, mine / peer, loop, part, peak))
        keys = ("ours", "theirs", "ratio", "bare", "part")
        row = {"name": name} | dict(zip(keys, map(statistics.median, zip(*found))))
        row["peak"] = max(peak for *_, peak in found)
        row["scripts"] = {side: summary(rounds) for side, rounds in scripts.items()}
        beside = f"C {row['bare']:9,.0f}/s {row['part']:5.2f} x" if bare else " " * 22
        print(
            f"{name:<30} {row['ours']:9,.0f}/s  peer {row['theirs']:8,.1f}/s {row['ratio']:6.1f} x  {beside}"
            f"  {row['peak']:5.1f} MB  scripts: {as_text(row['scripts']['ours'])};"
            f" peer {as_text(row['scripts']['theirs'])}",
            flush=True,
        )
        return row


def summary(rounds):
    """Of each round's scripts; other work can only lengthen one, so the shortest of the longest counts."""
    times = [time for times in rounds for time in times]
    return {"median": statistics.median(times), "longest": min(max(times) for times in rounds)}


def as_text(scripts):
    return f"{scripts['median']:.1f} ms, longest {scripts['longest']:.1f} ms"
