"""A batch of which a server refuses lines: each line was sent, or is named, or is still to come."""

import json
import re

import pytest

from test_batch import BATCH, OTHER, ROOMY, line, lines, numbers, told
from tool import GROUP

SECRET = "correct-horse-battery"


@pytest.fixture
def mixed(server, process):
    """A function: lines to a group, one of them to another whose key is none of the layer's."""
    process.join(GROUP)
    server.client.set(f"asgi:group:{OTHER}", "a string")

    def make(count, *refused, **fields):
        return "".join(
            line(number, group=OTHER if number in refused else GROUP, **fields)
            for number in range(1, count + 1)
        )

    return make


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_server_out_of_memory_leaves_all_lines_to_be_sent(turboctl_for, start_server, start_process, goes_on):
    server = start_server("--maxmemory-policy", "noeviction")
    process = start_process(server.url)
    process.join(GROUP)
    server.client.config_set("maxmemory", 1)
    turboctl = turboctl_for(server)
    result = turboctl(*BATCH, *ROOMY, *["--keep-going"] * goes_on, input=lines(2500))
    server.client.config_set("maxmemory", 0)
    assert "OOM" in result.failed(3).stderr
    assert not server.client.exists(process.queue)
    if goes_on:
        assert "lines 1 to 2500 were refused" in result.stderr
    else:
        assert told(result) == (0, (None, None), 1)
        turboctl(*BATCH, *ROOMY, "--from-line", 1, input=lines(2500)).succeeded()
        assert numbers(server, process.queue) == list(range(1, 2501))


def test_a_missing_password_leaves_all_lines_to_be_sent(turboctl_for, start_server):
    server = start_server("--requirepass", SECRET)
    assert told(turboctl_for(server)(*BATCH, input=lines(1500)).failed(3)) == (0, (None, None), 1)


def test_a_refused_line_is_the_next_one(turboctl, server, process, mixed):
    command = ["send", "--batch", "-", *ROOMY]
    result = turboctl(*command, input=mixed(3000, 1500, 1600)).failed(5)
    assert result.stderr.startswith("turboctl: standard input:1500: ")
    assert OTHER in result.stderr and "WRONGTYPE" in result.stderr
    assert told(result) == (1998, (None, None), 1500)
    assert "lines 1500, 1600 were refused" in result.stderr
    assert "lines 1501 to 1599, 1601 to 2000 behind it were sent" in result.stderr
    assert numbers(server, process.queue) == [*range(1, 1500), *range(1501, 1600), *range(1601, 2001)]


def test_what_is_refused_amid_a_batch_that_goes_on_is_named(turboctl, server, process, mixed):
    command = ["send", "--batch", "-", *ROOMY, "--keep-going"]
    result = turboctl(*command, input=mixed(3000, 3, 1500, 1501)).failed(5)
    assert "lines 3, 1500 to 1501 were refused" in result.stderr
    assert OTHER in result.stderr and "WRONGTYPE" in result.stderr
    assert len(numbers(server, process.queue)) == 2997


def test_a_refused_line_is_an_object_too(turboctl, mixed):
    result = turboctl("send", "--batch", "-", "--json", "--keep-going", input=mixed(5, 2))
    assert [one["line"] for one in result.objects] == [1, 2, 3, 4, 5]
    assert ["error" in one for one in result.objects] == [False, True, False, False, False]
    refused = result.objects[1]
    assert refused["group"] == OTHER and "WRONGTYPE" in refused["error"]
    assert json.loads(result.stderr)["exit"] == 5


def test_a_line_that_is_held_back_is_an_object_too(turboctl, process):
    process.join(GROUP)
    batch = line(1) + line(2, group=OTHER)
    result = turboctl(*BATCH, "--json", "--require", 1, input=batch)
    assert [one["line"] for one in result.objects] == [1, 2]
    assert result.objects[1]["error"] == "0 channels, 1 required"


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_line_that_reached_some_is_named(turboctl, server, start_process, goes_on):
    well, broken = start_process(server.url), start_process(server.url)
    for process in (well, broken):
        process.join(OTHER)
    server.client.set(broken.queue, "a string")
    batch = line(1) + line(2, group=OTHER) + line(3)
    options = ["--json", *["--keep-going"] * goes_on]
    result = turboctl(*BATCH, *options, input=batch)
    assert result.code == 5
    assert [one["line"] for one in result.objects] == [1, 2, 3]
    reached = result.objects[1]
    assert reached["failed"] == 1 and "WRONGTYPE" in reached["error"]
    detail = json.loads(result.stderr)["detail"]
    assert "line 2 reached only some" in detail and broken.layer.client_prefix in detail
    assert numbers(server, well.queue) == [2]
    if not goes_on:
        assert "--from-line 4 goes on" in detail


def test_a_line_to_several_groups_that_reached_one_is_not_sent_twice(turboctl, server, process, mixed):
    mixed(0)
    result = turboctl("send", GROUP, OTHER, "--batch", "-", input=lines(3)).failed(5)
    assert "lines 1 to 3 reached only some" in result.stderr
    assert re.search(r"--from-line 4 goes on", result.stderr)
    assert numbers(server, process.queue) == [1, 2, 3]


@pytest.mark.parametrize(("first", "code"), [(3, 0), (4, 0), (5, 2), (99, 2)])
def test_a_first_line_behind_the_end_is_an_error(turboctl, process, first, code):
    process.join(GROUP)
    result = turboctl(*BATCH, "--from-line", first, input=lines(3))
    assert result.code == code, result
    if code == 2:
        assert "3 lines" in result.failed(2).stderr


def test_an_empty_id_is_none(turboctl, server, process):
    process.join(GROUP)
    result = turboctl(*BATCH, input=line(1) + line(2, once="")).failed(2)
    assert "standard input:2: once: is empty" in result.stderr
    assert numbers(server, process.queue) == [1]


def test_what_disconnects_slow_subscribers_is_said_once(turboctl, server):
    batch = line(1) + 3 * json.dumps({"html": "x" * (8 * 2**20 + 1)}).join(["", "\n"])
    options = ["--backend", "pubsub", "--raw", "--max-bytes", 10_000_000]
    result = turboctl(*BATCH, *options, input=batch)
    assert result.code == 0, result
    assert result.stderr.count("warning") == 1
    assert "line 2: 8388609 bytes: Redis disconnects" in result.stderr
