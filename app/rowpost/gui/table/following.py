"""What the agency holds of each invoice, for the Follow-up page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from rowpost.followup import days_past_due, has_changed, standing
from rowpost.followup.telling import standing_word
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.words import Words
from rowpost.model.followup import FollowLine, Seen, Standing

TONES = {
    Standing.OPEN: Tone.INFO,
    Standing.PART: Tone.CHECK,
    Standing.PAID: Tone.OK,
    Standing.CREDITED: Tone.OK,
    Standing.SETTLED: Tone.OK,
    Standing.UNCLEAR: Tone.CHECK,
    Standing.SEVERAL: Tone.MUST_FIX,
    Standing.NOT_FOUND: Tone.MUST_FIX,
    Standing.NOT_ASKED: Tone.PLAIN,
}
SIGNS = {
    Standing.OPEN: "dot",
    Standing.PART: "waiting",
    Standing.PAID: "ok",
    Standing.CREDITED: "ok",
    Standing.SETTLED: "ok",
    Standing.UNCLEAR: "not_known",
    Standing.SEVERAL: "must_fix",
    Standing.NOT_FOUND: "must_fix",
    Standing.NOT_ASKED: "left_out",
}
COLUMNS = (
    *("standing", "invoice", "remaining", "paid", "credited", "original", "days"),
    *("status", "case", "case_status"),
)
_AMOUNTS = ("remaining", "paid", "credited", "original")
_RANKS = {how: rank for rank, how in enumerate(Standing)}
_NOTHING = Seen()
SortKey = tuple[int, object]


class FollowGrid(FactLines):
    """One line an invoice."""

    def __init__(
        self, lines: Sequence[FollowLine], today: date, currencies: Collection[str], words: Words
    ) -> None:
        self._lines = lines
        self._today = today
        self._words = words
        self._currency = (
            next(iter(currencies)) if len(currencies) == 1 else ""
        )  # stands over the amounts then

    @property
    def row_count(self) -> int:
        """How many invoices there are."""
        return len(self._lines)

    @property
    def column_count(self) -> int:
        """See `COLUMNS`."""
        return len(COLUMNS)

    def line(self, row: int) -> FollowLine:
        """Return one line."""
        return self._lines[row]

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        name = self._words(f"follow.column.{COLUMNS[column]}")
        return f"{name} {self._currency}" if self._currency and COLUMNS[column] in _AMOUNTS else name

    def row_name(self, row: int) -> str:
        """Return the workbook's row number."""
        rows = self._lines[row].asked.rows
        return str(rows[0]) if rows else ""

    def face(self, row: int, column: int) -> Face:
        """Return a cell; what has changed since the look before is marked."""
        line, name = self._lines[row], COLUMNS[column]
        seen = line.seen or _NOTHING
        if name == "standing":
            how = standing(line)
            said = standing_word(how, self._words.wording)
            return Face(said, changed=has_changed(line), symbol=SIGNS[how], sign=TONES[how])
        if name in _AMOUNTS:
            amount: Decimal | None = getattr(seen, name)
            return Face(self._money(amount, seen.currency), right=True, quiet=amount == 0)
        if name == "days":
            days = days_past_due(seen, self._today)
            return Face("" if days is None else self._words.number(days), right=True)
        return Face(self._text(line, seen, name))

    def _text(self, line: FollowLine, seen: Seen, name: str) -> str:
        if name == "invoice":
            return seen.invoice_number or line.asked.invoice_number or line.asked.source_id
        if name == "case_status":
            return " · ".join(filter(None, (seen.case_status, seen.sub_status)))
        return seen.status if name == "status" else seen.case_number

    def _money(self, amount: Decimal | None, currency: str) -> str:
        beside = "" if currency == self._currency else currency
        return self._words.amount(amount, beside)

    def sort_key(self, row: int, column: int) -> SortKey:
        """Return what a line is sorted by in a column; what is not said comes last."""
        line, name = self._lines[row], COLUMNS[column]
        seen = line.seen or _NOTHING
        if name == "standing":
            return 0, _RANKS[standing(line)]
        if name in _AMOUNTS:
            owed: Decimal | None = getattr(seen, name)
            return (1, 0) if owed is None else (0, owed)
        if name == "days":
            days = days_past_due(seen, self._today)
            return (1, 0) if days is None else (0, days)
        text = self._text(line, seen, name)
        return int(not text), (len(text), text) if text.isdigit() else (0, text)

    def sentence(self, row: int, column: int) -> str:
        """Say what changed, and why there was no answer."""
        line = self._lines[row]
        if COLUMNS[column] != "standing":
            return ""
        if line.cause is not None:
            return self._words.wording.say(line.cause.code, line.cause.values)
        return self._words("follow.changed_line") if has_changed(line) else ""
