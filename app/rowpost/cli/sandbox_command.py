"""`rowpost sandbox`: the practice server alone."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.sandbox import PracticeServer
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--port", type=int, default=0, metavar="N", help=wording.say("cli.arg.port"))
    parser.add_argument("--scenario", default="", metavar="FILE", help=wording.say("cli.arg.scenario"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Serve until Ctrl+C or a signal to end; where it listens is said at once, also with `--json`."""
    from rowpost.host import resources
    from rowpost.sandbox import PracticeServer, read_scenario, serve_forever
    from rowpost.sandbox.process import DEFAULT_SCENARIO

    scenario = Path(arguments.scenario) if arguments.scenario else resources.template(DEFAULT_SCENARIO)
    server = PracticeServer(
        schemas=resources.schemas(),
        port=arguments.port,
        scenario=read_scenario(scenario, resources.schema("scenario")),
    )
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    serve_forever(server, stop, lambda ready: tell(ready, console))
    return Exit.FINE


def tell(server: PracticeServer, console: Console) -> None:
    """Say where it listens and how to sign in; with `--json` on one line, for a script that waits for it."""
    place = {
        "api_url": server.api_url,
        "token_url": server.token_url,
        "org": server.organization_id,
        "client_id": server.client_id,
        "client_secret": server.client_secret,
    }
    if console.as_json:
        sys.stdout.write(json.dumps(place) + "\n")
    for name, value in place.items():
        console.line(f"{name:<14} {value}")
    console.say("cli.sandbox.ready")
    sys.stdout.flush()
