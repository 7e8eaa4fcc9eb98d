"""What this machine must have beside Python: a few libraries of the system, on Debian and its kin."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# Debian's package, and how to see that what we need from it is there (packages are renamed, files are not).
WINDOW = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",  # these three for Qt's network part: the second start
    "libbrotli1": "libbrotlidec.so.1",
    "libzstd1": "libzstd.so.1",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}
X11 = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
WINDOW_TESTS = {
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "imagemagick": "convert",
    "dbus": "dbus-daemon",
    "dbus-x11": "dbus-launch",
    "at-spi2-core": "/usr/libexec/at-spi*-registryd",
    "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
    "python3-pyatspi": "/usr/lib/python3/dist-packages/pyatspi/__init__.py",
    "gir1.2-atspi-2.0": "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
}


def has_display() -> bool:
    """Whether a window could be seen."""
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def missing(wanted: Iterable[dict[str, str]]) -> list[str]:
    """Return the Debian packages that are wanted and not there; none on another system."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return []
    return [package for group in wanted for package, sign in group.items() if not _probe(sign)(sign)]


def install(packages: list[str]) -> bool:
    """Install Debian packages as root; otherwise print the one line to paste. True if they are there now."""
    if not packages:
        return True
    install_line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:  # type: ignore[attr-defined,unused-ignore] # asked on Linux alone
        print("Some packages are missing. Paste this line, then try again:", file=sys.stderr)
        print(f"\n  sudo {install_line}\n", file=sys.stderr)
        return False
    line = f"apt-get update -q && DEBIAN_FRONTEND=noninteractive {install_line}"
    return subprocess.run(["sh", "-c", line], stdout=sys.stderr, check=False).returncode == 0


def _probe(sign: str) -> Callable[[str], bool]:
    if sign.startswith("/"):
        return lambda path: any(Path("/").glob(path[1:]))
    return _loads if ".so" in sign else lambda command: shutil.which(command) is not None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
