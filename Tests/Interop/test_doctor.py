"""doctor finds what harms delivery, says what to do, and tells the critical by exit code 4."""

import subprocess
import time

import pytest

from peers import accepts, unused_port, wait_until
from tool import GROUP, html_message


def findings(turboctl, *options, code=0):
    result = turboctl("doctor", "--json", *options)
    assert (result.code, result.stderr) == (code, ""), result
    for line in result.objects:
        assert line["detail"] and line["remedy"]
    return {line["check"]: line for line in result.objects}


def test_nothing_is_found_where_nothing_is_wrong(turboctl, server, process):
    channel = process.join(GROUP)
    before = server.dump()
    assert findings(turboctl) == {}
    assert turboctl("doctor").succeeded().stdout.startswith("ok: ")
    assert server.dump() == before
    process.send_html(GROUP, "x")
    assert process.receive(channel) == html_message("x")



def test_a_replica_is_critical(turboctl_for, start_server):
    server = start_server("--replicaof", "127.0.0.1", str(unused_port()))
    found = findings(turboctl_for(server), code=4)
    assert found["role"]["severity"] == "critical"


def test_a_sentinel_is_critical(turboctl, tmp_path):
    config = tmp_path / "sentinel.conf"
    config.touch()
    port = unused_port()
    command = ["redis-server", str(config), "--sentinel", "--port", str(port)]
    sentinel = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: accepts(port))
        found = findings(turboctl, "--redis", f"redis://127.0.0.1:{port}", code=4)
        assert found["role"]["severity"] == "critical"
    finally:
        sentinel.kill()
        sentinel.wait()


def test_a_send_to_a_sentinel_asks_whether_it_is_one(turboctl, failover):
    url = f"redis://127.0.0.1:{failover.sentinel.port}"
    result = turboctl("send", GROUP, "--raw", "--html", "x", "--redis", url)
    assert "redis+sentinel://" in result.failed(3).stderr


def test_full_memory_is_critical(turboctl_for, start_server):
    server = start_server("--maxmemory", "600kb")
    found = findings(turboctl_for(server), code=4)
    assert found["memory"]["severity"] == "critical"
    assert "OOM" in found["layer"]["detail"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--maxmemory-policy", "allkeys-lru"], 0),
        (["--maxmemory-policy", "volatile-ttl", "--maxmemory", "1gb"], 0),
        (["--maxmemory-policy", "volatile-ttl", "--maxmemory", "600kb"], 4),
    ],
)
def test_a_policy_that_evicts_groups(turboctl_for, start_server, options, code):
    found = findings(turboctl_for(start_server(*options)), code=code)
    assert found["eviction"]["severity"] == ("critical" if code else "warning")


def test_a_failing_snapshot_is_critical(turboctl_for, start_server):
    server = start_server("--save", "3600 1", "--dbfilename", "dump.rdb")
    # Once it answers, it has looked for a snapshot to load.
    server.client.set("x", 1)
    (server.socket.parent / "dump.rdb").mkdir()
    server.client.bgsave()
    wait_until(lambda: server.client.info("persistence")["rdb_last_bgsave_status"] == "err")
    found = findings(turboctl_for(server), code=4)
    assert found["persistence"]["severity"] == "critical"
    assert "MISCONF" in found["layer"]["detail"]
    # Else it would not end, for want of a snapshot.
    server.client.config_set("save", "")


def test_full_queues_and_ghosts(turboctl, server, process):
    now = time.time()
    server.client.zadd(f"asgi:group:{GROUP}", {"specific.dead!1": now - 500})
    queue = {b"%012d" % number: now - 100 + number / 1e3 for number in range(100)}
    server.client.zadd("asgispecific.dead!", queue)
    found = findings(turboctl, code=4)
    assert found["queues"]["severity"] == "critical"
    assert "specific.dead!" in found["queues"]["detail"]
    assert GROUP in found["ghosts"]["detail"]


def test_channels_near_their_group_expiry(turboctl, server, process):
    process.join("turbo_stream.fresh")
    assert findings(turboctl) == {}
    server.client.zadd(f"asgi:group:{GROUP}", {"specific.old!1": time.time() - 86400 + 600})
    detail = findings(turboctl)["group-expiry"]["detail"]
    assert GROUP in detail
    assert "turbo_stream.fresh" not in detail


def test_groups_under_another_prefix(turboctl, server):
    server.client.zadd("site\x1b[2J:group:x", {"specific.a!1": time.time()})
    result = turboctl("doctor").succeeded()
    assert "--prefix" in result.stdout
    assert "\x1b" not in result.stdout
    assert findings(turboctl, "--prefix", "site\x1b[2J") == {}


def test_tight_output_limits(turboctl_for, start_server):
    server = start_server("--client-output-buffer-limit", "pubsub 1mb 512kb 60")
    assert "512 KiB" in findings(turboctl_for(server))["output-buffer"]["detail"]


def test_what_a_user_may_not_ask_is_said(turboctl_for, start_server):
    server = start_server()
    server.client.execute_command("ACL", "SETUSER", "default", "-config")
    assert list(findings(turboctl_for(server))) == ["permissions"]


def test_a_server_that_is_down_is_3(turboctl):
    turboctl("doctor", "--redis", f"redis://127.0.0.1:{unused_port()}").failed(3)


def test_a_host_that_is_down_does_not_silence_the_others(turboctl, server):
    nobody = f"redis://127.0.0.1:{unused_port()}"
    result = turboctl("doctor", "--redis", server.url, "--redis", nobody)
    assert result.code == 3, result
    assert result.stdout == f"ok: 127.0.0.1:{server.port}: nothing was found\n"


@pytest.mark.parametrize("backend", ["core", "pubsub"])
def test_a_server_that_loads_is_critical_and_needs_no_rights(
    turboctl_for, start_loading, backend
):
    result = turboctl_for(start_loading())("doctor", "--backend", backend)
    assert result.code == 4, result
    assert "LOADING" in result.stdout and "+info" not in result.stdout


def test_a_replica_without_its_master_is_critical_and_needs_no_rights(turboctl_for, start_server):
    options = ["--replicaof", "127.0.0.1", "1", "--replica-serve-stale-data", "no"]
    result = turboctl_for(start_server(*options))("doctor")
    assert result.code == 4, result
    assert "MASTERDOWN" in result.stdout and "+info" not in result.stdout
