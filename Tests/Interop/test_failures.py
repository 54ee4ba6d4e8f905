"""Servers that refuse, hang or go away: the exit code says what was delivered."""

import json
import time

import pytest

from peers import unused_port, wait_until
from tool import GROUP, HELLO, SEND_HELLO, UPDATE, html_message

SECRET = "correct-horse-battery"
WRONG = "hunter2-wrong-password"


def commands():
    """Both directions meet the same server."""
    return pytest.mark.parametrize(
        "command", [SEND_HELLO, ["tail", GROUP, "--count", "1"]], ids=["send", "tail"]
    )


@pytest.fixture
def guarded(start_server, start_process):
    """A server with a password, and one consumer."""
    server = start_server("--requirepass", SECRET)
    server.client = server.connect(password=SECRET)
    start_process(f"redis://:{SECRET}@127.0.0.1:{server.port}/0").join(GROUP)
    return server


@commands()
def test_a_refused_connection_is_3(turboctl, command):
    port = unused_port()
    result = turboctl(*command, "--redis", f"redis://127.0.0.1:{port}/0").failed(3)
    assert str(port) in result.stderr
    assert not result.output


def test_an_absent_socket_is_3(turboctl):
    turboctl(*SEND_HELLO, "--redis", "unix:///nowhere/redis.sock").failed(3)


def test_a_name_that_does_not_resolve_is_3(turboctl):
    turboctl(*SEND_HELLO, "--redis", "redis://turboctl.invalid:6379/0").failed(3)


def test_a_failure_is_an_object_with_json(turboctl):
    result = turboctl(*SEND_HELLO, "--json", "--redis", f"redis://127.0.0.1:{unused_port()}/0")
    assert result.code == 3
    assert not result.output
    [line] = result.stderr.splitlines()
    error = json.loads(line)
    assert {"error", "detail", "hint", "exit"} <= set(error)
    assert error["exit"] == 3


@commands()
@pytest.mark.parametrize("user", ["", "nobody"])
def test_a_wrong_password_is_3_and_is_not_shown(turboctl_for, guarded, command, user):
    before = guarded.dump()
    url = f"redis://{user}:{WRONG}@127.0.0.1:{guarded.port}/0"
    result = turboctl_for(guarded)(*command, "--redis", url, "-vv")
    assert result.code == 3
    assert WRONG not in result.stdout + result.stderr
    assert guarded.dump() == before


BATCH = "".join(json.dumps({"group": f"g{html}", "html": html}) + "\n" for html in "abc")


@pytest.mark.parametrize(
    ("command", "input"),
    [
        (SEND_HELLO, ""),
        (["send", "--batch", "-", *UPDATE], BATCH),
        (["send", "--batch", "-", *UPDATE], BATCH.replace('"a"', json.dumps("a" * 900_000))),
        (["send", "--batch", "-", *UPDATE, "--backend", "pubsub"], BATCH),
        (["pipe", GROUP, "-t", "x"], "text"),
        (["tail", GROUP, "--count", "1"], ""),
    ],
    ids=["send", "batch", "large", "pubsub", "pipe", "tail"],
)
def test_a_missing_password_is_3(turboctl_for, guarded, command, input):
    """The server does not read a long command of who has not logged in, but hangs up."""
    before = guarded.dump()
    result = turboctl_for(guarded)(*command, input=input).failed(3)
    assert "NOAUTH" in result.stderr and "TURBOCTL_REDIS_PASSWORD" in result.stderr
    assert "may have been delivered" not in result.stderr
    assert guarded.dump() == before


@pytest.mark.parametrize("command", [SEND_HELLO, ["send", "--batch", "-", *UPDATE]])
def test_a_server_without_room_for_a_client_is_3(turboctl_for, start_server, command):
    server = start_server()
    server.client.config_set("maxclients", 1)
    result = turboctl_for(server)(*command, input=BATCH).failed(3)
    assert "max number of clients" in result.stderr


@pytest.mark.parametrize("way", ["url", "environment", "redis-cli's", "file"])
def test_the_right_password_opens(turboctl_for, guarded, tmp_path, way):
    url = f"redis://127.0.0.1:{guarded.port}/0"
    file = tmp_path / "password"
    file.touch(0o600)
    file.write_text(SECRET + "\n")
    arguments, environment = {
        "url": (["--redis", f"redis://:{SECRET}@127.0.0.1:{guarded.port}/0"], {}),
        "environment": (["--redis", url], {"TURBOCTL_REDIS_PASSWORD": SECRET}),
        "redis-cli's": (["--redis", url], {"REDISCLI_AUTH": SECRET}),
        "file": (["--redis", url, "--password-file", str(file)], {}),
    }[way]
    result = turboctl_for(guarded)(*SEND_HELLO, "--json", *arguments, env=environment)
    assert result.code == 0, result
    assert result.objects[0]["channels"] == 1
    assert SECRET not in result.stdout + result.stderr


