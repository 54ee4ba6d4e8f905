"""Every server that refuses, and every command that meets it: nothing was delivered, and it says why."""

import pytest

import ledger
from commands import COMMANDS
from judge import judge
from layers import LAYERS
from ledger import sampled
from states import STATES
from tool import SEND_HELLO

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
    with state.enter(faulty) as url:
        if state.is_new:
            audience.follow()
        environment = {"TURBOCTL_REDIS_URL": url} if url else {}
        result = turboctl_for(faulty)(
            *COMMANDS[command], *options, deadline=1, env=environment
        )
    audience.follow()
    ledger.tried["commands that met a server which refuses"] += 1
    assert audience.held() == []
    assert result.code == state.code(command, layer.name), result
    if result.code == 3:
        result.failed(3)
        assert state.word in result.stderr


def test_ping_is_well_where_a_send_is(layer, options, audience, turboctl, server):
    """The states above are no false alarms."""
    assert turboctl(*COMMANDS["ping"], *options).succeeded()
    judge(turboctl(*SEND_HELLO, *options), len(audience.held()))
