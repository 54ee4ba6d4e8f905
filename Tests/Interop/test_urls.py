"""Redis URLs, against what redis-py reads in them."""

import socket
import threading

import pytest
import redis

# What both read alike.
ALIKE = [
    "redis://",
    "redis://h",
    "redis://h:",
    "redis://h/",
    "redis://h:7000",
    "redis://h:7000/",
    "redis://h:7000/3",
    "redis://h:7000/3/",
    "redis://h:0",
    "redis://h:65535",
    "redis://h:07000",
    "redis:///2",
    "redis://:7000/2",
    "redis://h/%33",
    "redis://h/15",
    "redis://h?db=5",
    "redis://h/3?db=5",
    "redis://h?db=5&db=6",
    "redis://h/3?db=",
    "redis://h?",
    "redis://h/?db=4",
    "redis://127.0.0.1",
    "redis://[::1]",
    "redis://[::1]:7000/2",
    "redis://[fe80::1%25eth0]:7000",
    "redis://my-redis.example.com:6380/1",
    "redis://a_b.c",
    "redis://caf%C3%A9",
    "redis://a,b:7000",
    "redis://user@h",
    "redis://user@h:7000/2",
    "redis://us%40er@h",
    "redis://user@name@h",
    "redis://@h",
    "redis://:@h",
    "redis://user:@h",
    "redis://h?username=me",
    "redis://you@h?username=me",
    "redis://h?username=a+b",
    "redis://us+er@h",
    "redis://h?client_name=worker%201",
    "redis://h?socket_connect_timeout=1.5",
    "redis://h?socket_timeout=3&socket_keepalive=yes&retry_on_timeout=1",
    "redis://h?max_connections=5&health_check_interval=30",
    "unix:///run/redis.sock",
    "unix:///run/redis.sock?db=2",
    "unix:///run/a%20b/redis.sock",
    "unix://user@/run/redis.sock",
    "unix:///run/redis.sock?username=me&client_name=x",
    "rediss://h",
    "rediss://h:6380/2",
    "rediss://h?ssl_cert_reqs=none",
    "rediss://h?ssl_cert_reqs=required",
    "rediss://h?ssl_ca_certs=/ca.pem&ssl_certfile=/c.pem&ssl_keyfile=/k.pem",
    "rediss://h?ssl_ca_path=/certs&ssl_check_hostname=False",
    "rediss://h?ssl_check_hostname=True",
]
SAME_NAMES = [
    "username", "client_name", "socket_connect_timeout", "ssl_ca_certs", "ssl_ca_path",
    "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs", "ssl_check_hostname",
]  # fmt: skip


def read_by_turboctl(turboctl, url):
    result = turboctl("config", "show", "--json", "--redis", url, env={"TURBOCTL_REDIS_URL": ""})
    rows = {row["key"]: row["value"] for row in result.succeeded().objects}
    return rows["hosts[0]"]


def connection(url):
    """A connection of redis-py as it would be opened; what that raises shows only here."""
    pool = redis.ConnectionPool.from_url(url)
    return pool.connection_class(**pool.connection_kwargs), pool.connection_kwargs


@pytest.mark.parametrize("url", ALIKE)
def test_reads_as_redis_py_does(turboctl, url):
    ours = read_by_turboctl(turboctl, url)
    made, theirs = connection(url)
    assert ours["db"] == made.db
    if "path" in ours:
        assert ours["path"] == made.path
    else:
        assert (ours["host"], ours["port"]) == (made.host, made.port)
    assert ours.get("ssl", False) == isinstance(made, redis.SSLConnection)
    for name in SAME_NAMES:
        if name in theirs:
            assert ours[name] == theirs[name], name
        elif name not in ("ssl_cert_reqs", "ssl_check_hostname"):
            assert name not in ours


