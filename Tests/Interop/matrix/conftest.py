import json
from contextlib import contextmanager

import pytest

from matrix import Site
from peers import Server, wait_until


@pytest.fixture(scope="session")
def all_servers():
    servers = [Server() for _ in range(3)]
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture
def servers(all_servers):
    """Empty ones."""
    for server in all_servers:
        server.client.flushall()
    return all_servers


@pytest.fixture(scope="session")
def site_of():
    """The process of the site with one version of channels_redis."""
    sites = {}

    def site(version):
        if version not in sites or sites[version].process.poll() is not None:
            sites[version] = Site(version)
        return sites[version]

    yield site
    for made in sites.values():
        made.stop()


class Pair:
    """A site's process and turboctl, on the same layer."""

    def __init__(self, layer, servers, site, turboctl, config):
        self.layer = layer
        self.servers = servers
        self.ask = site.ask
        self.turboctl = turboctl
        self.options = ["--config", config]

    def run(self, *arguments):
        return self.turboctl(*arguments, *self.options).succeeded()

    def listeners(self, group):
        """How many tails, or with pub/sub connections, a group has."""
        if self.layer.backend == "core":
            names = [name for server in self.servers for name in server.members(group)]
            return sum(name.startswith("turboctl.") for name in names)
        channel = f"asgi__group__{group}"
        return sum(server.client.pubsub_numsub(channel)[0][1] for server in self.servers)

    def tail(self, group, count):
        before = self.listeners(group)
        run = self.turboctl.start(
            "tail", group, "--json", "--count", str(count), "--timeout", "20", *self.options
        )
        wait_until(lambda: run.ended or self.listeners(group) > before)
        assert not run.ended, run.finish()
        return run


@pytest.fixture
def pair_on(site_of, turboctl_for, tmp_path):
    """A pair on a layer of some hosts."""

    @contextmanager
    def open(layer, servers, hosts):
        config = tmp_path / "turboctl.json"
        config.touch(0o600)
        config.write_text(json.dumps(layer.of_tool(hosts)))
        turboctl = turboctl_for(servers[0])
        # The file alone says where the layer is.
        turboctl.environment = {}
        site = site_of(layer.version)
        site.ask("open", **layer.of_site(hosts))
        try:
            yield Pair(layer, servers, site, turboctl, config)
        finally:
            site.ask("close")

    return open
