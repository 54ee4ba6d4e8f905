"""Servers that take less than others: a cluster, and one with a limit of its own for a message."""

import ledger
from judge import judge
from peers import unused_port
from states import configured
from tool import GROUP, SEND_HELLO


def test_a_cluster_without_slots_is_no_layer(start_server, turboctl_for):
    turboctl = turboctl_for(start_server("--cluster-enabled", "yes", "--cluster-port", str(unused_port())))
    for command in (SEND_HELLO, ["tail", GROUP, "--count", 1], ["ping", "-c", 1]):
        ledger.tried["commands that met a server which refuses"] += 1
        result = turboctl(*command, deadline=10)
        result.failed(3)
        assert "CLUSTERDOWN" in result.stderr, result


def test_a_message_that_is_too_long_for_the_server_is_delivered_to_nobody(
    layer, options, server, audience, turboctl
):
    with configured(proto_max_bulk_len=1 << 20)(server):
        html = "x" * (2 << 20)
        command = ["send", GROUP, "-a", "update", "-t", "a", "--file", "-", "--max-bytes", 4 << 20]
        result = turboctl(*command, *options, input=html, deadline=10)
    ledger.tried["commands that met a server which refuses"] += 1
    audience.follow()
    assert audience.held() == []
    assert result.code in (3, 5), result
    judge(turboctl(*SEND_HELLO, *options), len(audience.held()))
