"""What the matrix is made of: versions of channels_redis, backends, forms of a message, hosts."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
VENVS = Path(os.environ.get("TURBOCTL_MATRIX_VENVS", HERE.parents[2] / ".build-interop"))
VERSIONS = sorted(path.stem for path in (HERE / "versions").iterdir())
BACKENDS = {
    "core": "channels_redis.core.RedisChannelLayer",
    "pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer",
}
# What the site has in its CONFIG, and what turboctl has: while keys are rotated, each encrypts with one
# that the other has second.
FORMS = {
    "plain": ({}, {}),
    "encrypted": [{"symmetric_encryption_keys": ["key"]}] * 2,
    "rotated": [{"symmetric_encryption_keys": keys} for keys in (["new", "old"], ["old", "new"])],
    "json": [{"serializer_format": "json"}] * 2,
}


@dataclass(frozen=True)
class Layer:
    """One entry of CHANNEL_LAYERS, under one version of channels_redis."""

    version: str
    backend: str
    form: str = "plain"

    def __str__(self):
        return f"{self.version}-{self.backend}-{self.form}"

    @property
    def exists(self):
        return self.form != "json" or self.version >= "4.2.1"

    def of_site(self, hosts):
        return {
            "backend": BACKENDS[self.backend],
            "config": {"hosts": hosts, **FORMS[self.form][0]},
        }

    def of_tool(self, hosts):
        """turboctl's configuration file."""
        config = {"hosts": hosts, **FORMS[self.form][1]}
        layer = {"BACKEND": BACKENDS[self.backend], "CONFIG": config}
        return {"CHANNEL_LAYERS": {"default": layer}, "layer_version": self.version}


LAYERS = [
    layer
    for version in VERSIONS
    for backend in BACKENDS
    for form in FORMS
    if (layer := Layer(version, backend, form)).exists
]
PLAIN = [layer for layer in LAYERS if layer.form == "plain"]


class Site:
    """A `site_process.py` under one version of channels_redis."""

    def __init__(self, version):
        command = [VENVS / f"matrix-{version}" / "bin" / "python", HERE / "site_process.py"]
        # What it logs of connections that end is expected; what fails, it answers.
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, name, **arguments):
        print(json.dumps([name, arguments]), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline() or '{"error": "the process died"}')
        assert "error" not in answer, f"{name}: {answer['error']}"
        return answer["result"]

    def stop(self):
        self.process.kill()
        self.process.communicate()
