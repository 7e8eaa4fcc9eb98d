"""A screen that nobody looks at: Xvfb, for tests and figures that need a real window."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_AGAIN_SECONDS = 0.01


@contextmanager
def screen(size: str = "1280x800x24") -> Iterator[dict[str, str]]:
    """Start an X server on a free display; give the environment that shows windows there."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                display = f":{answer.readline().strip()}"
            yield {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


def wait_for_window(environ: dict[str, str], pid: int, seconds: float) -> None:
    """Return as soon as a process shows a window. TimeoutError after so many seconds."""
    command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", "."]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if subprocess.run(command, env=environ, capture_output=True, check=False).stdout:
            return
        time.sleep(LOOK_AGAIN_SECONDS)
    raise TimeoutError(f"no window of process {pid} within {seconds} s")
