"""A master that sentinels know: found at every connect, and followed when it is another."""

import json
import os
import re
import subprocess
import time

import pytest
import redis

from failover import NAME, Sentinel
from peers import unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO, element, html_message


@pytest.fixture
def process(failover, start_process):
    return start_process(failover.host)


@pytest.fixture
def turboctl(failover, turboctl_for):
    return turboctl_for(failover)


def receive(process, channel):
    """What a consumer receives that meets the failover too, and tries again as its framework does."""

    def attempt():
        try:
            return process.receive(channel)
        except redis.RedisError:
            return None

    return wait_until(attempt, 15)


def url(*ports):
    places = ",".join(f"127.0.0.1:{port}" for port in ports)
    return f"redis+sentinel://{places}/{NAME}"


def test_a_send_waits_for_the_next_master(failover, process, turboctl):
    process.join(GROUP)
    failover.hang()
    result = turboctl(*SEND_HELLO, "-v")
    assert result.code == 0, result
    assert f"connected to master {NAME} at 127.0.0.1:{failover.replica.port}" in result.stderr
    # A consumer that waits at the hung one waits for ever.
    assert failover.replica.client.zcard(process.queue) == 1


def test_a_send_after_a_hand_over_goes_to_the_new_master(failover, process, turboctl):
    channel = process.join(GROUP)
    failover.hand_over()
    turboctl(*SEND_HELLO).succeeded()
    assert receive(process, channel) == html_message(HELLO)


def test_a_tail_goes_on_after_a_hand_over(failover, process, turboctl):
    run = turboctl.tail(GROUP, "--count", "2", "--timeout", "60")
    process.send_html(GROUP, HELLO)
    run.printed(f"{HELLO}\n".encode())
    failover.hand_over()
    wait_until(lambda: b"connected again" in run.err.read_bytes())
    later = element("later")
    turboctl("send", GROUP, "--html", later, "--raw").succeeded()
    result = run.finish()
    assert result.code == 0, result
    assert result.stdout == f"{HELLO}\n{later}\n"
    assert "messages possibly missed" in result.stderr
    assert failover.replica.members(GROUP) == []


def test_a_tail_goes_on_after_its_master_hung(failover, process, turboctl):
    run = turboctl.tail(GROUP, "--count", "1", "--timeout", "60")
    failover.hang()
    # It waits five seconds for a message, and five for what is late.
    wait_until(lambda: b"connected again" in run.err.read_bytes(), 40)
    turboctl(*SEND_HELLO).succeeded()
    assert run.finish().stdout == f"{HELLO}\n"


@pytest.mark.parametrize("way", ["dead", "hung"])
def test_a_first_sentinel_that_does_not_answer_costs_little(failover, turboctl, way):
    if way == "dead":
        port = unused_port()
    else:
        other = Sentinel(failover.master.port)
        other.pause()
        port = other.port
    try:
        start = time.monotonic()
        turboctl(*SEND_HELLO, "--redis", url(port, failover.sentinel.port)).succeeded()
        # The one that hangs costs half a second, not the five of a connection.
        assert time.monotonic() - start < 4
    finally:
        if way == "hung":
            other.stop()


def test_a_master_that_no_sentinel_knows_is_3(failover, turboctl):
    result = turboctl(*SEND_HELLO, "--redis", failover.url.replace(NAME, "mastre")).failed(3)
    assert "master mastre" in result.stderr
    assert f"127.0.0.1:{failover.sentinel.port}" in result.stderr
    assert f"hint: they know {NAME}" in result.stderr


def test_sentinels_that_are_all_silent_are_named(failover, turboctl):
    ports = [unused_port(), unused_port()]
    result = turboctl(*SEND_HELLO, "--redis", url(*ports)).failed(3)
    assert all(f"127.0.0.1:{port}" in result.stderr for port in ports)
    assert NAME in result.stderr


def test_a_master_that_is_gone_for_good_is_named(failover, turboctl):
    for server in (failover.replica, failover.master):
        server.process.terminate()
        server.process.wait()
    start = time.monotonic()
    result = turboctl(*SEND_HELLO, "--timeout", "2").failed(3)
    assert time.monotonic() - start < 10
    assert f"master {NAME} at 127.0.0.1:{failover.master.port}" in result.stderr


def test_hosts_of_a_configuration_file(failover, process, turboctl, tmp_path):
    channel = process.join(GROUP)
    config = layer_file(tmp_path / "turboctl.json", failover.host)
    turboctl(*SEND_HELLO, "--config", config, env={"TURBOCTL_REDIS_URL": ""}).succeeded()
    assert receive(process, channel) == html_message(HELLO)
    [server, *_] = turboctl("ping", "--json").succeeded().objects
    assert server["role"] == "master"


def test_a_batch_goes_on_at_the_next_master(failover, process, turboctl, tmp_path):
    """Its connection ends while it waits for lines: nothing is in doubt."""
    channel = process.join(GROUP)
    lines = tmp_path / "lines"
    os.mkfifo(lines)
    run = turboctl.start("send", GROUP, "--batch", lines)
    htmls = [element(f"{number}") for number in range(6)]

    def write(part):
        for html in part:
            print(json.dumps({"html": html}), file=feed, flush=True)

    with open(lines, "w") as feed:
        write(htmls[:3])
        assert [receive(process, channel) for _ in range(3)] == [*map(html_message, htmls[:3])]
        failover.hand_over()
        write(htmls[3:])
    result = run.finish()
    assert result.code == 0, result
    assert [receive(process, channel) for _ in range(3)] == [*map(html_message, htmls[3:])]


