"""What kind of file it is: by its first bytes, never by its name alone."""

from __future__ import annotations

import re
from enum import Enum
from typing import BinaryIO

from rowpost.sheets.refusals import refuse


class Format(Enum):
    """Files that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    ENCRYPTED = "encrypted"


_HEAD = 4_096
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(\?xml|!doctype html|html|table|head|body|meta|!--)", re.IGNORECASE
)


def recognise(file: BinaryIO, suffix: str) -> Format:
    """Say what the file is. Trouble(FIX_FILE) with a cure for what cannot be read."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise refuse("sheets.empty_file")
    if head.startswith(_ZIP):
        return Format.XLSX
    return Format.TEXT
