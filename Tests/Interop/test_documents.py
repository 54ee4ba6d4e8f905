"""What the documents and the man pages say to type, typed."""

import contextlib
import re
import shutil
import threading
import time
from functools import partial

import pytest

from peers import SITE, SiteProcess, Worker
from shop import Shop, blocks, constant, examples, goes_on, typed
from tool import BINARY

BLOCKS = list(blocks())
APPEND = (
    '<turbo-stream action="append" target="messages">'
    '<template><li class="message"><b>ada</b> Hello</li></template></turbo-stream>'
)
REMOVE = '<turbo-stream action="remove" target="banner"></turbo-stream>'
GROUPS = ["turbo_stream.chat_2", "turbo_stream.chat_ops", "turbo_stream.builds"]


@pytest.fixture(scope="module")
def processes(shared_server):
    """Three processes of the site, whose consumers take what comes."""
    with contextlib.ExitStack() as stack:
        group, url = "turbo_stream.chat_1", shared_server.url
        workers = [Worker(url, group, 4) for _ in range(3)]
        for worker in workers:
            stack.callback(worker.stop)
        yield workers


@pytest.fixture
def shop(server, processes, tmp_path):
    """The project beside a site: twelve pages of chat 1 in three processes, one of each other group."""
    now = time.time()
    channels = [channel for process in processes for channel in process.channels]
    server.client.zadd("asgi:group:turbo_stream.chat_1", dict.fromkeys(channels, now))
    for group in GROUPS:
        server.client.zadd(f"asgi:group:{group}", {channels[0]: now})
    server.client.acl_setuser("shop", True, passwords="+a secret", commands=["+@all"], keys="*")
    yield Shop(tmp_path / "shop", server)
    server.client.acl_deluser("shop")


@contextlib.contextmanager
def chatter(shop, command):
    """Somebody speaks in chat 1 and chat 2, where the command listens."""
    silence = threading.Event()

    def speak():
        process = SiteProcess(shop.server.url)
        while not silence.wait(0.1):
            for chat in (1, 2):
                process.send_html(f"turbo_stream.chat_{chat}", APPEND, REMOVE)
        process.stop()

    if "turboctl tail" not in command:
        yield
        return
    thread = threading.Thread(target=speak)
    thread.start()
    try:
        yield
    finally:
        silence.set()
        thread.join()


def succeeds(shop, text):
    with chatter(shop, text):
        result = shop.script(text)
    expected = 130 if goes_on(text) else 0
    assert result.returncode == expected, result.stdout[-600:]


def shows(text, expected):
    """Whether lines were printed, one below the other."""
    lines, expected = constant(text), constant(expected)
    places = range(len(lines) - len(expected) + 1)
    return any(lines[place : place + len(expected)] == expected for place in places)


def is_as_shown(lines, expected):
    """Whether these lines were printed; a line of three dots stands for any."""
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in constant(expected))
    return re.fullmatch(pattern, "\n".join(constant(lines)), re.DOTALL)


def run_console(shop, text):
    for command, expected in typed(text):
        is_ended = expected[-1:] == ["^C"]
        until = partial(shows, expected=expected[:-1]) if is_ended else None
        with chatter(shop, command):
            code, lines = shop.type(command, until)
        assert code == (130 if is_ended else 0), lines
        assert is_ended or not expected or is_as_shown(lines, expected), lines


def run_crontab(shop, text):
    for line in text.splitlines():
        if line and not line.startswith("#") and not re.match(r"\w+=", line):
            # cron takes % for a newline unless it is escaped, and has a poor shell.
            command = line.split(maxsplit=5)[5].replace(r"\%", "%")
            result = shop.run(["sh", "-c", command])
            assert (result.returncode, result.stdout) == (0, ""), line


def run_ini(shop, text):
    parts = re.split(r"^# /etc/systemd/system/(\S+)$", text, flags=re.MULTILINE)[1:]
    names, units = parts[::2], parts[1::2]
    for name, unit in zip(names, units):
        (shop.folder / name).write_text(unit.replace("/usr/bin/turboctl", str(BINARY)))
    for command in re.findall(r"^ExecStart=/usr/bin/(.*)$", text, re.MULTILINE):
        succeeds(shop, command)
    if not shutil.which("systemd-analyze"):
        pytest.skip("the units are not verified: no systemd-analyze here")
    paths = [str(shop.folder / name) for name in names]
    result = shop.run(["systemd-analyze", "verify", "--man=no", *paths])
    assert not any(name in result.stdout for name in names), result.stdout


def run_json(shop, text):
    (shop.folder / "shown.json").write_text(text)
    (shop.folder / "shown.json").chmod(0o600)
    result = shop.run(["turboctl", "config", "show", "--config", "shown.json"])
    assert result.returncode == 0 and "warning" not in result.stdout, result.stdout


def run_django(shop, text):
    (shop.folder / "templates/shown.html").write_text(text)
    succeeds(shop, "turboctl render --check templates/shown.html")


def run_python(shop, text):
    command = ["python", str(SITE / "manage.py"), "shell", "-v0", "-c", text]
    shop.environment["SITE_REDIS_URL"] = shop.server.url
    result = shop.run(command)
    assert (result.returncode, result.stdout) == (0, "")


RUNNERS = {
    "sh": succeeds,
    "console": run_console,
    "crontab": run_crontab,
    "ini": run_ini,
    "json": run_json,
    "django": run_django,
    "python": run_python,
}


def named(block):
    return block.name


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language in RUNNERS], ids=named)
def test_a_block_does_what_it_shows(block, shop):
    if block.language == "console" or "config import" in block.text:
        # A project that has none yet.
        (shop.folder / "turboctl.json").unlink()
    RUNNERS[block.language](shop, block.text)


@pytest.mark.parametrize("example", list(examples()), ids=named)
def test_an_example_of_a_man_page_runs(example, shop):
    if "config import" in example.text and "--force" not in example.text:
        (shop.folder / "turboctl.json").unlink()
    for folder in (".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"):
        (shop.folder / folder).mkdir(parents=True)
    succeeds(shop, example.text)


def test_the_rest_is_named(capsys):
    rest = [block for block in BLOCKS if block.language not in RUNNERS]
    assert {block.language for block in rest} <= {"text"}
    with capsys.disabled():
        for block in rest:
            print(f"\nnot run: {block.name}: {block.text.splitlines()[0]} …", end="")
