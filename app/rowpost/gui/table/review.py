"""The rows of the workbook with everything there is to say about them, for the Review page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rowpost.catalog import Catalog, FieldKind
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face, Quality
from rowpost.gui.views.finding import Searched, shown
from rowpost.gui.views.review_index import Chip, ReviewIndex
from rowpost.gui.words import Words
from rowpost.mapping import Mapping
from rowpost.model.cells import Kind, column_letters
from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Opened
from rowpost.shown import shown_text
from rowpost.shown.quoted import as_seen

STATE_COLUMN = 0  # the first column of the grid says how the row is; the others are Excel's
_TONES = {
    Chip.MUST_FIX: Tone.MUST_FIX,
    Chip.CHECK: Tone.CHECK,
    Chip.READY: Tone.OK,
    Chip.LEFT_OUT: Tone.PLAIN,
    Chip.SENT: Tone.OK,
}
_SIGNS = {
    Chip.MUST_FIX: "must_fix",
    Chip.CHECK: "check",
    Chip.READY: "ok",
    Chip.LEFT_OUT: "left_out",
    Chip.SENT: "send",
}
_DONE = frozenset({Chip.LEFT_OUT, Chip.SENT})  # rows that are greyed
_FIRST = ("invoiceNumber", "name")  # the fields that stay in view
_SEARCHED = ("invoiceNumber", "name", "customerNumber", "identificationNumber", "uniqueSourceInvoiceId")


@dataclass(frozen=True, slots=True)
class ReviewSource:
    """What the grid shows: the table with its edits, and what is known of it."""

    table: Table
    layout: Layout
    mapping: Mapping
    index: ReviewIndex
    catalog: Catalog
    empties: dict[int, int] = field(
        default_factory=dict
    )  # empty cells of the workbook by column, once counted

    @property
    def opened(self) -> Opened:
        """The sheet with its edits, for questions about all of its rows."""
        return Opened("", "", 0, "", (), self.table, self.layout)


class ReviewGrid:
    """Grid row n is Excel row n; the first column says how the row is."""

    def __init__(self, source: ReviewSource, words: Words) -> None:
        self.source = source
        self._words = words
        self.habits = words.habits
        self._columns = column_order(source)
        self._amounts = columns_of_kind(source.mapping, source.catalog, FieldKind.AMOUNT)
        self._states = {chip: words(f"state.{chip}") for chip in _SIGNS}
        self._qualities: dict[int, Quality | None] = {}

    @property
    def row_count(self) -> int:
        """One more than the last row, so that rows count as in Excel."""
        return self.source.layout.last_row + 1

    @property
    def column_count(self) -> int:
        """The state and the columns of the workbook."""
        return len(self._columns) + 1

    def excel_column(self, column: int) -> int:
        """Return Excel's column of a column of the grid, 0 for the state."""
        return 0 if column == STATE_COLUMN else self._columns[column - 1]

    def grid_column(self, excel_column: int) -> int:
        """Return the column of the grid that shows Excel's column."""
        return self._columns.index(excel_column) + 1 if excel_column in self._columns else STATE_COLUMN

    @property
    def searched(self) -> Searched:
        """Excel's columns that the search looks through: those that say whose invoice it is, and amounts."""
        named = tuple(number for key in _SEARCHED for number in _columns_of_key(self.source, key))
        return Searched(named, tuple(self._amounts))

    def heading(self, column: int) -> str:
        """Return the workbook's heading."""
        if column == STATE_COLUMN:
            return self._words("review.state")
        number = self.excel_column(column)
        headings = self.source.layout.headings
        return (headings[number - 1] if number <= len(headings) else "") or column_letters(number)

    def row_name(self, row: int) -> str:
        """Return Excel's row number."""
        return str(row)

    def face(self, row: int, column: int) -> Face:
        """Return a cell as Excel shows it, with its mark."""
        source = self.source
        chip = source.index.chip_of(row)
        if column == STATE_COLUMN:
            return self._state(chip)
        number = self._columns[column - 1]
        cell = source.table.cell(row, number)
        text = shown_text(cell, source.table.epoch_1904, self.habits)
        return Face(
            cell.stored if text is None else text,
            source.index.tone_at(row, number),
            right=number in self._amounts or cell.kind is Kind.NUMBER,
            quiet=chip in _DONE,
            changed=(row, number) in source.table.edits,
        )

    def _state(self, chip: Chip | None) -> Face:
        if chip is None:
            return Face("")
        return Face(self._states[chip], quiet=chip in _DONE, symbol=_SIGNS[chip], sign=_TONES[chip])

    def problems(self, row: int, column: int) -> Sequence[Problem]:
        """Return what is to be said of a cell, the worst first; cells are quoted as they are shown."""
        found = self.source.index.problems_at(row, self.excel_column(column))
        return [as_seen(problem, self.source.table, self.habits) for problem in found]

    def sentence(self, row: int, column: int) -> str:
        """Return the sentences of a cell's problems; of the state, why the row stays."""
        said = [self._words.problem(problem) for problem in self.problems(row, column)]
        code = self.source.index.reason_at(row) if column == STATE_COLUMN and not said else ""
        title = self._words.part(code, "title", {}) if code else ""
        return "\n".join([title] if title else said)

    def editable(self, _row: int, column: int) -> bool:
        """Everything but the state can be edited."""
        return column != STATE_COLUMN

    def edit_text(self, row: int, column: int) -> str:
        """Return the text an editor starts with: what Excel shows."""
        if column == STATE_COLUMN:
            return self.face(row, column).text
        return shown(self.source.table, row, self._columns[column - 1], self.habits)

    def quality(self, column: int) -> Quality | None:
        """Return how good a column is, counted once."""
        if column == STATE_COLUMN:
            return None
        if column not in self._qualities:
            self._qualities[column] = self._count(self._columns[column - 1])
        return self._qualities[column]

    def _count(self, number: int) -> Quality | None:
        if not any(number in rule.columns for rule in self.source.mapping.rules):
            return None
        layout = self.source.layout
        whole = layout.last_row - layout.first_row + 1
        filled = whole - self._stored_empties(number) - self.source.index.emptied[number]
        look, bad = self.source.index.quality_of(number)
        return Quality(max(0, filled - bad - look), look, bad, max(0, whole - max(filled, bad + look)))

    def _stored_empties(self, number: int) -> int:
        """How many cells of a column are empty in the workbook."""
        known = self.source.empties
        if number not in known:
            layout, cells = self.source.layout, self.source.table.columns[number - 1]
            first, last = (max(0, row - cells.first_row) for row in (layout.first_row, layout.last_row + 1))
            kinds = bytes(cells.kinds[first:last])
            known[number] = kinds.count(Kind.EMPTY) + layout.last_row - layout.first_row + 1 - len(kinds)
        return known[number]


def column_order(source: ReviewSource) -> tuple[int, ...]:
    """Return Excel's columns in the order shown: invoice number and debtor first, hidden ones not at all."""
    first = [number for key in _FIRST for number in _columns_of_key(source, key)]
    table = source.table
    rest = [
        number
        for number in range(1, table.column_count + 1)
        if number not in first and number not in table.hidden_columns
    ]
    return tuple(dict.fromkeys((*first, *rest)))


def frozen_columns(source: ReviewSource) -> int:
    """Return how many columns of the grid stay in view: the state, the number and the debtor."""
    return 1 + sum(len(_columns_of_key(source, key)) for key in _FIRST)


def _columns_of_key(source: ReviewSource, key: str) -> tuple[int, ...]:
    rule = source.mapping.rule(key)
    return rule.columns if rule else ()


def columns_of_kind(mapping: Mapping, catalog: Catalog, kind: FieldKind) -> frozenset[int]:
    """Return Excel's columns that give fields of a kind."""
    keys = frozenset(field.key for field in catalog.fields if field.kind is kind)
    return frozenset(number for rule in mapping.rules if rule.field in keys for number in rule.columns)
