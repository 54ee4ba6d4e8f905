"""One `send` as a whole process beside `redis-cli ping` and `manage.py shell`; see one-off."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import TOOL, Server, consumed, peak_of, run

GROUP = "turbo_stream.chat_1"
HTML = (
    '<turbo-stream action="update" target="chat-1-message-list">'
    "<template>Hello World</template></turbo-stream>"
)
SHELL = f"""
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
channel_layer = get_channel_layer()
async_to_sync(channel_layer.group_send)({GROUP!r}, {{"type": "html_message", "html": {HTML!r}}})
"""
SETTINGS = """
SECRET_KEY = "benchmark"
INSTALLED_APPS = ["daphne", "channels"]
CHANNEL_LAYERS = {{"default": {{
    "BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {{"hosts": [{url!r}]}},
}}}}
"""


def compare(name, ours, theirs, rounds):
    for command in (ours, theirs):
        run(command)
    pairs = [(run(ours), run(theirs)) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in pairs)
    mine, other = (statistics.median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    peak = peak_of(ours)
    times = f"{ratio:.2f} x" if ratio > 0.05 else f"1/{1 / ratio:.0f}"
    print(f"{name:<34} {mine:7.2f} ms  {other:8.2f} ms   {times:>7}   {peak:5.1f} MB")


def bytes_of_a_send(server, send):
    """What the server reads for one send to 1,000 members in one process."""
    process = "specific." + "0" * 32
    members = {f"{process}!{number:032x}": time.time() for number in range(1000)}
    server.client.zadd(f"asgi:group:{GROUP}", members)
    run(send)

    return consumed(server, lambda: run(send))["bytes"]


def main(rounds):
    server = Server()
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "settings.py").write_text(SETTINGS.format(url=server.url))
            python = [sys.executable, "-m", "django", "shell", "--settings", "settings"]
            python += ["--pythonpath", folder, "-c", SHELL]
            ping = ["redis-cli", "-p", str(server.port), "ping"]
            send = [TOOL, "send", "--redis", server.url, GROUP]
            flags = ["-a", "update", "-t", "chat-1-message-list", "--html", "Hello World"]
            print(f"{'':<34} {'turboctl':>10}  {'the peer':>11}   {'median':>7}   {'peak':>8}")
            compare("send beside redis-cli ping", send + flags, ping, rounds)
            compare("send beside manage.py shell", send + flags, python, max(5, rounds // 8))
            count = bytes_of_a_send(server, send + flags)
            print(f"bytes to the server for a send to 1,000 members in one process: {count}")
    finally:
        server.stop()


main(int(sys.argv[1]))
