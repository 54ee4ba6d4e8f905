"""Completion by Tab in the real bash, zsh and fish."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from peers import unused_port
from terminal import ProgramTerminal
from tool import BINARY, GROUP

COMPLETIONS = Path(__file__).parents[2] / "completions"
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SETUP = {
    "bash": f"set +o history; source '{COMPLETIONS}/turboctl.bash'",
    "zsh": f"bindkey -e; fpath=('{COMPLETIONS}' $fpath); autoload -U compinit; compinit -D -u",
    "fish": f"source '{COMPLETIONS}/turboctl.fish'",
}
# What shows the words that a line has in the end: the shell itself has read them.
ARGUMENTS = f"""#!{sys.executable}
import json, os, sys
with open("words.new", "w") as file: json.dump(sys.argv[1:], file)
os.rename("words.new", "words")
"""


class Shell(ProgramTerminal):
    """A shell in which turboctl's lines are completed."""

    def __init__(self, name, directory, environment):
        self.name, self.directory = name, directory
        tools = directory / "bin"
        tools.mkdir()
        (tools / "turboctl").symlink_to(BINARY)
        (tools / "words").write_text(ARGUMENTS)
        (tools / "words").chmod(0o755)
        path = f"{tools}:{os.environ['PATH']}"
        home = {"HOME": str(directory), "LANG": "C.UTF-8", "TERM": "vt100", "PATH": path}
        super().__init__(START[name], home | environment, directory=directory)
        self.type(SETUP[name].encode() + b"\recho rea''dy\r")
        self.wait_for(rb"ready")
        self.wait_for(rb"[$#%>] ")

    def words(self, line, keys=b"\t"):
        """The words of a line once keys were pressed at its end."""
        file = self.directory / "words"
        file.unlink(missing_ok=True)
        # To the line's start: what it runs becomes what it shows.
        self.type(line.encode() + keys + b"\x01words \r")
        deadline = time.monotonic() + 30
        while not file.exists():
            assert time.monotonic() < deadline, self.text
            self.read()
        words = json.loads(file.read_text())
        return words[words.index("turboctl") + 1 :]

    def completes(self, line, expected):
        """Compares the words that a server tells of: one that is slow is given up, and asked again here."""
        for _ in range(4):
            if (words := self.words(line)) == expected:
                break
        assert words == expected

    def lists(self, line, *candidates):
        """Waits until Tab has listed candidates in any order, and gives the line up."""
        self.text = b""
        self.type(line.encode() + b"\t\t\t")
        deadline = time.monotonic() + 30
        while not all(candidate.encode() in self.text for candidate in candidates):
            assert time.monotonic() < deadline, self.text
            self.read()
        self.type(b"\x1b\x03")


@pytest.fixture(params=list(START))
def start_shell(request, tmp_path):
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here: scripts/need {request.param}")
    shells = []

    def start(**environment):
        shells.append(Shell(request.param, tmp_path, environment))
        return shells[-1]

    yield start
    for shell in shells:
        shell.stop()


@pytest.fixture
def shell(start_shell, server):
    return start_shell(TURBOCTL_REDIS_URL=server.url)


@pytest.mark.parametrize(
    "line, words",
    [
        ("turboctl ren", ["render"]),
        ("turboctl chats sh", ["chats", "show"]),
        ("turboctl --color never gr", ["--color", "never", "groups"]),
        ("turboctl send --env", ["send", "--envelope"]),
        ("turboctl tail --color al", ["tail", "--color", "always"]),
        ("turboctl tail --color=al", ["tail", "--color=always"]),
        ("turboctl send -a app", ["send", "-a", "append"]),
        ("turboctl send --when-full=f", ["send", "--when-full=fail"]),
        ("turboctl help exit", ["help", "exit-codes"]),
        ("turboctl help chats li", ["help", "chats", "list"]),
        ("turboctl completions z", ["completions", "zsh"]),
        ("turboctl send --redis=redis:", ["send", "--redis=redis://"]),
        ("turboctl send --redis rediss:", ["send", "--redis", "rediss://"]),
        ("A=b turboctl ren", ["render"]),
        # Nothing to offer: the line stays as it is.
        ("turboctl send --html ren", ["send", "--html", "ren"]),
        ("turboctl send -- --chat", ["send", "--", "--chat"]),
        ("turboctl complet", ["completions"]),
        ("turboctl render --expi", ["render", "--expiry"]),
    ],
)
def test_words_of_the_tool(shell, line, words):
    assert shell.words(line) == words


def test_options_are_listed_with_what_they_do(shell):
    described = ["End after N messages"] if shell.name != "bash" else []
    shell.lists("turboctl tail --c", "--chat", "--count", "--color", "--config", *described)


def test_options_that_repeat_are_offered_again(shell):
    assert shell.words("turboctl flush --group 1 --gro")[-1] == "--group"
    assert shell.words("turboctl tail --count 1 --coun") == ["tail", "--count", "1", "--coun"]


