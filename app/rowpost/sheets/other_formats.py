"""The older and foreign formats, .xls .xlsb .ods, through python-calamine.

It gives floats and no number formats, and turns error cells into nothing: that is said as a fact.
Its engine may abort the process on a hostile file, which is why this runs in the child only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from rowpost.model.cells import Kind
from rowpost.model.problems import Problem, Severity
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import SheetInfo, Visibility
from rowpost.sheets.building import MOST_COLUMNS, MOST_ROWS, PoolBuilder, SheetBuilder
from rowpost.sheets.choice import named_sheet
from rowpost.sheets.heading import LOOKED_AT_ROWS, heading_score
from rowpost.sheets.raw import RawSheet, table_of
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import OnStage, Request

CellValue = int | float | str | bool | time | date | datetime | timedelta
_CODES = ("General", "yyyy-mm-dd", "yyyy-mm-dd h:mm:ss", "[h]:mm:ss")
_GENERAL, _DATE, _MOMENT, _DURATION = range(4)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
_SECONDS = Decimal(86_400)
_TELL_EVERY = 1_000  # rows
_LARGEST_AREA = 100_000_000  # places between the first and the last cell
_FIRST_LOST = 1e15


class OtherFile:
    """A workbook read by the library."""

    def __init__(self, file: BinaryIO, request: Request, on_stage: OnStage) -> None:
        self._request = request
        self._on_stage = on_stage
        try:
            self._workbook = CalamineWorkbook.from_filelike(file)
        except BaseException as error:  # the library's panics are no Exceptions
            raise _as_trouble(error) from error
        self._sheets = [
            sheet for sheet in self._workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not self._sheets:
            raise refuse("sheets.no_sheets")

    def read(self) -> RawSheet:
        """Read the sheet asked for, or the one that looks most like invoices."""
        wanted = named_sheet(self._request.reading.sheet, [sheet.name for sheet in self._sheets])
        if wanted is None:
            wanted = max(range(len(self._sheets)), key=lambda index: (self._score(index), -index))
        return self._read(wanted, self._request.rows)

    def _score(self, index: int) -> int:
        if len(self._sheets) == 1:
            return 0
        if self._sheets[index].visible != SheetVisibleEnum.Visible:
            return -2
        try:
            return heading_score(table_of(self._read(index, LOOKED_AT_ROWS)), self._request.words)
        except Trouble:
            return -1

    def _read(self, index: int, most: int | None) -> RawSheet:
        try:
            sheet = self._workbook.get_sheet_by_name(self._sheets[index].name)
            _check_area(sheet)
            builder = SheetBuilder(PoolBuilder())
            first_column = (sheet.start or (0, 0))[1] + 1  # rows come from the top, columns do not
            for number, row in enumerate(islice(sheet.iter_rows(), most), 1):
                _lay_down(builder, number, first_column, row)
                if number % _TELL_EVERY == 0:
                    self._on_stage("progress.cells", number, sheet.total_height)
            merged = sheet.merged_cell_ranges or []
        except Trouble:
            raise
        except BaseException as error:
            raise _as_trouble(error) from error
        return RawSheet(
            sheets=tuple(SheetInfo(sheet.name, _visibility(sheet.visible)) for sheet in self._sheets),
            chosen=index,
            builder=builder,
            codes=_CODES,
            merged=tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in merged),
            notes=[Problem("sheets.no_formats", Severity.NOTE)],
        )


def _visibility(visible: SheetVisibleEnum) -> Visibility:
    if visible == SheetVisibleEnum.Visible:
        return Visibility.VISIBLE
    return Visibility.HIDDEN if visible == SheetVisibleEnum.Hidden else Visibility.VERY_HIDDEN


def _check_area(sheet: CalamineSheet) -> None:
    if sheet.total_height * sheet.total_width > _LARGEST_AREA:
        raise refuse("sheets.too_large")


def _as_trouble(error: BaseException) -> Trouble:
    """Name what the library raised; a real stop or lack of memory goes on its way."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        raise error
    if type(error).__name__ == "PasswordError":
        return refuse("sheets.password_needed")
    return refuse("sheets.damaged", part="workbook")


def _lay_down(builder: SheetBuilder, number: int, first_column: int, row: Sequence[CellValue]) -> None:
    if number > MOST_ROWS or len(row) > MOST_COLUMNS:
        raise refuse("sheets.too_large")
    for column, value in enumerate(row, first_column):
        if value != "":
            kind, stored, number_format = stored_form(value)
            if kind is Kind.NUMBER and abs(float(stored)) >= _FIRST_LOST:
                builder.long_numbers.add(column)
            builder.put(number, column, kind, builder.pool.add(stored.encode()), number_format)


def stored_form(value: CellValue) -> tuple[Kind, str, int]:
    """Turn a value of the library into kind, stored text and the index of a format in `_CODES`."""
    if isinstance(value, str):
        return Kind.TEXT, value, _GENERAL
    if isinstance(value, bool):
        return Kind.BOOLEAN, str(int(value)), _GENERAL
    if isinstance(value, (int, float)):
        return Kind.NUMBER, _number(value), _GENERAL
    return _moment(value)


def _number(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _moment(value: time | date | timedelta) -> tuple[Kind, str, int]:
    if isinstance(value, datetime):
        code = _MOMENT if value.time() != time(0) else _DATE
        return Kind.DATE, _serial(value - _EPOCH), code
    if isinstance(value, date):
        return Kind.DATE, _serial(datetime.combine(value, time(0)) - _EPOCH), _DATE
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    return Kind.DATE, _serial(value), _DURATION


def _serial(since: timedelta) -> str:
    microseconds = since // timedelta(microseconds=1)
    serial = Decimal(microseconds) / (_SECONDS * 1_000_000)
    return f"{round(serial, 12).normalize():f}"
