"""An assessment whose rows are judged again one by one, as a person edits them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, cast

from rowpost.intake.patched import Patched
from rowpost.intake.recheck import RowVerdict
from rowpost.intake.stores import ProblemStore, ReadyStore, StayingStore
from rowpost.model.assessment import Assessment
from rowpost.model.books import BookLine, Books, RowState, balance
from rowpost.model.invoices import ReadyInvoice, StayingRow

Entry = ReadyInvoice | StayingRow
Kind = TypeVar("Kind", ReadyInvoice, StayingRow)
_NONE: Mapping[int, RowVerdict] = MappingProxyType({})


@dataclass(frozen=True)
class Revision:
    """What the whole pass has found, and what has been judged again since.

    Never changed: `after` makes another. `verdicts` are the newest ones by row; `ready_gone` and
    `staying_gone` the places in `base` that they replace.
    """

    base: Assessment
    verdicts: Mapping[int, RowVerdict] = field(default_factory=lambda: _NONE)
    books: Books | None = None
    ready_gone: frozenset[int] = frozenset()
    staying_gone: frozenset[int] = frozenset()

    def after(self, verdicts: Sequence[RowVerdict]) -> Revision | None:
        """Put verdicts in the place of what was known of their rows.

        None where that would lose a row: a group has come apart in a way that only the whole pass
        can follow.
        """
        rows = {row for verdict in verdicts for row in verdict.rows}
        earlier = {id(known): known for row in rows if (known := self.verdicts.get(row))}
        ready, staying = self._replaced(rows)
        replaced: list[Entry] = [
            *(verdict.entry for verdict in earlier.values()),
            *(self.base.ready[at] for at in ready),
            *(self.base.staying[at] for at in staying),
        ]
        if {row for entry in replaced for row in entry.rows} != rows:
            return None
        return Revision(
            self.base,
            {**self.verdicts, **{row: verdict for verdict in verdicts for row in verdict.rows}},
            _moved(self.books or self.base.books, replaced, [verdict.entry for verdict in verdicts]),
            self.ready_gone | ready,
            self.staying_gone | staying,
        )

    def _replaced(self, rows: Iterable[int]) -> tuple[frozenset[int], frozenset[int]]:
        """The places in the base that these rows have, as far as they have not been replaced before."""
        fresh = [row for row in rows if row not in self.verdicts]
        ready, staying = cast("ReadyStore", self.base.ready), cast("StayingStore", self.base.staying)
        waiting = {row: ready.place_of(row) for row in fresh}
        others = (staying.place_of(row) for row, place in waiting.items() if place is None)
        places = (place for place in waiting.values() if place is not None)
        return frozenset(places), frozenset(place for place in others if place is not None)

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment as it is now."""
        if not self.verdicts:
            return self.base
        entries = [verdict.entry for verdict in self.newest()]
        ready, staying = cast("ReadyStore", self.base.ready), cast("StayingStore", self.base.staying)
        problems = cast("ProblemStore", self.base.problems)
        come = ((one.row, one) for verdict in self.newest() for one in verdict.problems)
        return replace(
            self.base,
            books=self.books or self.base.books,
            ready=Patched(ready, ready.row_at, self.ready_gone, _of_kind(entries, ReadyInvoice)),
            staying=Patched(staying, staying.row_at, self.staying_gone, _of_kind(entries, StayingRow)),
            problems=Patched(problems, problems.row_at, self._problems_gone(problems), come),
            fingerprint="",
        )

    def newest(self) -> Iterator[RowVerdict]:
        """Every verdict once."""
        return iter({id(verdict): verdict for verdict in self.verdicts.values()}.values())

    def _problems_gone(self, problems: ProblemStore) -> Iterator[int]:
        for row in self.verdicts:
            yield from problems.places_in(row)


def _of_kind(entries: Iterable[Entry], kind: type[Kind]) -> Iterator[tuple[int, Kind]]:
    return ((entry.rows[0], entry) for entry in entries if isinstance(entry, kind))


def _moved(books: Books, gone: Iterable[Entry], come: Iterable[Entry]) -> Books:
    """Take some entries out of the books and enter others; what was read changes with them."""
    lines = [line for entry in gone for line in _lines(entry, -1)]
    lines += [line for entry in come for line in _lines(entry, 1)]
    amounts = dict(books.amounts)
    for line in lines:
        if line.currency:
            amounts[line.currency] = amounts.get(line.currency, 0) + line.amount
    return balance(books.rows, amounts, [*_entered(books), *lines])


def _lines(entry: Entry, sign: int) -> Iterator[BookLine]:
    state = entry.state if isinstance(entry, StayingRow) else RowState.WAITING
    yield BookLine(state, sign * len(entry.rows), entry.currency, sign * entry.amount)


def _entered(books: Books) -> Iterator[BookLine]:
    """The books so far, as lines."""
    yield from (BookLine(state, rows) for state, rows in books.by_state.items())
    for currency, by_state in books.amount_by_state.items():
        yield from (BookLine(state, 0, currency, amount) for state, amount in by_state.items())
