"""A server that speaks the protocol well, and answers each command what a test says."""

import socketserver
import threading
import time


class Simple(str):
    """A status, or an error: what stands on the line."""


def encoded(value):
    match value:
        case None:
            return b"*-1\r\n"
        case Simple():
            return f"{value}\r\n".encode()
        case int():
            return b":%d\r\n" % value
        case str():
            return encoded(value.encode())
        case bytes():
            return b"$%d\r\n%s\r\n" % (len(value), value)
        case list():
            return b"*%d\r\n" % len(value) + b"".join(map(encoded, value))


CHANNEL = "specific.abc!1"
GROUP_KEY = "asgi:group:turbo_stream.chat_1"
# A queue's member: a random prefix, and a message.
MEMBER = b"0123456789ab" + b"\x81\xa4type\xa1x"


def usual():
    """What a server with one listener answers."""
    now = str(int(time.time()))
    return {
        "EVAL": [1, 1, 1, [], "", [], now, []],
        "EVALSHA": Simple("-NOSCRIPT No matching script."),
        "TIME": [now, "0"],
        "SCAN": ["0", [GROUP_KEY, "asgispecific.abc!"]],
        "TYPE": Simple("+zset"),
        "ZRANGE": [MEMBER, now],
        "ZRANGEBYSCORE": [CHANNEL, now],
        "ZREVRANGE": [CHANNEL, now],
        "ZCARD": 1,
        "TTL": 86400,
        "INFO": "redis_version:7.0.15\r\nrole:master\r\n",
        "PING": Simple("+PONG"),
        "BZPOPMIN": ["key", MEMBER, now],
        "ZPOPMIN": [],
        "UNLINK": 1,
        "ROLE": ["master"],
    }


class Liar:
    """`answers` are by command, and go before the usual ones."""

    def __init__(self, **answers):
        self.answers = usual() | answers
        liar = self

        class Handler(socketserver.StreamRequestHandler):
            # Else the second of two answers waits for who asked to say that the first has come.
            disable_nagle_algorithm = True

            def handle(self):
                while line := self.rfile.readline():
                    words = []
                    for _ in range(int(line[1:])):
                        size = int(self.rfile.readline()[1:])
                        words.append(self.rfile.read(size + 2)[:-2])
                    answer = liar.answers.get(words[0].decode().upper(), Simple("+OK"))
                    self.wfile.write(encoded(answer))

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """Whoever asked is gone."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"redis://127.0.0.1:{self.port}"
        # Seconds between two looks whether it is to stop.
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
