"""Little of everything: files, memory, an environment, a clock that is right, the machine to itself."""

import glob
import os
import signal

import pytest

import ledger
from commands import COMMANDS, each_command
from judge import batch, judge, numbers
from layers import LAYERS, queues, tails
from ledger import IS_WHOLE, sampled
from peers import wait_until
from tool import GROUP, HELLO, SEND_HELLO, element, html_message


POOR = {
    "16 files": ["sh", "-c", 'ulimit -n 16; exec "$0" "$@"'],
    "200 MB": ["sh", "-c", 'ulimit -v 200000; exec "$0" "$@"'],
    "a small stack": ["sh", "-c", 'ulimit -s 512; exec "$0" "$@"'],
    "no home": ["env", "-u", "HOME"],
    "no environment": None,
    "language C": ["env", "LANG=C", "LC_ALL=C"],
    "an unknown language": ["env", "LANG=xx_XX.KOI8-R"],
    "a home that is no folder": ["env", "HOME=/dev/null"],
    "an unknown zone": ["env", "TZ=Nowhere/Else"],
    "no folder": ["sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"'],
    "a folder of others": ["sh", "-c", 'cd /proc/1 && exec "$0" "$@"'],
    "no time": ["nice", "-n", "19"],
}


def at(offset):
    """With a clock that is wrong; not by the command `faketime`, which takes the signals."""
    [library] = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    return ["env", f"LD_PRELOAD={library}", f"FAKETIME={offset}"]


POORER = [
    pytest.param(words, poor, id=f"{command}-{poor}")
    for poor in POOR
    for command, words in COMMANDS.items()
]


def finished(turboctl, command, site, server):
    """What becomes of it, however long it takes; a tail gets its message once it listens."""
    before = tails(server)
    run = turboctl.start(*command)
    if command[0] == "tail":
        wait_until(lambda: run.ended or tails(server) > before)
        site.send_html(GROUP, HELLO)
    return turboctl.finish(run, 20)


@pytest.mark.parametrize(("command", "poor"), sampled(POORER, 7))
def test_little_is_enough(
    layer, options, audience, start_site, turboctl, server, command, poor
):
    turboctl.wrapper = POOR[poor] or ["env", "-i", f"TURBOCTL_REDIS_URL={server.url}"]
    result = finished(turboctl, [*command, *options], start_site(server), server)
    ledger.tried["poor surroundings"] += 1
    assert result.code == 0, result
    if command == SEND_HELLO:
        judge(result, len(audience.held()))


# What configures another layer is in such a folder too.
@pytest.mark.parametrize("layer", LAYERS[:1], ids=lambda layer: layer.name)
@pytest.mark.skipif(os.geteuid() != 0, reason="needs to be root, to be somebody else")
@each_command
def test_a_folder_that_cannot_be_read(audience, server, turboctl, tmp_path, command):
    """Somebody else's, and that has a configuration."""
    folder = tmp_path / "private"
    folder.mkdir(0o700)
    (folder / "turboctl.json").write_text("{")
    turboctl.wrapper = ["sh", "-c", f'cd {folder} && exec setpriv --reuid 65534 --clear-groups "$0" "$@"']
    result = finished(turboctl, command, audience.processes[0], server)
    assert result.code == 0, result


@pytest.mark.parametrize("memory", sampled([20_000, 30_000, 50_000, 80_000], 1))
def test_too_little_memory_is_a_plain_end(layer, options, audience, turboctl, memory):
    """Whatever it ends with, nothing is promised that is not so."""
    script = f'ulimit -v {memory}; exec "$0" "$@"'
    turboctl.wrapper = ["sh", "-c", script]
    run = turboctl.start(*SEND_HELLO, *options)
    run.wait()
    ledger.tried["poor surroundings"] += 1
    if run.process.returncode == 0:
        assert audience.held() == [html_message(HELLO)]
    elif run.process.returncode != 5:
        assert audience.held() == []


@pytest.mark.parametrize("files", sampled(range(4, 12), 2))
def test_too_few_files_is_a_plain_end(layer, options, audience, turboctl, files):
    turboctl.wrapper = ["sh", "-c", f'ulimit -n {files}; exec "$0" "$@"']
    result = turboctl(*SEND_HELLO, *options)
    ledger.tried["poor surroundings"] += 1
    judge(result, len(audience.held()))


def test_no_room_for_the_output_is_1(layer, options, audience, turboctl):
    turboctl.wrapper = ["sh", "-c", 'ulimit -f 0; exec "$0" "$@"']
    assert turboctl(*SEND_HELLO, *options).code == 1
    assert audience.held() == [html_message(HELLO)]


# A clock that is wrong


@queues
@pytest.mark.parametrize("offset", sampled(["+61s", "-61s", "+2h", "-2h", "+10y"], 2))
def test_a_wrong_clock_takes_nothing_and_loses_nothing(
    layer, options, audience, server, turboctl, offset
):
    [process] = audience.processes
    [channel] = audience.channels
    process.send_html(GROUP, "before")
    turboctl.wrapper = at(offset)
    assert turboctl(*SEND_HELLO, *options, deadline=5).code == 0
    process.send_html(GROUP, "after")
    ledger.tried["wrong clocks"] += 1
    received = [process.receive(channel) for _ in range(3)]
    assert received == [html_message(html) for html in ("before", HELLO, "after")]


@queues
# In the second in which it comes, a token is a minute and a second ahead; in the next, a minute.
@pytest.mark.parametrize("offset", sampled(["+61s", "-90s", "+2h", "-2h"], 1))
def test_a_tail_with_a_wrong_clock(layer, options, audience, server, turboctl, offset):
    turboctl.wrapper = at(offset)
    run = turboctl.tail(GROUP, "--count", 2, *options)
    for number in range(2):
        audience.processes[0].send_html(GROUP, f"{number}")
    ledger.tried["wrong clocks"] += 1
    # As any consumer, it reads no token from the future or the past.
    if layer.name == "encrypted" and offset != "+61s":
        wait_until(lambda: b"passed over 1 message encrypted" in run.err.read_bytes())
        run.signal(signal.SIGTERM)
        assert turboctl.finish(run, 5).code == 143
    else:
        assert turboctl.finish(run, 5).stdout.split() == ["0", "1"]
    assert not turboctl.members(GROUP)


@pytest.fixture
def stepping(turboctl, tmp_path):
    """A function: sets the clock that turboctl reads; the monotonic one goes on."""
    path = tmp_path / "offset"
    path.write_text("+0")
    turboctl.wrapper = [
        *at("+0")[:2], f"FAKETIME_TIMESTAMP_FILE={path}", "FAKETIME_NO_CACHE=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    ]
    return path.write_text


@queues
@pytest.mark.parametrize("step", sampled(["-2h", "-61s", "-1s", "+61s", "+2h"], 1))
def test_a_clock_that_steps_during_a_batch(layer, options, audience, turboctl, stepping, step):
    """A real consumer reads all, in order."""
    lines = batch([GROUP], 300)
    run = turboctl.start(
        "send", "--batch", "-", "--json", "--capacity", 300, "--rate", 300, *options, input=lines
    )
    wait_until(lambda: audience.length() > 100)
    stepping(step)
    result = turboctl.finish(run, 10)
    ledger.tried["clocks that stepped"] += 1
    assert result.code == 0, result
    [process], [channel] = audience.processes, audience.channels
    received = [process.receive(channel) for _ in range(300)]
    assert numbers(received) == list(range(1, 301))


# The other kind reads no token from the future or the past, see above.
@pytest.mark.parametrize("layer", LAYERS[:1], ids=lambda layer: layer.name)
@pytest.mark.parametrize("step", sampled(["-2h", "-61s", "+61s", "+2h"], 1))
def test_a_clock_that_steps_during_a_tail(audience, server, turboctl, stepping, step):
    run = turboctl.tail(GROUP, "--lease", 2, "--count", 1)
    stepping(step)
    ledger.tried["clocks that stepped"] += 1
    before = score(server)
    # It is renewed all the same, and late enough that it outlives the lease.
    wait_until(lambda: score(server) > before + 2)
    audience.processes[0].send_html(GROUP, HELLO)
    assert turboctl.finish(run, 5).succeeded().stdout == f"{HELLO}\n"


def score(server):
    """Our tail's, as a member."""
    members = server.client.zrange(f"asgi:group:{GROUP}", 0, -1, withscores=True)
    [score] = [score for name, score in members if b"turboctl." in name]
    return score


# Many at once


def test_many_at_once(layer, options, audience, turboctl):
    count = 200 if IS_WHOLE else 20
    contents = [element(str(number)) for number in range(count)]
    room = [] if layer.name == "pubsub" else ["--capacity", count]
    patience = ["--timeout", 60, "--connect-timeout", 60]
    runs = [
        turboctl.start("send", GROUP, "--raw", "--html", content, *patience, *room, *options)
        for content in contents
    ]
    for run in runs:
        assert turboctl.finish(run, 60).code == 0
    ledger.tried["processes at once"] += count
    assert sorted(message["html"] for message in audience.held()) == sorted(contents)


@pytest.mark.parametrize("command", [*COMMANDS, "batch"])
def test_many_runs_leave_nothing_behind(layer, options, server, turboctl, command):
    """Nobody listens, so that there is no queue to write to."""
    words = COMMANDS.get(command, ["send", "--batch", "-"])
    keys = server.client.keys()
    connected = server.connected()
    for _ in range(67 if IS_WHOLE else 2):
        if command == "tail":
            run = turboctl.start(*words, *options)
            wait_until(lambda: run.ended or tails(server))
            result = turboctl.finish(run.signal(signal.SIGTERM), 2)
            # The server ends a connection in its own time.
            wait_until(lambda: not tails(server))
        else:
            result = turboctl(*words, *options, input='{"group":"g","html":"x","action":"append","target":"t"}\n')
        assert result.code == (143 if command == "tail" else 0), result
        ledger.tried["runs that may leave nothing behind"] += 1
    assert server.client.keys() == keys
    server.served(connected)
