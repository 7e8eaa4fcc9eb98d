"""The language that this machine speaks."""

from __future__ import annotations

import locale
import re
import sys
from collections.abc import Mapping

_ASKED = ("LC_ALL", "LC_MESSAGES", "LANG")  # the order in which POSIX asks them
_READ_AS = {"no": "nb", "nn": "nb"}  # Norwegian of no form, and Nynorsk: the same people read Bokmål


def system_language(environ: Mapping[str, str]) -> str:
    """Return the language of the environment, else that of Windows, by its letters; '' where nothing says."""
    told = next((environ[name] for name in _ASKED if environ.get(name)), "") or _of_windows()
    short = re.split(r"[-_.@]", told)[0].lower()
    return _READ_AS.get(short, short)


def _of_windows() -> str:
    """Return the language in which Windows shows its own windows; '' elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
