"""The zip container, looked at before anything in it is believed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from rowpost.sheets.refusals import refuse

MOST_ENTRIES = 10_000
MOST_OF_ONE_PART = 2 << 30  # a million rows of 32 columns are 1.2 GB of XML
MOST_IN_ALL = 3 << 30
RATIO = 200
RATIO_FROM = 10 << 20
CHUNK = 1 << 18
_END_OF_DIRECTORY = b"PK\x05\x06"
_BAD_NAME = re.compile(r"\\|^/|^[A-Za-z]:|(^|/)\.\.(/|$)|[\x00-\x1f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, OverflowError)


class Container:
    """An OPC container (.xlsx and its kin). Raises Trouble for everything that is not plain and sound."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = _open(file)
        self._inflated = 0
        self._entries = _checked(self._zip.infolist())

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._entries)

    def size(self, part: str) -> int:
        """How large the part says it is when inflated, in bytes; only good for progress."""
        return self._entries[part.lower()].file_size

    def chunks(self, part: str, size: int = CHUNK) -> Iterator[bytes]:
        """Inflate a part piece by piece, counting what really comes out."""
        entry = self._entries.get(part.lower())
        if entry is None:
            raise refuse("sheets.part_missing", part=part)
        done = 0
        try:
            with self._zip.open(entry) as stream:
                while data := stream.read(size):
                    done += len(data)
                    self._count(len(data), done, entry.compress_size)
                    yield data
        except (*_BROKEN, RuntimeError) as error:
            raise refuse("sheets.damaged", part=part) from error

    def _count(self, size: int, done: int, packed: int) -> None:
        self._inflated += size
        too_much = done > MOST_OF_ONE_PART or self._inflated > MOST_IN_ALL
        if too_much or (done > RATIO_FROM and done > RATIO * max(packed, 1)):
            raise refuse("sheets.too_large")


def inflate_all(file: BinaryIO) -> None:
    """Inflate every part once and throw it away: for readers that do not count themselves."""
    container = Container(file)
    for part in container.parts:
        for _ in container.chunks(part):
            pass
    file.seek(0)


def _open(file: BinaryIO) -> zipfile.ZipFile:
    _check_directory(file)
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        raise refuse("sheets.damaged", part="zip") from error


def _check_directory(file: BinaryIO) -> None:
    """Refuse a directory of too many entries before a list of them is made."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 16:
        raise refuse("sheets.cut_off")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if MOST_ENTRIES < entries < 0xFFFF or MOST_ENTRIES * 300 < directory < 0xFFFF_FFFF:
        raise refuse("sheets.too_many_parts")
    file.seek(0)


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_ENTRIES:
        raise refuse("sheets.too_many_parts")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.lower()
        if name in found or _BAD_NAME.search(entry.orig_filename):
            raise refuse("sheets.odd_parts")
        if entry.flag_bits & 0x1:
            raise refuse("sheets.locked_part")
        found[name] = entry
    return found
