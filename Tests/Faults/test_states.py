"""Every server that refuses, and every command that meets it: nothing was delivered, and it says why."""

import pytest

import ledger
from commands import COMMANDS
from judge import judge
from layers import LAYERS, queues
from ledger import sampled
from states import STATES
from tool import HELLO, SEND_HELLO, html_message

CASES = [
    pytest.param(layer, state, command, id=f"{state.name}-{layer.name}-{command}")
    for state in STATES
    for layer in LAYERS
    for command in COMMANDS
    if layer.name in state.layers
]


@pytest.mark.parametrize(("layer", "state", "command"), sampled(CASES, 29))
def test_it_says_what_the_server_said_and_nothing_was_delivered(
    server, start_server, state, options, command, layer, audience_on, turboctl_for
):
    faulty = server if state.options is None else start_server(*state.options)
    audience = audience_on(faulty)
    code = state.code(command, layer.name)
    # Where no answer comes, or no message, the deadline ends it.
    deadline = 1 if state.name == "stopped" or code == 4 else 10
    with state.enter(faulty) as url:
        if state.is_new:
            audience.follow()
        environment = {"TURBOCTL_REDIS_URL": url} if url else {}
        result = turboctl_for(faulty)(
            *COMMANDS[command], *options, deadline=deadline, env=environment
        )
    audience.follow()
    ledger.tried["commands that met a server which refuses"] += 1
    assert audience.held() == []
    assert result.code == code, result
    if result.code == 3:
        result.failed(3)
        assert state.word in result.stderr


@queues
def test_a_queue_that_is_none_keeps_nobody_else_from_the_message(
    layer, options, audience_on, server, turboctl
):
    audience = audience_on(server, processes=3)
    broken = audience.processes[1]
    server.client.set(broken.queue, "a string")
    ledger.tried["commands that met a server which refuses"] += 1
    result = turboctl(*SEND_HELLO, *options).failed(5)
    assert "WRONGTYPE" in result.stderr and broken.layer.client_prefix in result.stderr
    assert audience.held(0) == audience.held(2) == [html_message(HELLO)]


def test_ping_is_well_where_a_send_is(layer, options, audience, turboctl, server):
    """The states above are no false alarms."""
    assert turboctl(*COMMANDS["ping"], *options).succeeded()
    judge(turboctl(*SEND_HELLO, *options), len(audience.held()))
