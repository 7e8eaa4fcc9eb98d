"""Who goes first when there is work for more processes than the machine has cores."""

from __future__ import annotations

import sys

_POLITE = 5  # of 19: a quarter of a core that a window wants too, all of one that nobody wants


def stand_back() -> None:
    """Let the program that a person looks at go first: this process is a helper with long work."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        import os

        os.nice(_POLITE)
