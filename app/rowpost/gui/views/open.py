"""The Open page as a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rowpost.gui.state import State, Work
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.open_facts import facts, sent_before
from rowpost.gui.words import Words
from rowpost.model.workbook import Opened, SheetInfo, Visibility


@dataclass(frozen=True, slots=True)
class OpenView:
    """What the Open page shows; `sheets` pairs names with their words, `notes` are facts without a task."""

    file: str = ""
    details: str = ""
    reading: str = ""
    share: float | None = None  # of the reading that is done, None while not known
    sheets: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    heading: str = ""
    has_headings: bool = False
    facts: tuple[NoticeView, ...] = ()
    notes: tuple[NoticeView, ...] = ()


def open_view(state: State, words: Words) -> OpenView:
    """Return what the Open page shows."""
    if state.working(Work.READING) and state.busy is not None:
        name = state.busy.about or Path(state.path).name
        progress = state.busy.progress
        count = progress.done if progress else 0
        reading = words("open.reading" if count else "open.reading_begun", file=name, count=count)
        share = progress.done / progress.total if progress and progress.total else None
        return OpenView(file=name, reading=reading, share=share)
    if state.opened is None:
        return OpenView()
    opened = state.opened
    told, notes = facts(opened, state.reading, state.left_out, words)
    return OpenView(
        file=opened.file_name,
        details=_details(opened, words),
        sheets=tuple((sheet.name, _sheet(sheet, opened, words)) for sheet in _likeliest_first(opened)),
        sheet=opened.table.sheet,
        heading=_heading(opened, words),
        has_headings=bool(opened.layout.header_rows),
        facts=(*sent_before(state, words), *told),
        notes=notes,
    )


def _likeliest_first(opened: Opened) -> list[SheetInfo]:
    """Sheets that can be seen before those that cannot, the fullest first."""
    return sorted(
        opened.sheets, key=lambda sheet: (sheet.visibility is not Visibility.VISIBLE, -sheet.filled)
    )


def _sheet(sheet: SheetInfo, opened: Opened, words: Words) -> str:
    rows = data_rows(opened) if sheet.name == opened.table.sheet else sheet.rows
    hidden = "" if sheet.visibility is Visibility.VISIBLE else "_hidden"
    counted = "" if rows else "_empty"
    return words(f"open.sheet{hidden}{counted}", sheet=sheet.name, count=rows)


def data_rows(opened: Opened) -> int:
    """Return how many rows are data: between the headings and the last row, without what is left out."""
    layout = opened.layout
    if not layout.last_row:
        return 0
    rows = range(layout.first_row, layout.last_row + 1)
    return max(0, len(rows) - sum(row in rows for row, _ in layout.left_out))


def _details(opened: Opened, words: Words) -> str:
    return words("open.details", count=data_rows(opened), columns=opened.table.column_count)


def _heading(opened: Opened, words: Words) -> str:
    row = opened.layout.header_row
    return words("open.heading_row", row=row) if row else words("open.no_heading_row")
