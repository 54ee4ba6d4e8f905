"""Batches to large groups, and one send against the size of the group; see fan-out."""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import plot
from bench import ROOT, TOOL, Server, consumed, machine, run
from channels_redis.core import RedisChannelLayer
from sending import CAPACITY, ELEMENT, GROUP, HTML, SERVER, Sending, script_times

# Members of a group, and how often a round sends to it.
SIZES = {1: 40, 10: 40, 100: 20, 1000: 8, 10_000: 3}
SPREADS = {"a process each": None, "8 processes": 8}
SEND = [TOOL, "send", GROUP, "-a", "append", "-t", "messages", "--html", HTML.format(1)]
SEND += ["--capacity", str(CAPACITY), "--timeout", "60", "--redis"]


class Peer:
    """A process of the site that runs already."""

    def __init__(self, url):
        self.layer = RedisChannelLayer(hosts=[url], capacity=CAPACITY)
        self.loop = asyncio.Runner()

    def send(self, count):
        """Seconds of each send."""

        async def send():
            times = []
            for _ in range(count):
                began = time.perf_counter()
                message = {"type": "html_message", "html": ELEMENT.format(HTML.format(1))}
                await self.layer.group_send(GROUP, message)
                times.append(time.perf_counter() - began)
            return times

        return self.loop.run(send())

    def stop(self):
        self.loop.run(self.layer.close_pools())
        self.loop.close()


def cost(server, send, count):
    """Of one send: what it takes of the server, ms of the longest script, and ms until it is done."""
    # The scripts are known, and the connections made that last.
    send(1)
    server.client.slowlog_reset()
    times = []
    used = consumed(server, lambda: times.extend(send(count)))
    found = {key: amount / count for key, amount in used.items()}
    return found | {"script": max(script_times(server)), "whole": statistics.median(times) * 1000}


def against_size(bench, rounds):
    """Rows of one send beside the peer's, for both ways in which the members are spread."""
    peer = Peer(bench.server.url)
    command = [*SEND, bench.server.url]
    sides = {"ours": lambda count: [run(command) for _ in range(count)], "theirs": peer.send}
    rows = []
    for spread, processes in SPREADS.items():
        for members, count in SIZES.items():
            found = {side: [] for side in sides}
            for _ in range(rounds):
                for side, send in sides.items():
                    bench.join(members, processes or members)
                    found[side].append(cost(bench.server, send, count))
            row = {"members": members, "spread": spread}
            rows.append(row | {side: middle(costs) for side, costs in found.items()})
            show(rows[-1])
    peer.stop()
    return rows


def middle(costs):
    """The medians; but the shortest of the longest scripts, which other work can only lengthen."""
    medians = {key: statistics.median(cost[key] for cost in costs) for key in costs[0]}
    return medians | {"script": min(cost["script"] for cost in costs)}


def show(row):
    print(f"one send to {row['members']:,} members, {row['spread']}")
    for side, name in (("ours", "turboctl"), ("theirs", "channels_redis")):
        found = row[side]
        print(
            f"  {name:<14} {found['whole']:8.2f} ms, {found['commands']:7.2f} in the server's commands,"
            f" {found['processor']:7.2f} of its processor, longest script {found['script']:6.1f},"
            f" {found['bytes']:9,.0f} bytes",
            flush=True,
        )


def main(rounds):
    server = Server(*SERVER)
    try:
        with tempfile.TemporaryDirectory() as folder:
            bench = Sending(server, Path(folder))
            found = {"machine": machine(server), "rounds": rounds}
            print(found["machine"])
            found["rates"] = [
                bench.compare(rounds, "1,000 members, 8 processes", (1000, 8), 4000, 200),
                bench.compare(rounds, "1,000 members, a process each", (1000, 1000), 400, 40),
                bench.compare(rounds, "10,000 members, 8 processes", (10_000, 8), 400, 20),
                bench.compare(rounds, "10,000 members, a process each", (10_000, 10_000), 64, 5),
            ]
            found["sends"] = against_size(bench, rounds)
            (ROOT / "build" / "fan-out.json").write_text(json.dumps(found, indent=2))
            plot.fan_out()
            plot.throughput()
    finally:
        server.stop()


main(int(sys.argv[1]))
