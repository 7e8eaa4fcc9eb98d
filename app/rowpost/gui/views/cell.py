"""The right panel of Review as a value: one cell, what is wrong, and exactly what will be sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rowpost.catalog import Catalog, Field
from rowpost.checks import safe_fixes
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.review import STATE_COLUMN, ReviewGrid, ReviewSource
from rowpost.gui.views.finding import same_rows, shown
from rowpost.gui.views.places import Kind
from rowpost.gui.views.review_index import Chip
from rowpost.gui.views.sent import sent_lines
from rowpost.gui.words import Words
from rowpost.model.invoices import ReadyInvoice
from rowpost.model.problems import Problem

BY_HAND = "left_out.by_hand"
_COUNTRY = "countryCode"
_MOST_OTHERS = 10_000  # beyond that many equal cells, changing them all is no matter of one cell


@dataclass(frozen=True, slots=True)
class Saying:
    """One problem in words."""

    tone: Tone
    sentence: str
    cure: str
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """What the panel shows; `sent` pairs labels with values, `document` is the same as JSON."""

    title: str = ""
    address: str = ""
    sayings: tuple[Saying, ...] = ()
    text: str = ""
    editable: bool = False
    changed: bool = False
    original: str = ""
    suggestion: str = ""
    others: tuple[int, ...] = ()  # other rows with the same value, not edited yet
    staying: str = ""
    can_leave_out: bool = False
    can_take_in: bool = False
    sent: tuple[tuple[str, str], ...] = ()
    document: str = ""

    @property
    def others_become(self) -> str:
        """What the other cells with the same value could become as well; '' for nothing."""
        if not self.others:
            return ""
        return self.text if self.changed else self.suggestion


def cell_view(grid: ReviewGrid, row: int, column: int, words: Words) -> CellView:
    """Return what is to be shown of the cell at a row and column of the grid."""
    table = grid.source.table
    number = grid.excel_column(column)
    problems = list(grid.problems(row, column)) + (
        list(grid.problems(row, STATE_COLUMN)) if column else _of_row(grid, row)
    )
    index = grid.source.index
    invoice = index.invoice_at(row)
    face = grid.face(row, column)
    return CellView(
        title=_title(grid, number, words),
        address=table.ref(row, number).address if number else words("review.row", row=row),
        sayings=tuple(_saying(problem, grid.source, words) for problem in problems),
        text=face.text,
        editable=grid.editable(row, column),
        changed=face.changed,
        original=_original(grid, row, number),
        suggestion=suggestion(grid.problems(row, column)) if number else "",
        others=tuple(_others(grid, row, number)) if number and (problems or face.changed) else (),
        staying=_staying(grid, row, words),
        can_leave_out=index.is_open(row),
        can_take_in=index.reason_at(row) == BY_HAND,
        sent=_sent(invoice, grid.source.catalog, words) if invoice else (),
        document=document_of(invoice) if invoice else "",
    )


def suggestion(problems: Sequence[Problem]) -> str:
    """Return the one safe suggestion for a cell, '' where there is none."""
    for fix in safe_fixes(problems):
        if fix.changes:
            return fix.changes[0].after
    return next((str(one.values["suggestion"]) for one in problems if one.values.get("suggestion")), "")


def _others(grid: ReviewGrid, row: int, number: int) -> Iterator[int]:
    """The other rows of the table whose cell holds in the workbook what this one does."""
    table, layout = grid.source.table, grid.source.layout
    for other in same_rows(table, number, row, _MOST_OTHERS):
        inside = layout.first_row <= other <= layout.last_row and other != row
        if inside and (other, number) not in table.edits:
            yield other


def _of_row(grid: ReviewGrid, row: int) -> list[Problem]:
    columns = range(1, grid.column_count)
    return [problem for column in columns for problem in grid.problems(row, column)]


def _title(grid: ReviewGrid, number: int, words: Words) -> str:
    if not number:
        return words("review.state")
    source = grid.source
    keys = [rule.field for rule in source.mapping.rules if number in rule.columns]
    if not keys:
        return words("review.not_sent_column")
    return ", ".join(words.wording.label(key) for key in keys)


def _saying(problem: Problem, source: ReviewSource, words: Words) -> Saying:
    """Say what is wrong; where no column gives the field, no edit can mend it, so lead to the Map page."""
    tone, sentence = Kind.of(problem).tone, words.problem(problem)
    field = _field_behind(problem, source.catalog)
    if field is None or any(rule.field == field.key for rule in source.mapping.rules):
        return Saying(tone, sentence, words.part(problem.code, "cure", problem.values))
    go = (f"map:{field.key}", words("review.to_map", step=words("step.map")))
    return Saying(tone, sentence, words("review.no_column", field=words.label(field)), (go,))


def _field_behind(problem: Problem, catalog: Catalog) -> Field | None:
    """The field that would mend a problem: of a number that fits another country it is the country."""
    if problem.values.get("iso"):
        return catalog.field(_COUNTRY)
    return next((one for one in catalog.fields if one.path == problem.field), None)


def _original(grid: ReviewGrid, row: int, number: int) -> str:
    table = grid.source.table
    return shown(table.with_edits({}), row, number, grid.habits) if (row, number) in table.edits else ""


def _staying(grid: ReviewGrid, row: int, words: Words) -> str:
    index = grid.source.index
    if index.chip_of(row) is Chip.MUST_FIX:
        return words("review.not_sent")
    if index.chip_of(row) is Chip.SENT:
        return words("review.sent_before")
    code = index.reason_at(row)
    return words.wording.say(code) if code else ""


def _sent(invoice: ReadyInvoice, catalog: Catalog, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(sent_lines(json.loads(invoice.payload, parse_float=str), catalog, words))


def document_of(invoice: ReadyInvoice) -> str:
    """Indent the document without touching its numbers: they must be shown digit by digit."""
    numbers: list[str] = []

    def keep(text: str) -> str:
        numbers.append(text)
        return f"\0{len(numbers) - 1}\0"

    text = json.dumps(
        json.loads(invoice.payload, parse_float=keep, parse_int=keep), ensure_ascii=False, indent=2
    )
    for at, number in enumerate(numbers):
        text = text.replace(f'"\\u0000{at}\\u0000"', number)
    return text
