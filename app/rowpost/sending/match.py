"""Which row a word of the agency is about: by key, never by order alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rowpost.model.answers import Word
from rowpost.model.attempts import SentRow


class Match:
    """Rows of one attempt, found by invoice number, else by source id, else by a given index."""

    def __init__(self, rows: Sequence[SentRow]) -> None:
        self._by_index = {row.index: row.row for row in rows}
        self._by_number = {row.invoice_number: row.row for row in rows if row.invoice_number}
        self._by_source = {row.source_id: row.row for row in rows}

    def row(self, word: Word) -> int | None:
        """Return the row, None where the word names none of ours, or two different ones."""
        found: set[int | None] = set()
        if word.invoice_number:
            found.add(self._by_number.get(word.invoice_number))
        if word.source_id:
            found.add(self._by_source.get(word.source_id))
        if not found and word.index >= 0:
            found.add(self._by_index.get(word.index))
        return found.pop() if len(found) == 1 else None

    def by_row(self, words: Iterable[Word]) -> dict[int, list[str]]:
        """Return the agency's texts per row; words about no row of ours are left out."""
        texts: dict[int, list[str]] = {}
        for word in words:
            row = self.row(word)
            if row is not None:
                texts.setdefault(row, []).append(word.raw)
        return texts
