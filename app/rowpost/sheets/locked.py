"""Workbooks with a password: opened in memory, in the child process."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import BinaryIO

import msoffcrypto
from msoffcrypto import exceptions
from msoffcrypto.format import xls97

from rowpost.sheets.refusals import refuse

_EVERYBODYS_PASSWORD = "VelvetSweatshop"  # noqa: S105 - Excel opens read-only workbooks with it, unasked

xls97.tempfile = SimpleNamespace(TemporaryFile=BytesIO)  # nothing of the content may reach a disk


def unlock(file: BinaryIO, password: str | None) -> BinaryIO:
    """Return the workbook without its password. Trouble where it is needed or wrong."""
    try:
        locked = msoffcrypto.OfficeFile(file)
        is_locked = locked.is_encrypted()
    except Exception:  # noqa: BLE001 - the library raises whatever its parsers raise; the reader decides
        is_locked = False
    file.seek(0)
    if not is_locked:
        return file
    for attempt in filter(None, (password, _EVERYBODYS_PASSWORD)):
        opened = _open(locked, attempt)
        if opened is not None:
            return opened
    raise refuse("sheets.password_wrong" if password else "sheets.password_needed")


def _open(locked: msoffcrypto.format.base.BaseOfficeFile, password: str) -> BytesIO | None:
    opened = BytesIO()
    options = {"verify_password": True} if type(locked).__name__ == "OOXMLFile" else {}
    try:
        locked.load_key(password=password, **options)
        locked.decrypt(opened)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError):
        return None
    except Exception as error:
        raise refuse("sheets.damaged", part="EncryptionInfo") from error
    opened.seek(0)
    return opened