class Doorkeeper:
    """A server that lets everybody in, and remembers what they said."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.said = None
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        client, _ = self.listener.accept()
        with client, client.makefile("rb") as lines:
            count = int(lines.readline()[1:])
            words = [lines.read(int(lines.readline()[1:]) + 2)[:-2].decode() for _ in range(count)]
            self.said = words

    def stop(self):
        self.listener.close()
        self.thread.join(5)


PASSWORDS = [
    ("redis://:pass@{place}", ["pass"]),
    ("redis://user:pass@{place}", ["user", "pass"]),
    ("redis://user:p%40ss%2F%23@{place}", ["user", "p@ss/#"]),
    ("redis://u:a:b@{place}", ["u", "a:b"]),
    ("redis://u:a@b@{place}", ["u", "a@b"]),
    ("redis://:a+b@{place}", ["a+b"]),
    ("redis://:a%20b%25@{place}", ["a b%"]),
    ("redis://:caf%C3%A9@{place}", ["café"]),
    ("redis://{place}?password=pass", ["pass"]),
    ("redis://{place}?password=a+b", ["a b"]),
    ("redis://{place}?username=u&password=p", ["u", "p"]),
    ("redis://u:p@{place}?username=x&password=y", ["u", "p"]),
    ("redis://:p@{place}?username=x", ["x", "p"]),
]


@pytest.mark.parametrize(("pattern", "expected"), PASSWORDS)
def test_enters_as_redis_py_does(turboctl, pattern, expected):
    door = Doorkeeper()
    try:
        url = pattern.format(place=f"127.0.0.1:{door.port}")
        turboctl("ping", "--redis", url, "--timeout", "2")
        door.thread.join(5)
    finally:
        door.stop()
    _, theirs = connection(url)
    assert door.said == ["AUTH", *expected]
    assert expected == [theirs[name] for name in ("username", "password") if theirs.get(name)]


SCHEME = "a Redis URL begins with redis://, rediss:// or unix://"
PORT = "the port is not a number up to 65535"
DATABASE = "the database is not a number"
UNKNOWN = "redis-py knows no parameter '{}'"
# What neither takes.
REFUSED = [
    ("h:6379", SCHEME),
    ("", SCHEME),
    ("/run/redis.sock", SCHEME),
    ("http://h", SCHEME),
    ("valkey://h", SCHEME),
    ("redis:h", SCHEME),
    ("redis:/h", SCHEME),
    ("redis://h:port", PORT),
    ("redis://h:65536", PORT),
    ("redis://h:-1", PORT),
    ("redis://::1", PORT),
    ("redis://[::1", PORT),
    ("redis://:pa/ss@h", PORT),
    ("redis://:pa?ss@h", "an unescaped ? in the URL"),
    ("redis://:pa#ss@h", "an unescaped # in the URL"),
    ("redis://h?db=x", DATABASE),
    ("redis://h?db=1;x=2", DATABASE),
    ("redis://h?retries=3", UNKNOWN.format("retries")),
    ("redis://h?DB=3", UNKNOWN.format("DB")),
    ("redis://h??db=3", UNKNOWN.format("?db")),
    ("redis://h?socket_timeout=soon", "the value of 'socket_timeout' is not a number of seconds"),
    ("rediss://h?ssl_cert_reqs=maybe", "the value of 'ssl_cert_reqs' is none of none, optional, required"),
]


@pytest.mark.parametrize(("url", "sentence"), REFUSED)
def test_refuses_what_redis_py_refuses(turboctl, url, sentence):
    result = turboctl("config", "show", "--redis", url).failed(2)
    assert result.stderr.splitlines()[0] == f"turboctl: --redis: {sentence}"
    with pytest.raises((ValueError, TypeError, redis.RedisError)):
        connection(url)


def test_a_parameter_that_may_be_of_a_password_is_not_named(turboctl):
    for url in ("redis://:a@h?s3cr3t=3", "redis://h?password=a&s3cr3t=3"):
        result = turboctl("ping", "--redis", url).failed(2)
        assert "s3cr3t" not in result.stderr and "in a password, & is written %26" in result.stderr


ESCAPE = "in a password, # is written %23"
ONE_NUMBER = "redis-py takes /abc for 0 and /1/2 for 12; write one number, or nothing"
# What redis-py reads otherwise than anybody means: the URL, what it makes of it, what we say.
STRICTER = [
    ("redis://h/abc", {}, DATABASE, ONE_NUMBER),
    ("redis://h/1/2", {"db": 12}, DATABASE, ONE_NUMBER),
    ("redis://h/0x1", {}, DATABASE, ONE_NUMBER),
    ("redis://h/-1", {"db": -1}, DATABASE, ONE_NUMBER),
    ("redis://h?db=-1", {"db": -1}, DATABASE, ONE_NUMBER),
    ("redis://h/3#x", {"db": 3}, "an unescaped # in the URL", ESCAPE),
    ("redis://h#/3", {}, "an unescaped # in the URL", ESCAPE),
    (
        "unix://tmp/redis.sock",
        {"path": "/redis.sock"},
        "unix:// takes an absolute path, as unix:///run/redis.sock",
        None,
    ),
    (
        "redis://:a%zz@h",
        {"password": "a%zz"},
        "a % in the URL is not followed by two hexadecimal digits of UTF-8",
        None,
    ),
    (
        "redis://h%00evil",
        {"host": "h\0evil"},
        "a control character in the host or the path",
        None,
    ),
    (
        "redis://h?socket_connect_timeout=0",
        {"socket_connect_timeout": 0.0},
        "the value of 'socket_connect_timeout' is not a number of seconds",
        None,
    ),
]


@pytest.mark.parametrize(("url", "theirs", "sentence", "hint"), STRICTER)
def test_refuses_what_redis_py_misreads(turboctl, url, theirs, sentence, hint):
    read = redis.ConnectionPool.from_url(url).connection_kwargs
    for name, value in theirs.items():
        assert read[name] == value
    if not theirs:
        assert not read.get("db")
    expected = f"turboctl: --redis: {sentence}\n" + (f"hint: {hint}\n" if hint else "")
    assert turboctl("config", "show", "--redis", url).failed(2).stderr == expected


def test_a_password_in_the_query_is_decoded_once(turboctl):
    """redis-py decodes it twice before 8.1 (redis-py #4208)."""
    door = Doorkeeper()
    try:
        turboctl("ping", "--redis", f"redis://127.0.0.1:{door.port}?password=a%2520b", "--timeout", "2")
        door.thread.join(5)
    finally:
        door.stop()
    assert door.said == ["AUTH", "a%20b"]


# What redis-py has no URL for, or wants in lower case.
MORE = [
    ("REDIS://h/1", {"host": "h", "port": 6379, "db": 1}),
    (
        "redis+sentinel://a:1,b/main/3",
        {"sentinels": [["a", 1], ["b", 26379]], "master_name": "main", "db": 3},
    ),
    (
        "redis+sentinel://user:secret@[::1]:5/main?client_name=x",
        {
            "sentinels": [["::1", 5]],
            "master_name": "main",
            "db": 0,
            "username": "user",
            "password": "***",
            "client_name": "x",
        },
    ),
]


@pytest.mark.parametrize(("url", "expected"), MORE)
def test_reads_more_than_redis_py(turboctl, url, expected):
    assert read_by_turboctl(turboctl, url) == expected


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("redis+sentinel://a", "the name of the master is missing"),
        ("redis+sentinel://a/", "the name of the master is missing"),
        ("redis+sentinel://a/main/x", DATABASE),
        ("redis+sentinel://a:x/main", PORT),
        ("redis+sentinel://a/main?x=1", UNKNOWN.format("x")),
    ],
)
def test_refuses_a_sentinel_that_is_none(turboctl, url, sentence):
    result = turboctl("config", "show", "--redis", url).failed(2)
    assert result.stderr.splitlines()[0] == f"turboctl: --redis: {sentence}"


def test_hides_what_is_secret_in_any_url(turboctl):
    secrets = ["user:s3cret@", ":s3cret@", "u:a@s3cret@", "u:s3cret#@", "u:s3cret/@", "u:s3cret?@"]
    for scheme in ("redis", "rediss", "unix", "redis+sentinel", "http"):
        for login in secrets:
            for command in (["config", "show"], ["config", "show", "--json"]):
                result = turboctl(*command, "--redis", f"{scheme}://{login}h/x")
                assert "s3cret" not in result.stdout + result.stderr
