"""Text files: .csv, .tsv, .txt. Encoding and dialect are found, and said as a fact."""

from __future__ import annotations

import codecs
import csv
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice, zip_longest
from typing import BinaryIO

from rowpost.model.cells import Kind
from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import SheetInfo
from rowpost.sheets.building import MOST_COLUMNS, MOST_ROWS, PoolBuilder, SheetBuilder
from rowpost.sheets.raw import RawSheet
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import OnStage, Request

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 65_536  # characters
_SAMPLE_ROWS = 200
_BLOCK = 4_096  # rows
_LARGEST = 1 << 29  # bytes
_LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the fields of a line are told apart; `skip` lines belong to no table (`sep=;`)."""

    separator: str
    skip: int = 0


def read_text_file(file: BinaryIO, name: str, request: Request, on_stage: OnStage) -> RawSheet:
    """Read the file as one sheet; every cell is text, exactly as it stands there."""
    data = file.read(_LARGEST + 1 if request.rows is None else _SAMPLE * 16)
    if len(data) > _LARGEST:
        raise refuse("sheets.too_large")
    text, encoding = decode(data)
    dialect = find_dialect(text[:_SAMPLE])
    builder = SheetBuilder(PoolBuilder())
    try:
        _read(text, dialect, builder, request.rows, on_stage)
    except csv.Error:
        raise refuse("sheets.text_too_long") from None
    values = {"encoding": encoding, "separator": _SPOKEN[dialect.separator]}
    return RawSheet(
        sheets=(SheetInfo(name),),
        chosen=0,
        builder=builder,
        notes=[Problem("sheets.text_file", Severity.NOTE, values=values)],
    )


_LINE_END = re.compile(r"[\r\n]")
_SPOKEN = {";": ";", "\t": "TAB", ",": ",", "|": "|"}


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: by its mark, else UTF-8, else Windows-1252."""
    for mark, codec, spoken in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), spoken
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > len(data[:4096]) * 0.3:
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace"), "UTF-16"
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "rowpost-latin1"), "Windows-1252"


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    """The five bytes Windows-1252 leaves open keep their number; control characters are told later."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].decode("latin-1"), error.end
    raise error


codecs.register_error("rowpost-latin1", _as_latin1)


def find_dialect(sample: str) -> Dialect:
    """Find the separator: the one that cuts most lines into the same number of fields."""
    first = _LINE_END.split(sample, maxsplit=1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return Dialect(first[4], 1)
    if first == "sep=":
        return Dialect("\t", 1)
    scores = {separator: _fit(sample, separator) for separator in _SEPARATORS}
    return Dialect(max(_SEPARATORS, key=lambda separator: (scores[separator], -_SEPARATORS.index(separator))))


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """The share of lines with the most usual number of fields, if that is more than one; and that number."""
    try:
        rows = csv.reader(StringIO(sample, newline=""), delimiter=separator)
        widths = [len(row) for row in islice(rows, _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0, 0
    if len(widths) > 1:
        widths = widths[:-1]  # the sample may end within a line
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)


def _read(text: str, dialect: Dialect, builder: SheetBuilder, most: int | None, on_stage: OnStage) -> None:
    rows = csv.reader(StringIO(text, newline=""), delimiter=dialect.separator)
    skipped: Iterator[list[str]] = islice(rows, dialect.skip, most)
    next_row = dialect.skip + 1
    while block := list(islice(skipped, _BLOCK)):
        _lay_down(builder, next_row, block)
        next_row += len(block)
        on_stage("progress.cells", next_row, 0)


def _lay_down(builder: SheetBuilder, first: int, block: Sequence[list[str]]) -> None:
    if first + len(block) - 1 > MOST_ROWS or max(map(len, block)) > MOST_COLUMNS:
        raise refuse("sheets.too_large")
    if max(map(len, chain.from_iterable(block)), default=0) > _LONGEST_TEXT:
        raise refuse("sheets.text_too_long")
    for column, texts in enumerate(zip_longest(*block, fillvalue=""), 1):
        kinds = bytes(Kind.TEXT if text else Kind.EMPTY for text in texts)
        start = builder.pool.extend([text.encode("utf-8", "surrogatepass") for text in texts])
        refs = array("I", range(start, start + len(texts)))
        builder.put_many(first, column, kinds, refs, array("H", bytes(2 * len(texts))))
    builder.rows_seen += len(block)
