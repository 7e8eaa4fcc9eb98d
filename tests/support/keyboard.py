"""A person at the keyboard of a real window: keys go in through the X server, titles come out."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

LOOK_AGAIN_SECONDS = 0.05


class Person:
    """Presses keys and reads the title of the window, no more than a person could."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def _xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self._environ, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other (`ctrl+Return`, `Tab`)."""
        self._xdotool("key", "--clearmodifiers", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "20", text)

    def wait_for(self, title: str, seconds: float = 30.0) -> str:
        """Wait for a window whose title holds a text, give it the keyboard, return its id."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self._xdotool("search", "--onlyvisible", "--name", title).splitlines()
            if found:
                self._xdotool("windowfocus", "--sync", found[-1])
                return found[-1]
            time.sleep(LOOK_AGAIN_SECONDS)
        raise TimeoutError(f"no window called {title!r} within {seconds} s")


@contextmanager
def window_manager(environ: Mapping[str, str]) -> Iterator[None]:
    """Let windows be managed as on a desktop, so that the keyboard goes where it should."""
    with subprocess.Popen(["openbox"], env=environ, stderr=subprocess.DEVNULL) as manager:
        try:
            yield
        finally:
            manager.terminate()
