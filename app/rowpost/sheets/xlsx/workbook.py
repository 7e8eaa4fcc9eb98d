"""A .xlsx or .xlsm workbook: which sheet, its strings, its styles, its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from rowpost.model.problems import Problem, Severity
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import SheetInfo, Visibility
from rowpost.sheets.building import PoolBuilder
from rowpost.sheets.choice import named_sheet
from rowpost.sheets.heading import heading_score
from rowpost.sheets.prescreen import Container
from rowpost.sheets.raw import RawSheet, table_of
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import OnStage, Request
from rowpost.sheets.xlsx.package import Package, SheetPart, read_package
from rowpost.sheets.xlsx.sheet import SheetReader
from rowpost.sheets.xlsx.strings import read_strings
from rowpost.sheets.xlsx.styles import Styles, read_styles

_SHARED = re.compile(rb"<(?:[\w.-]+:)?c [^>]*?t=[\"']s[\"'][^>]*>(?:<(?!c)[^>]*>)*?([0-9]+)<")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_LOOKED_INTO = 12  # sheets that are looked into when nobody has said which one
_LOOKED_AT_ROWS = 50


class XlsxFile:
    """A workbook being read."""

    def __init__(self, file: BinaryIO, request: Request, on_stage: OnStage) -> None:
        self._container = Container(file)
        self._package: Package = read_package(self._container)
        self._request = request
        self._on_stage = on_stage
        styles = self._package.styles
        self._styles = read_styles(styles, self._container.chunks(styles)) if styles else Styles()

    def read(self) -> RawSheet:
        """Read the sheet asked for, or the one that looks most like invoices."""
        chosen = self._choose()
        if not self._package.sheets[chosen].part:
            raise refuse("sheets.no_cells", sheet=self._package.sheets[chosen].name)
        if self._request.rows is None:
            pool = self._strings(None)
            return self._sheet(chosen, pool, None)
        return self._first_rows(chosen, self._request.rows)

    def _choose(self) -> int:
        names = [sheet.name for sheet in self._package.sheets]
        wanted = named_sheet(self._request.reading.sheet, names)
        if wanted is not None:
            return wanted
        shown = [index for index, sheet in enumerate(self._package.sheets) if _is_shown(sheet)]
        if not shown:
            shown = [index for index, sheet in enumerate(self._package.sheets) if sheet.part] or [0]
        if len(shown) == 1:
            return shown[0]
        return max(shown[:_LOOKED_INTO], key=lambda index: (self._score(index), -index))

    def _score(self, index: int) -> int:
        try:
            table = table_of(self._first_rows(index, _LOOKED_AT_ROWS))
        except Trouble:
            return -1
        return heading_score(table, self._request.words)

    def _first_rows(self, index: int, rows: int) -> RawSheet:
        part = self._package.sheets[index].part
        last = _last_string(self._container.chunks(part, 1 << 16), rows)
        try:
            return self._sheet(index, self._strings(last + 2), rows)
        except Trouble:
            return self._sheet(index, self._strings(None), rows)

    def _strings(self, most: int | None) -> PoolBuilder:
        pool = PoolBuilder()
        part = self._package.strings
        if part and most != 1:
            self._on_stage("progress.strings", 0, 0)
            read_strings(part, lambda: self._container.chunks(part), pool, most)
        return pool

    def _sheet(self, index: int, pool: PoolBuilder, rows: int | None) -> RawSheet:
        part = self._package.sheets[index].part
        total, done = self._container.size(part), 0

        def on_bytes(count: int) -> None:
            nonlocal done
            done += count
            self._on_stage("progress.cells", done, total)

        size = 1 << 18 if rows is None else 1 << 16
        reader = SheetReader(part, pool, self._styles, rows=rows, on_bytes=on_bytes)
        builder, frame = reader.read(lambda: self._container.chunks(part, size))
        return RawSheet(
            sheets=self._infos(),
            chosen=index,
            builder=builder,
            codes=self._styles.codes,
            struck=self._styles.struck,
            epoch_1904=self._package.epoch_1904,
            hidden_columns=frozenset(frame.hidden_columns),
            merged=tuple(frame.merged),
            filter=frame.filter,
            notes=self._notes(),
        )

    def _infos(self) -> tuple[SheetInfo, ...]:
        return tuple(SheetInfo(sheet.name, sheet.visibility) for sheet in self._package.sheets)

    def _notes(self) -> list[Problem]:
        notes = []
        if self._package.external_links:
            values = {"count": self._package.external_links}
            notes.append(Problem("sheets.external_links", Severity.NOTE, values=values))
        if any(part.endswith("vbaproject.bin") for part in self._container.parts):
            notes.append(Problem("sheets.macros", Severity.NOTE))
        return notes


def _is_shown(sheet: SheetPart) -> bool:
    return bool(sheet.part) and sheet.visibility is Visibility.VISIBLE


def _last_string(chunks: Iterable[bytes], rows: int) -> int:
    """The highest shared string the first rows use, -1 for none."""
    data, seen = b"", 0
    for chunk in chunks:
        data += chunk
        seen += len(_ROW.findall(chunk))
        if seen > rows + 1:
            break
    return max((int(number) for number in islice(_SHARED.findall(data), 1_000_000)), default=-1)