@pytest.mark.parametrize(
    "groups, line, words",
    [
        ([GROUP], "turboctl send tur", ["send", GROUP]),
        ([GROUP], "turboctl send 'tur", ["send", GROUP]),
        ([GROUP], "turboctl send --chat ", ["send", "--chat", "1"]),
        ([GROUP], "turboctl send --chat=", ["send", "--chat=1"]),
        ([GROUP], "turboctl send --chat 1 --chat ", ["send", "--chat", "1", "--chat", "1"]),
        ([GROUP], "turboctl chats show ", ["chats", "show", "1"]),
        ([GROUP], "turboctl send -- tur", ["send", "--", GROUP]),
        ([GROUP], "turboctl flush --group=tur", ["flush", f"--group={GROUP}"]),
        # Names that other producers may have made: turboctl's own rule is narrower.
        (["room:a b"], "turboctl groups show ro", ["groups", "show", "room:a b"]),
        (["room:a b"], "turboctl groups show room:", ["groups", "show", "room:a b"]),
        (["room:a b"], "turboctl groups show 'room:a", ["groups", "show", "room:a b"]),
        (["room:a b"], 'turboctl groups show "room:', ["groups", "show", "room:a b"]),
        (["room:a b"], r"turboctl groups show room:a\ ", ["groups", "show", "room:a b"]),
        (["room:a b"], "turboctl flush --group=room:", ["flush", "--group=room:a b"]),
        (["a'b\"c$d=e&f"], "turboctl groups show a", ["groups", "show", "a'b\"c$d=e&f"]),
        (["[x]*y"], r"turboctl groups show \[", ["groups", "show", "[x]*y"]),
    ],
)
def test_live_groups(shell, server, groups, line, words):
    for group in groups:
        server.client.zadd(f"asgi:group:{group}", {"specific.one!two": time.time()})
    shell.completes(line, words)


def test_names_that_steer_the_terminal_are_not_offered(shell, server):
    for group in ("room", "room\x1b[31m", "room\t2", "room\n3", "room\x9b4m"):
        server.client.zadd(f"asgi:group:{group}", {"specific.one!two": time.time()})
    shell.completes("turboctl groups show roo", ["groups", "show", "room"])


def test_groups_are_listed_with_who_listens(shell, server):
    for group in ("room.1", "room.2"):
        server.client.zadd(f"asgi:group:{group}", {"specific.one!two": time.time()})
    described = ["1 channel"] if shell.name != "bash" else []
    shell.lists("turboctl tail ro", "room.1", "room.2", *described)


def test_members_of_the_group_before(shell, server):
    server.client.zadd("asgi:group:room", {"specific.one!two": time.time()})
    line = "turboctl groups discard room spec"
    shell.completes(line, ["groups", "discard", "room", "specific.one!two"])


def test_the_servers_that_the_line_names(start_shell, server):
    shell = start_shell(TURBOCTL_REDIS_URL=f"redis://127.0.0.1:{unused_port()}")
    server.client.zadd(f"asgi:group:{GROUP}", {"specific.one!two": time.time()})
    line = f"turboctl --redis={server.url} send tur"
    shell.completes(line, [f"--redis={server.url}", "send", GROUP])


def test_the_configuration_that_the_line_names(start_shell, server, tmp_path):
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {}}
    hosts = {"hosts": [server.url], "prefix": "blue"}
    layers = {"default": layer, "bluebird": layer | {"CONFIG": hosts}}
    (tmp_path / "site.json").write_text(json.dumps(layers))
    server.client.zadd(f"blue:group:{GROUP}", {"specific.one!two": time.time()})
    shell = start_shell()
    before = ["--config", "site.json", "--layer"]
    assert shell.words("turboctl --config site.json --layer blu") == [*before, "bluebird"]
    line = "turboctl --config site.json --layer bluebird send tur"
    shell.completes(line, [*before, "bluebird", "send", GROUP])


def test_nothing_is_said_where_nobody_answers(shell, server):
    server.pause()
    start = time.monotonic()
    try:
        words = shell.words("turboctl send --chat ")
    finally:
        server.resume()
    assert words == ["send", "--chat"]
    assert time.monotonic() - start < 5
    assert b"turboctl:" not in shell.text


def test_templates_of_the_search_path(shell, tmp_path):
    for folder in ("templates/chat", "more"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "templates/chat/a message: new.html").write_text("")
    (tmp_path / "more/other.html").write_text("")
    line = "turboctl render --template "
    assert shell.words(line + "ch") == ["render", "--template", "chat/"]
    assert shell.words(line + "chat/") == ["render", "--template", "chat/a message: new.html"]
    line = "turboctl render --templates more --template="
    assert shell.words(line) == ["render", "--templates", "more", "--template=other.html"]


@pytest.mark.parametrize("option", ["--file ", "--file=", "--context="])
def test_files(shell, tmp_path, option):
    (tmp_path / "some folder").mkdir()
    (tmp_path / "some folder/a file: b.html").write_text("")
    words = shell.words(f"turboctl render {option}some")
    # zsh takes the slash back where a space follows.
    assert words[-1].removesuffix("/").endswith("some folder")
    words = shell.words(rf"turboctl render {option}some\ folder/a")
    assert words[-1].endswith("some folder/a file: b.html")


def test_folders_alone(shell, tmp_path):
    (tmp_path / "things").mkdir()
    (tmp_path / "thing.html").write_text("")
    words = shell.words("turboctl render --templates th")
    assert words[-1].removesuffix("/") == "things"
