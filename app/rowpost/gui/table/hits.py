"""Rows that a search has found, for the History page."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.table.results import SIGNS, TONES, our_reason, state_word, waiting_or
from rowpost.gui.words import Words
from rowpost.model.history import Hit

_COLUMNS = ("invoice", "amount", "state", "when", "file", "reason")
REASON = _COLUMNS.index("reason")
DISPENSABLE = (_COLUMNS.index("file"),)  # the panel beside the list says it too


class HitsGrid(FactLines):
    """One line a row, as the search has ordered them."""

    def __init__(self, hits: Sequence[Hit], words: Words) -> None:
        self._hits = hits
        self._words = words

    @property
    def row_count(self) -> int:
        """How many rows were found."""
        return len(self._hits)

    @property
    def column_count(self) -> int:
        """Invoice, amount, state, when, file, reason."""
        return len(_COLUMNS)

    def hit(self, row: int) -> Hit:
        """Return one row."""
        return self._hits[row]

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"history.hit.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return the workbook's row number."""
        rows = self._hits[row].row.rows
        return str(rows[0]) if rows else ""

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        hit, name, write = self._hits[row], _COLUMNS[column], self._words.wording.write
        line = hit.row
        if name == "state":
            state = waiting_or(line)
            return Face(state_word(line, self._words), symbol=SIGNS[state], sign=TONES[state])
        if name == "amount":
            return Face(self._words.amount(line.amount, line.currency) if line.currency else "", right=True)
        texts = {
            "invoice": line.invoice_number,
            "when": write(hit.created_at.astimezone()),
            "file": hit.file_name,
            "reason": line.reason_raw or our_reason(line, self._words),
        }
        return Face(texts[name])
