"""A person at the keyboard of a real window: keys go in through the X server, titles come out."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_AGAIN_SECONDS = 0.05
QUIET_LOOKS = 6  # so often nothing has been done


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

    def press_until(self, key: str, title: str, seconds: float = 30.0) -> None:
        """Press a key, again where it was too early, until a window of that title is there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.press(key)
            with suppress(TimeoutError):
                self.wait_for(title, 2.0)
                return
        raise TimeoutError(f"{key} led to no window called {title!r} within {seconds} s")

    def wait_until_rests(self, pid: int, seconds: float = 30.0) -> None:
        """Wait until a program does nothing any more: what it was about to show is there."""
        end, quiet, before = time.monotonic() + seconds, 0, -1
        while time.monotonic() < end:
            now = _processor_time(pid)
            quiet = quiet + 1 if now == before else 0
            if quiet == QUIET_LOOKS:
                return
            before = now
            time.sleep(LOOK_AGAIN_SECONDS)
        raise TimeoutError(f"process {pid} still works after {seconds} s")


def _processor_time(pid: int) -> int:
    """Ticks that a process has worked so far (proc(5): utime and stime stand 11 and 12 after its state)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def window_manager(environ: Mapping[str, str]) -> Iterator[None]:
    """Let windows be managed as on a desktop, so that the keyboard goes where it should."""
    with subprocess.Popen(["openbox"], env=environ, stderr=subprocess.DEVNULL) as manager:
        try:
            yield
        finally:
            manager.terminate()