def test_a_hand_over_amid_a_batch_leaves_order_and_no_copies(failover, process, turboctl):
    """What the old master took on meanwhile is lost: its replica never had it."""
    process.join(GROUP)
    count = 12_000
    run = turboctl.start(
        *("send", GROUP, "--each-line", "-a", "append", "-t", "m"),
        *("--rate", "4000/s", "--capacity", str(count)),
        stdin=subprocess.PIPE,
    )
    lines = [f"<{number}>\n" for number in range(count)]
    with run.fed("".join(lines)):
        wait_until(lambda: failover.master.client.zcard(process.queue) > 1000)
        failover.hand_over()
    result = run.finish()
    assert result.code in (0, 5), result
    stored = failover.replica.client.zrange(process.queue, 0, -1)
    numbers = [int(re.search(rb"&lt;(\d+)&gt;", member)[1]) for member in stored]
    assert numbers == sorted(set(numbers))
    if result.code == 0:
        assert numbers[-1] == count - 1
    else:
        next_line = int(re.search(r"--from-line (\d+)", result.stderr)[1])
        # Lines are counted from 1: nothing that is left to send has been stored.
        assert numbers[-1] < next_line - 1


@pytest.mark.parametrize("options", [[], ["--backend", "pubsub"]], ids=["core", "pubsub"])
def test_what_a_master_acknowledges_that_was_away_is_in_doubt(failover, process, turboctl, options):
    """It takes itself for the master still when it wakes, and what it has taken then is thrown away."""
    process.join(GROUP)
    count, at_peace = 20_000, 1000
    lines = [f"<{number}>\n" for number in range(count)]
    run = turboctl.start(
        *("send", GROUP, "--each-line", "-a", "append", "-t", "m", *options),
        *("--rate", "4000/s", *([] if options else ["--capacity", str(count)])),
        stdin=subprocess.PIPE,
    )

    def arrived():
        master = failover.master
        return master.calls("publish") if options else master.client.zcard(process.queue)

    run.write("".join(lines[:at_peace]))
    wait_until(lambda: arrived() >= at_peace)
    failover.hang()
    with run.fed("".join(lines[at_peace:])):
        wait_until(lambda: failover.current is failover.replica, 15)
        failover.master.resume()
        result = run.finish(20).failed(5)
    sent, first, following = (
        int(re.search(pattern, result.stderr)[1])
        for pattern in (r"(\d+) messages sent", r"lines? (\d+).* may have been", r"--from-line (\d+)")
    )
    assert 0 < sent == first - 1 < following - 1 < count
    assert "is the master now" in result.stderr
    if not options:
        stored = failover.replica.client.zrange(process.queue, 0, -1)
        numbers = [int(re.search(rb"&lt;(\d+)&gt;", member)[1]) for member in stored]
        assert numbers[:sent] == list(range(sent))
        assert len(numbers) < following


def tls_lines(authority, name):
    certificate, key = authority.issue(name, "localhost", "127.0.0.1")
    return [
        f"tls-ca-cert-file {authority.file}",
        f"tls-cert-file {certificate}",
        f"tls-key-file {key}",
        "tls-auth-clients no",
    ]


def layer_file(path, host):
    path.touch(0o600)
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [host]}}
    path.write_text(json.dumps({"default": layer}))
    return path


@pytest.mark.parametrize("encrypted", ["sentinel", "master"])
def test_each_side_has_a_tls_of_its_own(
    authority, shared_tls_server, turboctl_for, tmp_path, encrypted
):
    """redis-py takes `sentinel_kwargs` for the sentinels, and what stands beside them for the master."""
    tls = {"ssl": True, "ssl_ca_certs": str(authority.file)}
    lines = tls_lines(authority, "sentinel")
    host = {"master_name": NAME}
    if encrypted == "master":
        sentinel = Sentinel(shared_tls_server.tls_port, [*lines, "tls-replication yes"])
        host |= {"sentinels": [["127.0.0.1", sentinel.port]], **tls}
    else:
        port = unused_port()
        sentinel = Sentinel(shared_tls_server.port, [*lines, f"tls-port {port}"])
        host |= {"sentinels": [["127.0.0.1", port]], "sentinel_kwargs": tls}
    try:
        turboctl = turboctl_for(shared_tls_server)
        turboctl.environment = {}
        config = layer_file(tmp_path / "right.json", host)
        turboctl(*SEND_HELLO, "--config", config).succeeded()
        wrong = {**host, "sentinel_kwargs": None if encrypted == "sentinel" else tls}
        result = turboctl(
            *SEND_HELLO, "--connect-timeout", "1", "--config", layer_file(tmp_path / "wrong.json", wrong)
        )
        assert result.failed(3).stderr.startswith(f"turboctl: cannot find master {NAME}: ")
    finally:
        sentinel.stop()
