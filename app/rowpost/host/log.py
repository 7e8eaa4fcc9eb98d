"""The log: one JSON object a line, written from an allow-list, so that no person can get into it.

An event has a name and a few fields. A field that is not on the list, or whose value is not made of
the plain characters of a code, is not written; its name is, so that the gap can be seen.
"""

from __future__ import annotations

import json
import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Self

from rowpost.host.folders import unwritable
from rowpost.model.outside import Clock
from rowpost.model.settings import PrivacySettings

FIELDS = frozenset(
    (
        *("attempt", "batch_id", "bytes", "cause", "code", "count", "environment", "http_status", "kind"),
        *("milliseconds", "outcome", "part", "platform", "posts", "python", "qt", "rows", "run", "seconds"),
        *("stage", "status", "target", "version"),
    )
)
CODE = re.compile(r"[a-z][a-z0-9._-]{0,63}|[A-Z_]{1,64}")  # no number of a person, no Name
IDENTIFIER = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
VERSION = re.compile(r"[0-9]{1,4}([.][0-9a-z]{1,8}){1,4}")  # a date of birth looks alike: see VERSIONS
VERSIONS = frozenset(("python", "qt", "version"))
LARGEST_NUMBER = 10**9  # counts, sizes, milliseconds; a national number is larger


class Log:
    """Writes events to `rowpost.log` in a folder and turns the file over when it is full."""

    def __init__(self, folder: Path, privacy: PrivacySettings, clock: Clock) -> None:
        self._clock = clock
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handler = RotatingFileHandler(
                folder / "rowpost.log",
                maxBytes=privacy.log_file_kib * 1024,
                backupCount=privacy.log_files,
                encoding="utf-8",
            )
        except OSError as error:
            raise unwritable(folder) from error

    def write(self, event: str, /, **fields: str | int) -> None:
        """Write one event. Values are codes, UUIDs and numbers; anything else is left out by name."""
        told = {name: value for name, value in fields.items() if _may_be_told(name, value)}
        line: dict[str, object] = {
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "event": event,
            **told,
        }
        if len(told) < len(fields):
            line["withheld"] = sorted(name for name in fields if name not in told and CODE.fullmatch(name))
        text = json.dumps(line)
        self._handler.handle(logging.LogRecord("rowpost", logging.INFO, "", 0, text, None, None))

    def close(self) -> None:
        """Let the file go."""
        self._handler.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _may_be_told(name: str, value: str | int) -> bool:
    if name not in FIELDS:
        return False
    if isinstance(value, int):
        return abs(value) < LARGEST_NUMBER
    forms = (CODE, IDENTIFIER, VERSION) if name in VERSIONS else (CODE, IDENTIFIER)
    return any(form.fullmatch(value) for form in forms)
