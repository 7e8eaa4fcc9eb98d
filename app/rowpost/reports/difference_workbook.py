"""The difference to an earlier file as a workbook: what to do something about comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rowpost.model.difference import AtAgency, Change, Difference, DifferenceLine
from rowpost.reports.save import write_whole
from rowpost.wording import Wording

_MOST_LINES = 1_048_000  # a sheet ends at 1,048,576
_HEAD = 2  # rows above the headings: what the sheet is about
_WIDTHS = {"number": 20, "source_id": 38, "standing": 30, "why": 44, "status": 16, "case": 16}
_USUAL_WIDTH = 14
_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}

Cell = str | Decimal | None


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    columns: tuple[str, ...]
    fits: Callable[[DifferenceLine], bool]


_BOTH = ("number", "source_id", "currency", "before", "now", "rows_before", "rows_now")
_GONE = (*_BOTH[:4], "rows_before", "standing", "status", "remaining", "case")
_PAGES = (
    _Page("open", _GONE, lambda line: line.at_agency is AtAgency.OPEN),
    _Page("gone", _GONE, lambda line: line.change is Change.GONE),
    _Page("changed", (*_BOTH[:5], "change", *_BOTH[5:]), lambda line: line.change is Change.CHANGED),
    _Page(
        "new", ("number", "source_id", "currency", "now", "rows_now"), lambda line: line.change is Change.NEW
    ),
    _Page("unclear", (*_BOTH, "why"), lambda line: line.change is Change.UNCLEAR),
)


def write_difference_workbook(difference: Difference, out: Path, wording: Wording) -> None:
    """Save the difference as `out`: a summary, then a sheet a kind. Trouble as `save.whole_file`."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, **_TEXTS_STAY_TEXTS}) as book:
        formats = _Formats.of(book)
        _summary(book, formats, difference, wording)
        for page in _PAGES:
            lines = [line for line in difference.lines if page.fits(line)]
            if lines or page.name == "open":
                _sheet(book, formats, page, lines, wording)
    write_whole(out, content.getvalue())


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    head: Format
    amount: Format
    wrap: Format

    @classmethod
    def of(cls, book: Workbook) -> _Formats:
        add = book.add_format
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5CAD", "border": 1}
        return cls(
            add({"bold": True, "font_size": 15}),
            add(head),
            add({"num_format": "#,##0.00"}),
            add({"text_wrap": True, "valign": "top"}),
        )


def _summary(book: Workbook, formats: _Formats, difference: Difference, wording: Wording) -> None:
    say = wording.say
    sheet = book.add_worksheet(say("diff.sheet.summary"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70, formats.wrap)
    sheet.write_string(0, 0, say("diff.title"), formats.title)
    for row, (name, text) in enumerate(facts(difference, wording), start=2):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)


def facts(difference: Difference, wording: Wording) -> Sequence[tuple[str, str]]:
    """Return what is compared with what, the counts, and what is not known, as label and text."""
    say, earlier = wording.say, difference.earlier
    when = wording.write(earlier.created_at.astimezone())
    asked = wording.write(difference.asked_at.astimezone()) if difference.asked_at else say("diff.not_asked")
    why = say(difference.cause.code, difference.cause.values) if difference.cause else ""
    counts = [
        (say(f"diff.count.{change}"), wording.write(difference.counts.get(change, 0))) for change in Change
    ]
    organisation = earlier.target.organization_name or earlier.target.organization_id
    return [
        (say("diff.fact.file"), difference.file_name),
        (say("diff.fact.earlier"), f"{earlier.file_name}, {when} ({earlier.run})"),
        (say("diff.fact.organization"), organisation),
        *counts,
        (say("diff.fact.still_open"), wording.write(len(difference.still_open))),
        (say("diff.fact.asked"), " ".join(filter(None, (asked, why)))),
        (say("diff.fact.unnumbered"), wording.write(sum(difference.unnumbered))),
        ("", say("diff.advice")),
    ]


def _sheet(
    book: Workbook, formats: _Formats, page: _Page, lines: Sequence[DifferenceLine], wording: Wording
) -> None:
    say = wording.say
    sheet = book.add_worksheet(say(f"diff.sheet.{page.name}"))
    sheet.write_string(0, 0, say(f"diff.about.{page.name}", count=len(lines)))
    for column, name in enumerate(page.columns):
        sheet.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH))
        sheet.write_string(_HEAD, column, say(f"diff.column.{name}"), formats.head)
    for row, line in enumerate(lines[:_MOST_LINES], start=_HEAD + 1):
        for column, name in enumerate(page.columns):
            _write(sheet, row, column, cell(line, name, wording), formats.amount)
    sheet.freeze_panes(_HEAD + 1, 1)
    if lines:
        sheet.autofilter(_HEAD, 0, _HEAD + min(len(lines), _MOST_LINES), len(page.columns) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, amount: Format) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, amount)
    elif value:
        sheet.write_string(row, column, value)  # a text stays a text, whatever it begins with


def cell(line: DifferenceLine, column: str, wording: Wording) -> Cell:
    """Return what a line has in a column; None where nobody knows."""
    match column:
        case "before" | "now" | "remaining" | "currency" | "source_id" | "status":
            found: Cell = getattr(line, column)
            return found
        case "change":
            both = line.before is not None and line.now is not None
            return (
                line.now - line.before if both and line.now is not None and line.before is not None else None
            )
        case "rows_before" | "rows_now":
            return ", ".join(map(str, getattr(line, column)))
        case "standing":
            return wording.say(f"diff.standing.{line.at_agency}")
        case "why":
            return wording.say(line.code) if line.code else ""
    return {"number": line.invoice_number, "case": line.case_id}[column]
