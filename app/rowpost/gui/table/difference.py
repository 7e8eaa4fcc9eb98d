"""The difference to an earlier file, for the History page."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.words import Words
from rowpost.model.difference import AtAgency, Change, DifferenceLine

_COLUMNS = ("change", "invoice", "before", "now", "standing", "remaining", "case")
_CHANGES = {
    Change.GONE: ("history.change.gone", "left_out", Tone.CHECK),
    Change.NEW: ("history.change.new", "open", Tone.INFO),
    Change.CHANGED: ("history.change.changed", "check", Tone.CHECK),
    Change.UNCLEAR: ("history.change.unclear", "not_known", Tone.CHECK),
}
_STANDINGS = {
    AtAgency.OPEN: ("diff.standing.open", "must_fix", Tone.MUST_FIX),
    AtAgency.CLOSED: ("diff.standing.closed", "ok", Tone.OK),
    AtAgency.ABSENT: ("diff.standing.absent", "left_out", Tone.PLAIN),
    AtAgency.NEVER_SENT: ("diff.standing.never_sent", "left_out", Tone.PLAIN),
    AtAgency.NOT_KNOWN: ("diff.standing.not_known", "not_known", Tone.CHECK),
}


class DifferenceGrid(FactLines):
    """One line an invoice, what is gone first; what is the same is only counted."""

    def __init__(self, lines: Sequence[DifferenceLine], words: Words) -> None:
        self._lines = [line for line in lines if line.change is not Change.SAME]
        self._words = words

    @property
    def row_count(self) -> int:
        """How many invoices differ."""
        return len(self._lines)

    @property
    def column_count(self) -> int:
        """Change, invoice, before, now, at the agency, remaining, case."""
        return len(_COLUMNS)

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"history.diff.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return the row of the workbook that was compared; of what is gone, that of the earlier one."""
        line = self._lines[row]
        rows = line.rows_now or line.rows_before
        return str(rows[0]) if rows else ""

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        line, name = self._lines[row], _COLUMNS[column]
        if name == "change":
            code, symbol, tone = _CHANGES[line.change]
            return Face(self._words(code), symbol=symbol, sign=tone)
        if name == "standing":
            return self._standing(line)
        if name in ("before", "now", "remaining"):
            return Face(self._words.amount(getattr(line, name), line.currency), right=True)
        return Face(line.invoice_number if name == "invoice" else line.case_id)

    def sentence(self, row: int, _column: int) -> str:
        """Say why two invoices cannot be compared."""
        code = self._lines[row].code
        return self._words.wording.say(code) if code else ""

    def _standing(self, line: DifferenceLine) -> Face:
        if line.change is not Change.GONE:
            return Face("")
        code, symbol, tone = _STANDINGS[line.at_agency]
        return Face(self._words.wording.say(code), symbol=symbol, sign=tone)
