"""What became of every row, for the Results page."""

from __future__ import annotations

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.results import RowResult, RunResult
from rowpost.wording import reasons

TONES = {
    RowState.ACCEPTED: Tone.OK,
    RowState.REJECTED: Tone.MUST_FIX,
    RowState.NOT_KNOWN: Tone.CHECK,
    RowState.WAITING: Tone.INFO,
    RowState.NOT_FIT: Tone.MUST_FIX,
    RowState.LEFT_OUT: Tone.PLAIN,
}
SIGNS = {
    RowState.ACCEPTED: "ok",
    RowState.REJECTED: "must_fix",
    RowState.NOT_KNOWN: "not_known",
    RowState.WAITING: "waiting",
    RowState.NOT_FIT: "must_fix",
    RowState.LEFT_OUT: "left_out",
}
_RECEIVED = "row.received"  # the ledger's word for "the agency gave a batch id"
_COLUMNS = ("state", "invoice", "debtor", "amount", "reason", "case")
DEBTOR, REASON, CASE = (_COLUMNS.index(name) for name in ("debtor", "reason", "case"))


class ResultsGrid(FactLines):
    """One line an invoice, or a row that made none."""

    def __init__(self, result: RunResult, words: Words) -> None:
        self._rows = result.rows
        self._words = words
        self._latest: tuple[int, RowResult] | None = None  # a row is painted cell by cell

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    @property
    def column_count(self) -> int:
        """State, invoice, debtor, amount, reason, case."""
        return len(_COLUMNS)

    def line(self, row: int) -> RowResult:
        """Return one line."""
        latest = self._latest  # once: another thread may look at other rows, for the clipboard
        if latest is None or latest[0] != row:
            latest = self._latest = row, self._rows[row]
        return latest[1]

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"results.column.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return the workbook's row number."""
        rows = self.line(row).rows
        return str(rows[0]) if rows else ""

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        line = self.line(row)
        quiet = line.state is RowState.LEFT_OUT
        name = _COLUMNS[column]
        if name == "state":
            symbol, sign = SIGNS[waiting_or(line)], TONES[waiting_or(line)]
            return Face(state_word(line, self._words), quiet=quiet, symbol=symbol, sign=sign)
        if name == "amount":
            amount = self._words.amount(line.amount, line.currency) if line.currency else ""
            return Face(amount, right=True, quiet=quiet)
        texts = {
            "invoice": line.invoice_number,
            "debtor": line.debtor,
            "reason": line.reason_raw or reason(line, self._words),
            "case": line.case_id,
        }
        return Face(texts[name], quiet=quiet)

    def sentence(self, row: int, column: int) -> str:
        """Say the reason in full."""
        return reason(self.line(row), self._words) if _COLUMNS[column] == "reason" else ""


def waiting_or(line: RowResult) -> RowState:
    """The state of a row; one that the agency has received waits for it, nothing needs to be found out."""
    return RowState.WAITING if line.code == _RECEIVED else line.state


def state_word(line: RowResult, words: Words) -> str:
    """How a row is, in words."""
    return words("part.sent") if line.code == _RECEIVED else words(f"row.{line.state}")


def reason(line: RowResult, words: Words) -> str:
    """Our sentence, always with the agency's own text beside it."""
    return words.wording.beside(our_reason(line, words), line.reason_raw)


def our_reason(line: RowResult, words: Words) -> str:
    """Our sentence alone, '' where the state says it all; the same as in the files that are saved."""
    return reasons.our_reason(line, words.wording)
