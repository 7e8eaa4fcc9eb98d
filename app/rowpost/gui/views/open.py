"""The Open page as a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State, Work
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.model.problems import Severity
from rowpost.model.workbook import Opened, SheetInfo, Visibility

_ASK_HIDDEN = ("sheets.hidden_rows", "sheets.filtered_rows")
TONES = {Severity.ERROR: Tone.MUST_FIX, Severity.WARNING: Tone.CHECK, Severity.NOTE: Tone.INFO}


@dataclass(frozen=True, slots=True)
class OpenView:
    """What the Open page shows; `sheets` pairs names with their words."""

    file: str = ""
    details: str = ""
    reading: str = ""
    share: float | None = None  # of the reading that is done, None while not known
    sheets: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    heading: str = ""
    facts: tuple[NoticeView, ...] = ()


def open_view(state: State, words: Words) -> OpenView:
    """Return what the Open page shows."""
    name = Path(state.path).name
    if state.working(Work.READING) and state.busy is not None:
        progress = state.busy.progress
        count = progress.done if progress else 0
        share = progress.done / progress.total if progress and progress.total else None
        return OpenView(file=name, reading=words("open.reading", file=name, count=count), share=share)
    if state.opened is None:
        return OpenView()
    opened = state.opened
    return OpenView(
        file=opened.file_name,
        details=_details(opened, words),
        sheets=tuple((sheet.name, _sheet(sheet, opened, words)) for sheet in opened.sheets),
        sheet=opened.table.sheet,
        heading=_heading(opened, words),
        facts=_facts(opened, words),
    )


def _sheet(sheet: SheetInfo, opened: Opened, words: Words) -> str:
    rows = data_rows(opened) if sheet.name == opened.table.sheet else sheet.rows
    hidden = "" if sheet.visibility is Visibility.VISIBLE else "_hidden"
    counted = "" if rows else "_empty"
    return words(f"open.sheet{hidden}{counted}", sheet=sheet.name, count=rows)


def data_rows(opened: Opened) -> int:
    """Return how many rows lie between the headings and the last row."""
    layout = opened.layout
    return max(0, layout.last_row - layout.first_row + 1) if layout.last_row else 0


def _details(opened: Opened, words: Words) -> str:
    return words("open.details", count=data_rows(opened), columns=opened.table.column_count)


def _heading(opened: Opened, words: Words) -> str:
    row = opened.layout.header_row
    return words("open.heading_row", row=row) if row else words("open.no_heading_row")


def _facts(opened: Opened, words: Words) -> tuple[NoticeView, ...]:
    return tuple(
        NoticeView(
            TONES[fact.severity],
            words.problem(fact),
            words.part(fact.code, "cure", fact.values),
            _answers(fact.code, words),
        )
        for fact in opened.facts
    )


def _answers(code: str, words: Words) -> tuple[tuple[str, str], ...]:
    if code not in _ASK_HIDDEN:
        return ()
    return (
        ("leave_out_hidden", words("open.leave_out_hidden")),
        ("include_hidden", words("open.include_hidden")),
    )
