"""Full queues and expired members are treated as channels_redis treats them."""

import time

import pytest

from peers import EXPIRY, GROUP_EXPIRY, wait_until
from tool import GROUP, HELLO, SEND_HELLO, UPDATE, element, html_message

OTHER = "turbo_stream.other"
CAPACITY = 100


def fill(process, count=CAPACITY):
    """Lets messages wait in the queue of the process, all sent by Python through another group."""
    channel = process.join(OTHER)
    process.send_html(OTHER, *map(str, range(count)))
    return channel


def test_the_last_place_of_a_queue_is_taken(turboctl, server, process):
    process.join(GROUP)
    fill(process, CAPACITY - 1)
    [result] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert result["over_capacity"] == 0
    assert server.client.zcard(process.queue) == CAPACITY


@pytest.mark.parametrize("options", [[], ["--when-full", "drop"]])
def test_a_full_queue_gets_nothing_and_is_counted(turboctl, server, process, options):
    process.join(GROUP)
    fill(process)
    before = server.dump()
    [result] = turboctl(*SEND_HELLO, "--json", *options).succeeded().objects
    assert (result["channels"], result["processes"], result["over_capacity"]) == (1, 1, 1)
    process.send_html(GROUP, HELLO)
    assert server.dump() == before


def test_a_full_queue_is_reported_in_the_text(turboctl, process):
    process.join(GROUP)
    fill(process)
    assert ", 1 over capacity, " in turboctl(*SEND_HELLO).succeeded().stdout


@pytest.mark.parametrize(("capacity", "over"), [(1, 1), (2, 1), (3, 0)])
def test_the_capacity_can_be_given(turboctl, process, capacity, over):
    process.join(GROUP)
    fill(process, 2)
    [result] = turboctl(*SEND_HELLO, "--json", "--capacity", capacity).succeeded().objects
    assert result["over_capacity"] == over


def test_the_process_that_has_room_gets_the_message(turboctl, server, start_process):
    full, free = start_process(server.url), start_process(server.url)
    full.join(GROUP)
    channel = free.join(GROUP)
    fill(full)
    [result] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert (result["processes"], result["over_capacity"]) == (2, 1)
    assert free.receive(channel) == html_message(HELLO)
    assert server.client.zcard(full.queue) == CAPACITY


def test_fail_writes_to_no_process_where_one_is_full(turboctl, server, start_process):
    full, free = start_process(server.url), start_process(server.url)
    full.join(GROUP)
    free.join(GROUP)
    fill(full)
    before = server.dump()
    turboctl(*SEND_HELLO, "--when-full", "fail").failed(4)
    assert server.dump() == before


def test_fail_sends_where_there_is_room(turboctl, process):
    channel = process.join(GROUP)
    turboctl(*SEND_HELLO, "--when-full", "fail").succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_wait_sends_as_soon_as_there_is_room(turboctl, server, process):
    channel = process.join(GROUP)
    busy = fill(process)
    before = server.accepted()
    run = turboctl.start(*SEND_HELLO, "--when-full", "wait")
    wait_until(lambda: server.accepted() > before)
    assert not run.ended
    received = [process.receive(busy) for _ in range(CAPACITY)]
    assert received == [html_message(str(number)) for number in range(CAPACITY)]
    run.finish().succeeded()
    assert process.receive(channel) == html_message(HELLO)


def test_wait_gives_a_queue_up_that_nobody_empties(turboctl, server, process):
    process.join(GROUP)
    fill(process)
    began = time.monotonic()
    run = turboctl(*SEND_HELLO, "--when-full", "wait", "--full-timeout", 1)
    assert 1 <= time.monotonic() - began < 8
    assert run.code == 4
    assert server.client.zcard(process.queue) == CAPACITY


def test_a_batch_waits_for_consumers_and_loses_nothing(turboctl, server, start_worker):
    worker = start_worker(server.url, GROUP)
    lines = "".join(f"{number}\n" for number in range(1000))
    turboctl("send", GROUP, *UPDATE, "--each-line", input=lines).succeeded()
    received = [worker.read()[1]["html"] for _ in range(1000)]
    assert received == [element(str(number)) for number in range(1000)]


@pytest.mark.parametrize("age", [GROUP_EXPIRY + 5, 2 * GROUP_EXPIRY])
def test_expired_members_get_nothing_and_are_not_counted(turboctl, server, start_process, age):
    gone, alive = start_process(server.url), start_process(server.url)
    expired, channel = gone.join(GROUP), alive.join(GROUP)
    server.client.zadd(f"asgi:group:{GROUP}", {expired: time.time() - age})
    [result] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert (result["channels"], result["processes"]) == (1, 1)
    assert alive.receive(channel) == html_message(HELLO)
    assert not server.client.exists(gone.queue)


def test_members_just_short_of_expiry_get_the_message(turboctl, server, process):
    channel = process.join(GROUP)
    server.client.zadd(f"asgi:group:{GROUP}", {channel: time.time() - GROUP_EXPIRY + 10})
    turboctl(*SEND_HELLO).succeeded()
    assert process.receive(channel) == html_message(HELLO)


@pytest.mark.parametrize(("expiry", "channels"), [(50, 0), (200, 1)])
def test_the_group_expiry_can_be_given(turboctl, server, process, expiry, channels):
    channel = process.join(GROUP)
    server.client.zadd(f"asgi:group:{GROUP}", {channel: time.time() - 100})
    [result] = turboctl(*SEND_HELLO, "--json", "--group-expiry", expiry).succeeded().objects
    assert result["channels"] == channels


def test_expired_messages_take_no_room(turboctl, server, process):
    channel = process.join(GROUP)
    fill(process)
    old = time.time() - EXPIRY - 5
    waiting = server.client.zrange(process.queue, 0, -1)
    server.client.zadd(process.queue, {member: old for member in waiting})
    [result] = turboctl(*SEND_HELLO, "--json").succeeded().objects
    assert result["over_capacity"] == 0
    assert process.receive(channel) == html_message(HELLO)
    assert not server.client.exists(process.queue)


def test_messages_that_have_not_expired_are_left_alone(turboctl, server, process):
    process.join(GROUP)
    fill(process, 3)
    waiting = server.client.zrange(process.queue, 0, -1, withscores=True)
    turboctl("send", GROUP, input=element("fourth")).succeeded()
    assert server.client.zrange(process.queue, 0, -1, withscores=True)[:3] == waiting
