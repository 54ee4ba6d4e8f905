"""ping tells what a server is, how far away it is, and whether the layer works."""

import re
from datetime import timedelta

import pytest

from peers import unused_port


def test_it_tells_role_version_clock_and_times(turboctl, server):
    [line] = turboctl("ping", "--json", "-c", 5).succeeded().objects
    assert line["role"] == "master"
    assert line["version"] == server.client.info("server")["redis_version"]
    assert abs(timedelta(milliseconds=line["clock_offset_ms"])) < timedelta(seconds=1)
    assert 0 < line["min_ms"] <= line["avg_ms"] <= line["p99_ms"] <= line["max_ms"]
    assert line["layer_ms"] > 0
    assert not server.client.keys()


def test_a_replica_is_shown_before_the_layer_fails(turboctl_for, start_server):
    server = start_server("--replicaof", "127.0.0.1", str(unused_port()))
    result = turboctl_for(server)("ping")
    assert result.code == 3
    assert "replica" in result.stdout
    assert "READONLY" in result.stderr


def test_a_user_who_may_not_ask_for_info_may_ping(turboctl_for, start_server):
    server = start_server()
    server.client.execute_command("ACL", "SETUSER", "default", "-info")
    [line] = turboctl_for(server)("ping", "--json").succeeded().objects
    assert line["role"] is line["version"] is None


CHECKS = [
    ([], 0, "OK"),
    (["--warn", "0.0001"], 1, "WARNING"),
    (["--warn", "0.0001", "--crit", "0.0002ms"], 2, "CRITICAL"),
    (["--warn", "10s", "--crit", "60000"], 0, "OK"),
]


@pytest.mark.parametrize(("limits", "code", "state"), CHECKS)
def test_a_check_ends_as_monitoring_plugins_do(turboctl, limits, code, state):
    result = turboctl("ping", "--check", "--format", "nagios", *limits)
    assert (result.code, result.stderr) == (code, "")
    assert re.fullmatch(rf"TURBOCTL {state}: [^|\n]+ \| layer=[\d.]+ms;[^|\n]*\n", result.stdout)
    assert turboctl("ping", "--check", *limits).code == code


@pytest.mark.parametrize("form", ["text", "nagios", "prometheus"])
def test_a_server_that_is_down_is_critical(turboctl, form):
    url = f"redis://127.0.0.1:{unused_port()}"
    result = turboctl("ping", "--check", "--format", form, "--redis", url)
    assert (result.code, result.stderr) == (2, "")
    down = f'turboctl_check_state{{host="{url.removeprefix("redis://")}"}} 2\n'
    assert (down if form == "prometheus" else "refused") in result.stdout


@pytest.mark.parametrize("options", [["--bogus"], ["--warn", "x"], ["--warn", "2", "--crit", "1"]])
def test_a_check_that_cannot_run_is_unknown(turboctl, options):
    result = turboctl("ping", "--check", "--format", "nagios", *options).failed(3)
    assert result.stdout.startswith("TURBOCTL UNKNOWN: ")
    assert result.stdout.count("\n") == 1


def test_prometheus_reads_it(turboctl):
    result = turboctl("ping", "--check", "--format", "prometheus").succeeded()
    sample = r'turboctl_\w+\{host="[^"]+"(,\w+="[^"]*")*\} -?[\d.e-]+'
    comment = r"# (HELP|TYPE) turboctl_\w+ .+"
    for line in result.stdout.splitlines():
        assert re.fullmatch(f"{sample}|{comment}", line), line
    assert re.search(r"^turboctl_up\{.+\} 1$", result.stdout, re.MULTILINE)


def test_limits_need_a_check(turboctl):
    turboctl("ping", "--warn", 1).failed(2)