def test_a_password_file_that_others_may_read_is_a_warning(turboctl_for, guarded, tmp_path):
    file = tmp_path / "password"
    file.write_text(SECRET)
    file.chmod(0o640)
    result = turboctl_for(guarded)(*SEND_HELLO, "--password-file", file)
    assert result.code == 0, result
    assert result.stderr.startswith(f"turboctl: warning: {file}: other users may read")
    assert SECRET not in result.stderr


def test_a_user_that_may_not_write_is_3(turboctl, server, process):
    process.join(GROUP)
    server.client.execute_command("ACL", "SETUSER", "reader", "on", f">{SECRET}", "~*", "+@read")
    before = server.dump()
    url = f"redis://reader:{SECRET}@127.0.0.1:{server.port}/0"
    try:
        result = turboctl(*SEND_HELLO, "--redis", url).failed(3)
    finally:
        server.client.execute_command("ACL", "DELUSER", "reader")
    assert SECRET not in result.stderr
    assert server.dump() == before


@commands()
def test_a_read_only_replica_is_3(turboctl_for, server, process, start_server, command):
    process.join(GROUP)
    replica = start_server("--replicaof", "127.0.0.1", str(server.port))
    wait_until(lambda: replica.client.exists(f"asgi:group:{GROUP}"))
    turboctl_for(replica)(*command).failed(3)
    assert not server.client.exists(process.queue)
    assert len(server.members(GROUP)) == 1


@commands()
def test_a_server_out_of_memory_is_3(turboctl_for, start_server, start_process, command):
    server = start_server("--maxmemory-policy", "noeviction")
    process = start_process(server.url)
    process.join(GROUP)
    server.client.config_set("maxmemory", 1)
    turboctl_for(server)(*command).failed(3)
    assert not server.client.exists(process.queue)
    assert len(server.members(GROUP)) == 1


@commands()
def test_a_database_that_does_not_exist_is_3(turboctl, server, command):
    turboctl(*command, "--redis", f"redis://127.0.0.1:{server.port}/99").failed(3)
    assert not server.dump()


def test_a_key_of_another_type_is_a_failure(turboctl, server):
    server.client.set(f"asgi:group:{GROUP}", "a string")
    before = server.dump()
    turboctl(*SEND_HELLO).failed(3)
    assert server.dump() == before


def test_a_server_that_hangs_up_is_not_taken_for_one_that_wrote_nothing(
    turboctl, server, process, start_proxy
):
    process.join(GROUP)
    proxy = start_proxy(server, lambda: True)
    result = turboctl(*SEND_HELLO, "--redis", proxy.url)
    assert result.code == 5 or not server.client.exists(process.queue)
    result.failed(result.code)
    assert result.code in (3, 5)


def test_a_stopped_server_is_given_up_at_the_deadline(turboctl_for, start_server, start_process):
    server = start_server()
    process = start_process(server.url)
    process.join(GROUP)
    turboctl = turboctl_for(server)
    accepted, connected = server.accepted(), server.connected()
    server.pause()
    began = time.monotonic()
    result = turboctl(*SEND_HELLO, "--timeout", 1)
    took = time.monotonic() - began
    server.resume()
    assert 0.9 <= took < 5
    assert result.code in (3, 5)
    result.failed(result.code)
    # The server now works off what it was sent: 3 promises that this was no message.
    wait_until(lambda: server.accepted() > accepted and server.connected() == connected)
    assert result.code == 5 or not server.client.exists(process.queue)


def test_a_reply_lost_after_the_write_is_5_and_nothing_is_sent_again(
    turboctl, server, process, start_proxy
):
    channel = process.join(GROUP)
    proxy = start_proxy(server, lambda: server.client.exists(process.queue))
    result = turboctl(*SEND_HELLO, "--redis", proxy.url)
    assert result.code == 5, result
    assert result.stderr.startswith("turboctl: ")
    assert server.client.zcard(process.queue) == 1
    assert process.receive(channel) == html_message(HELLO)


def test_once_makes_a_retry_safe(turboctl, server, process, start_proxy):
    channel = process.join(GROUP)
    proxy = start_proxy(server, lambda: server.client.exists(process.queue))
    command = [*SEND_HELLO, "--once", "job-8"]
    assert turboctl(*command, "--redis", proxy.url).code == 5
    assert process.receive(channel) == html_message(HELLO)
    [repeat] = turboctl(*command, "--json").succeeded().objects
    assert repeat["duplicate"] is True
    assert not server.client.exists(process.queue)
