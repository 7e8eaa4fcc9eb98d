"""Runs the program as a person or a script does: another process, its own home, real sockets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "templates" / "sample-invoices.xlsx"
LIMIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call of the program ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout; fails if there is anything else."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def command(*arguments: str) -> list[str]:
    """Return the command line of a call."""
    return [sys.executable, "-m", "rowpost", *arguments]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a call: this test's home, English."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "app"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        **(more or {}),
    }


def run(*arguments: str, env: Mapping[str, str] | None = None, stdin: str = "") -> Ended:
    """Call the program and wait for its end."""
    ended = subprocess.run(
        command(*arguments),
        env=environment(env),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@dataclass(frozen=True, slots=True)
class Place:
    """A practice server of its own, reached as any agency is: by addresses and credentials."""

    api_url: str
    token_url: str
    client_id: str
    client_secret: str
    organization_id: str

    @property
    def arguments(self) -> Sequence[str]:
        """The target as arguments of `send`."""
        return (
            *("--api-url", self.api_url, "--token-url", self.token_url),
            *("--org", self.organization_id, "--client-id", self.client_id),
        )

    @property
    def env(self) -> dict[str, str]:
        """The secret, where it belongs."""
        return {"ROWPOST_CLIENT_SECRET": self.client_secret}

    def books(self) -> Any:
        """What the server holds."""
        origin = self.api_url.split("/", 3)
        with urllib.request.urlopen(f"{origin[0]}//{origin[2]}/_books") as answer:
            return json.load(answer)


@contextmanager
def sandbox(*arguments: str) -> Iterator[Place]:
    """Run `rowpost sandbox` beside the test."""
    with subprocess.Popen(
        command("sandbox", "--json", *arguments),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout
            said = json.loads(server.stdout.readline())
            yield Place(
                said["api_url"], said["token_url"], said["client_id"], said["client_secret"], said["org"]
            )
        finally:
            server.terminate()
