"""A process that sends by courier as the window does, to be killed: `window_runner PORT`."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import cast

from rowpost.sandbox import PracticeServer
from rowpost.wiring import open_session
from tests.support.away import QUICK, Sitting


def main() -> None:
    """Send the sample to the practice server on a port."""
    server = cast("PracticeServer", SimpleNamespace(port=int(sys.argv[1])))
    with open_session(QUICK, language="en") as session:
        Sitting(session, server).send()


if __name__ == "__main__":
    main()
