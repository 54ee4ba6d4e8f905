"""`chats list` of many chats among foreign keys beside a bare SCAN in C; see list."""

import statistics
import subprocess
import sys
import time

from bench import ROOT, TOOL, Server, peak_of

CHATS, FOREIGN, PROCESSES = 10_000, 1_000_000, 8


def fill(client):
    """Two channels a chat, the processes shared by all, a message in each process's queue."""
    for start in range(0, FOREIGN, 10_000):
        client.mset({f"cache:{n:032x}": "x" for n in range(start, start + 10_000)})
    now = time.time()
    pipe = client.pipeline(transaction=False)
    names = [f"specific.{n:032x}!" for n in range(PROCESSES)]
    for chat in range(CHATS):
        members = {f"{names[(chat + n) % PROCESSES]}{chat:032x}": now for n in range(2)}
        pipe.zadd(f"asgi:group:turbo_stream.chat_{chat}", members)
    for name in names:
        pipe.zadd(f"asgi{name}", {b"x" * 200: now})
    pipe.execute()


def run(command):
    """Wall seconds of a whole process and its lines of output."""
    began = time.perf_counter()
    result = subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began, result.stdout.count(b"\n")


def main(rounds):
    server = Server()
    try:
        fill(server.client)
        scan = [str(ROOT / "build" / "bare_scan"), str(server.port)]
        tool = [TOOL, "chats", "list", "--redis", server.url]
        commands = {
            "bare SCAN": scan,
            "bare SCAN with MATCH": [*scan, "asgi:group:turbo_stream.chat_*"],
            "chats list": tool,
            "chats list --json": [*tool, "--json"],
        }
        assert run(commands["chats list --json"])[1] == CHATS
        times = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(run(command)[0])
        for name, command in commands.items():
            ratios = [
                statistics.median(a / b for a, b in zip(times[name], times[other]))
                for other in list(commands)[:2]
            ]
            took = statistics.median(times[name]) * 1000
            print(
                f"{name:<22} {took:7.1f} ms  {ratios[0]:5.2f} x bare  {ratios[1]:5.2f} x with MATCH"
                f"  {peak_of(command):5.1f} MB"
            )
    finally:
        server.stop()


main(int(sys.argv[1]))
