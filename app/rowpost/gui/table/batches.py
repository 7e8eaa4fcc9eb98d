"""Batches of the organisation, and the rows of one, for the Follow-up page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rowpost.followup.telling import fate_word
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face, Quality
from rowpost.gui.words import Words
from rowpost.model.answers import Batch, BatchState, Word
from rowpost.sending import AdoptedRow, Fate

_COLUMNS = ("when", "state", "by", "accepted", "rejected", "run", "id")
_SIGNS = {
    BatchState.OPEN: ("waiting", Tone.INFO),
    BatchState.SUCCESS: ("ok", Tone.OK),
    BatchState.PARTIAL: ("check", Tone.CHECK),
    BatchState.FAILED: ("must_fix", Tone.MUST_FIX),
}
_ROW_COLUMNS = ("verdict", "invoice", "case", "reason")
VERDICT, CASE = _ROW_COLUMNS.index("verdict"), _ROW_COLUMNS.index("case")
_GOOD = (Fate.ACCEPTED, Fate.REJECTED)


class _Answers:
    """What tables of answers have in common: nobody edits them."""

    def sentence(self, _row: int, _column: int) -> str:
        """There is nothing more to say."""
        return ""

    def editable(self, _row: int, _column: int) -> bool:
        """What the agency says cannot be edited."""
        return False

    def quality(self, _: int) -> Quality | None:
        """Answers have no quality bar."""
        return None

    def row_name(self, row: int) -> str:
        """Return a running number."""
        return str(row + 1)


class BatchGrid(_Answers):
    """One line a batch, the newest first."""

    def __init__(self, batches: Sequence[Batch], owners: Mapping[str, str], words: Words) -> None:
        self._batches = batches
        self._owners = owners
        self._words = words

    @property
    def row_count(self) -> int:
        """How many batches there are."""
        return len(self._batches)

    @property
    def column_count(self) -> int:
        """When, state, by, counts, run, id."""
        return len(_COLUMNS)

    def batch(self, row: int) -> Batch:
        """Return one batch."""
        return self._batches[row]

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"follow.batch.{_COLUMNS[column]}")

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        batch, name = self._batches[row], _COLUMNS[column]
        if name == "state":
            sign, tone = _SIGNS[batch.state]
            return Face(batch.raw_state, symbol=sign, sign=tone)
        if name in ("accepted", "rejected"):
            wanted = name == "accepted"
            count = sum(word.accepted is wanted for word in batch.words)
            return Face(self._words.number(count), right=True)
        owner = self._owners.get(batch.batch_id, "")
        if name == "run":
            return Face(owner or self._words.wording.say("followup.not_ours"), quiet=not owner)
        made = batch.created_at
        texts = {
            "when": self._words.wording.write(made.astimezone()) if made else "",
            "by": batch.created_by,
            "id": batch.batch_id,
        }
        return Face(texts[name])

    def edit_text(self, row: int, column: int) -> str:
        """Return the text; nobody edits it."""
        return self.face(row, column).text


class BatchRowGrid(_Answers):
    """One line an invoice of a batch, in the agency's own words; after an adoption, what became of it."""

    def __init__(self, words_of_batch: Sequence[Word], adopted: Sequence[AdoptedRow], words: Words) -> None:
        self._said = words_of_batch
        self._adopted = adopted
        self._words = words

    @property
    def row_count(self) -> int:
        """How many invoices there are."""
        return len(self._adopted or self._said)

    @property
    def column_count(self) -> int:
        """Verdict, invoice, case, reason."""
        return len(_ROW_COLUMNS)

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"follow.batch_row.{_ROW_COLUMNS[column]}")

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        name = _ROW_COLUMNS[column]
        return self._fate(self._adopted[row], name) if self._adopted else self._word(self._said[row], name)

    def _word(self, word: Word, name: str) -> Face:
        if name == "verdict":
            state, sign = ("accepted", "ok") if word.accepted else ("rejected", "must_fix")
            tone = Tone.OK if word.accepted else Tone.MUST_FIX
            return Face(self._words(f"row.{state}"), symbol=sign, sign=tone)
        place = str(word.index + 1) if word.index >= 0 else ""
        texts = {
            "invoice": word.invoice_number or word.source_id or place,
            "case": word.case_id,
            "reason": word.raw,
        }
        return Face(texts[name])

    def _fate(self, row: AdoptedRow, name: str) -> Face:
        if name == "verdict":
            sign, tone = ("ok", Tone.OK) if row.fate in _GOOD else ("info", Tone.CHECK)
            said = fate_word(row.fate, self._words.wording)
            return Face(said, symbol=sign, sign=tone)
        texts = {"invoice": row.invoice_number or row.source_id, "case": "", "reason": row.raw}
        return Face(texts[name])

    def edit_text(self, row: int, column: int) -> str:
        """Return the text; nobody edits it."""
        return self.face(row, column).text

    def sentence(self, row: int, column: int) -> str:
        """Say in full what may be too long for its cell."""
        return self.face(row, column).text if _ROW_COLUMNS[column] in ("verdict", "reason") else ""
