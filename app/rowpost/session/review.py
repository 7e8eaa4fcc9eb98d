"""One sheet under review: its judgement follows what a person changes, at once and for the whole file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.workbook import Opened

if TYPE_CHECKING:
    from rowpost.catalog import Catalog
    from rowpost.intake import IntakeRules, Revision
    from rowpost.intake.attendant import Attendant
    from rowpost.mapping import Mapping as ColumnMapping

Edits = Mapping[tuple[int, int], str]
_FEW_ROWS = 500  # so many are judged again one by one in any sheet
_SHARE = 20  # beyond a twentieth of the rows the whole pass is the shorter way


class Review:
    """Keeps a judgement and brings it up to the edits. Blocks; used by one thread at a time.

    `opened` is the workbook without edits; `rules` hold until the review is made anew, which must
    be done once something has been sent.
    """

    def __init__(self, opened: Opened, mapping: ColumnMapping, catalog: Catalog, rules: IntakeRules) -> None:
        self._opened, self._mapping, self._catalog, self._rules = opened, mapping, catalog, rules
        self._edits: Edits = opened.table.edits
        self._left_out: frozenset[int] = frozenset()
        self._revision: Revision | None = None
        self._attendant: Attendant | None = None

    def judge_all(
        self, edits: Edits, left_out: frozenset[int], *, stop: StopToken, progress: OnProgress
    ) -> Revision:
        """Judge every row, in a child process, which then waits for edits."""
        from rowpost.intake import Revision, assess_and_stay

        self.close()
        self._revision = None
        table, layout = self._opened.table.with_edits(edits), self._opened.layout
        rules = replace(self._rules, left_out=left_out)
        found, self._attendant = assess_and_stay(
            table, layout, self._mapping, self._catalog, rules, stop=stop, progress=progress
        )
        self._edits, self._left_out = edits, left_out
        self._revision = Revision(found)
        return self._revision

    def bring_to(
        self, edits: Edits, left_out: frozenset[int], *, stop: StopToken, progress: OnProgress
    ) -> Revision:
        """Judge again what these edits change, and return how everything is then."""
        from rowpost.intake.attendant import changed_rows

        rows = changed_rows(self._edits, edits, self._left_out, left_out)
        if self._revision is not None and not rows:
            return self._revision
        found = None if self._are_many(rows) else self._again(edits, left_out, stop)
        if found is None:
            return self.judge_all(edits, left_out, stop=stop, progress=progress)
        self._edits, self._left_out, self._revision = edits, left_out, found
        return found

    def _are_many(self, rows: set[int]) -> bool:
        layout = self._opened.layout
        return len(rows) > max(_FEW_ROWS, (layout.last_row - layout.first_row + 1) // _SHARE)

    def _again(self, edits: Edits, left_out: frozenset[int], stop: StopToken) -> Revision | None:
        """None where only the whole pass can follow, or nobody is there any more who knows the sheet."""
        revision, attendant = self._revision, self._attendant
        if revision is None or attendant is None:
            return None
        self._attendant = None  # if it fails, the next edit begins with the whole pass
        verdicts = attendant.recheck(edits, left_out, stop=stop)
        self._attendant = attendant
        return revision.after(verdicts)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._attendant is not None:
            self._attendant.close()
            self._attendant = None
