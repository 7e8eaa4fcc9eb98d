"""What kind of file it is: by what is in it, never by its name alone."""

from __future__ import annotations

import re
from enum import Enum
from typing import BinaryIO

from rowpost.sheets.prescreen import Container
from rowpost.sheets.refusals import refuse


class Format(Enum):
    """Files that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    ENCRYPTED = "encrypted"


_HEAD = 8_192
_TEXT_NAMES = frozenset(("", ".csv", ".tsv", ".tab", ".txt", ".asc", ".prn", ".dat", ".xls", ".xlsx"))
_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04][\x04\x06]\x00", re.DOTALL)
_SPREADSHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|table|head|body|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)
_NOT_TEXT = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1a\x1b"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def recognise(file: BinaryIO, name: str, suffix: str) -> Format:
    """Say what the file is. Trouble(FIX_FILE) with a cure for what cannot be read."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if name.startswith("~$"):
        raise refuse("sheets.lock_file", file=name)
    if not head:
        raise refuse("sheets.empty_file")
    if not head.strip(b"\0"):
        raise refuse("sheets.being_written")
    if head.startswith(_ZIP):
        return _zipped(file)
    if head.startswith(_COMPOUND):
        return _compound(file)
    _refuse_by_name_of_kind(head)
    if suffix.lower() in _TEXT_NAMES and is_text(head):
        return Format.TEXT
    raise refuse("sheets.not_a_workbook")


def _refuse_by_name_of_kind(head: bytes) -> None:
    plain = (
        head.replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    if plain[:1024].lstrip().startswith(b"%PDF"):
        raise refuse("sheets.is_pdf")
    if _SPREADSHEET_2003 in plain:
        raise refuse("sheets.is_xml_2003")
    if _HTML.match(plain):
        raise refuse("sheets.is_html")
    if _OLD_EXCEL.match(head):
        raise refuse("sheets.too_old")
    if plain.lstrip().startswith(b"<?xml") or head.startswith(_OTHERS):
        raise refuse("sheets.not_a_workbook")


def is_text(head: bytes) -> bool:
    """Whether the bytes look like text in one of the encodings that are known."""
    if head.startswith(_WIDE) or _is_wide(head):
        return True
    return len(head.translate(None, _NOT_TEXT)) == len(head)


def _is_wide(head: bytes) -> bool:
    """UTF-16 without a mark: about every second byte is 0, and only on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) * 0.3 and min(even, odd) < len(head) * 0.02


def _zipped(file: BinaryIO) -> Format:
    container = Container(file)
    file.seek(0)
    if "index/document.iwa" in container or "index.zip" in container:
        raise refuse("sheets.is_numbers")
    if "xl/workbook.bin" in container:
        return Format.XLSB
    if "mimetype" in container and b"opendocument.spreadsheet" in b"".join(container.chunks("mimetype")):
        return Format.ODS
    if "_rels/.rels" in container:
        return Format.XLSX
    raise refuse("sheets.not_a_workbook")


def _compound(file: BinaryIO) -> Format:
    data = file.read()
    file.seek(0)
    if _wide("EncryptedPackage") in data:
        return Format.ENCRYPTED
    if _wide("Workbook") in data or _wide("Book") in data:
        return Format.XLS
    raise refuse("sheets.not_a_workbook")


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")
