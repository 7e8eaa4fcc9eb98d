"""Whether this machine has a screen that a window can be shown on."""

from __future__ import annotations

from collections.abc import Mapping


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Windows and macOS always have one; elsewhere a display server says so."""
    if platform in {"win32", "darwin"}:
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
