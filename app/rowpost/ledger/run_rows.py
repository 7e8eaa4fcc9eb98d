"""The rows of a run as a few arrays, made into `RowResult` when one is looked at.

What many rows share (state, currency, batch, reason, moment) is written once; a row names it by a number.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple, cast

import msgspec

from rowpost.ledger.debtors import names_in
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Readable
from rowpost.model.attempts import STATE_OF, Stage
from rowpost.model.books import BookLine, RowState
from rowpost.model.lazy import Records
from rowpost.model.results import PersonsWord, PlacedRows, RowPlaces, RowResult, goes_again

Line = tuple[Any, ...]  # as `runs` selects them; last the sealed payload, None where it is gone
_STATES = tuple(RowState)
_Form = Literal["B", "I", "Q"]
_PLACES: _Form = "I"
FORMS: tuple[_Form, ...] = ("B", "Q", "B", "Q", *(_PLACES for _ in _STATES), _PLACES)  # `RunRows.arrays`


class _Shared(msgspec.Struct, array_like=True):
    state: RowState
    currency: str
    batch_id: str
    code: str
    reason_raw: str
    decided_at: str
    person: tuple[str, datetime, str] | None


class _Own(msgspec.Struct, array_like=True):
    rows: str
    invoice_number: str
    source_id: str
    amount: str
    invoice_id: str
    case_id: str
    debtor: str
    shared: int


_pack = msgspec.msgpack.Encoder().encode
_own = msgspec.msgpack.Decoder(_Own).decode
_shared = msgspec.msgpack.Decoder(_Shared).decode


class RunRows(PlacedRows):
    """Rows of a run. `own` and `shared` are records of what is a row's own, and of what many share."""

    def __init__(self, own: Records, shared: Records, places: RowPlaces) -> None:
        self.places = places
        self._own = own
        self._shared = shared
        self._known: dict[int, _Shared] = {}

    def __len__(self) -> int:
        return len(self._own)

    def _make(self, index: int) -> RowResult:
        own = _own(self._own[index])
        shared = self._shared_by(own.shared)
        return RowResult(
            rows=tuple(map(int, own.rows.split(","))),
            invoice_number=own.invoice_number,
            source_id=own.source_id,
            state=shared.state,
            currency=shared.currency,
            amount=Decimal(own.amount),
            batch_id=shared.batch_id,
            invoice_id=own.invoice_id,
            case_id=own.case_id,
            code=shared.code,
            reason_raw=shared.reason_raw,
            decided_at=datetime.fromisoformat(shared.decided_at) if shared.decided_at else None,
            person=PersonsWord(*shared.person) if shared.person else None,
            debtor=own.debtor,
        )

    def _shared_by(self, number: int) -> _Shared:
        shared = self._known.get(number)
        if shared is None:
            shared = self._known[number] = _shared(self._shared[number])
        return shared

    def book_lines(self) -> Iterator[BookLine]:
        """What every row is in the books of its run."""
        for place in range(len(self)):
            own = _own(self._own[place])
            shared = self._shared_by(own.shared)
            yield BookLine(shared.state, own.rows.count(",") + 1, shared.currency, Decimal(own.amount))

    @property
    def arrays(self) -> list[Any]:
        """All of it but `RowPlaces.with_case`, for another process; see `FORMS`."""
        by_state = [self.places.by_state[state] for state in _STATES]
        records = (self._own.blob, self._own.ends, self._shared.blob, self._shared.ends)
        return [*records, *by_state, self.places.again]

    @classmethod
    def of(cls, arrays: Iterator[memoryview], with_case: frozenset[RowState]) -> RunRows:
        """Make rows of what `arrays` was in another process; nothing is copied."""
        own, shared = Records.of(next(arrays), next(arrays)), Records.of(next(arrays), next(arrays))
        by_state = {state: _numbers(next(arrays)) for state in _STATES}
        return cls(own, shared, RowPlaces(by_state, _numbers(next(arrays)), with_case))


def _numbers(view: memoryview) -> Sequence[int]:
    return cast("Sequence[int]", view)


class _Group(NamedTuple):
    """Rows that share everything but what is their own: their number, and where their places go."""

    number: int
    places: array[int]
    again: bool


class _Gathering:
    """Takes lines in and packs them."""

    def __init__(self, store: Readable, persons: Mapping[int, PersonsWord]) -> None:
        self._open_text = store.sealer.open_text
        self._open = store.sealer.open
        self._persons = persons
        self._own, self._shared = Records(), Records()
        self._groups: dict[tuple[object, ...], _Group] = {}
        self._by_state = {state: array("I") for state in _STATES}
        self._again = array("I")
        self._with_case: set[RowState] = set()

    def add(self, row: int, line: Line) -> None:
        *known, sealed = line
        rows, number, source, stage, currency, amount, batch, invoice, case, code, reason, decided = known
        debtor = names_in(self._open(sealed, payload_purpose(source))) if sealed else ""
        raw = self._open_text(reason, "reason") if reason else ""
        shared = (stage, currency, batch, code, raw, decided, self._persons.get(row), bool(case))
        group = self._groups.get(shared) or self._new_group(shared)
        place = len(self._own)
        self._own.add(_pack((rows, number, source, amount, invoice, case, debtor, group.number)))
        group.places.append(place)
        if group.again:
            self._again.append(place)

    def _new_group(self, shared: tuple[Any, ...]) -> _Group:
        stage, currency, batch, code, raw, decided, person, case = shared
        state = STATE_OF[Stage(stage)]
        said = (person.who, person.at, person.reason) if person else None
        made = _Group(len(self._shared), self._by_state[state], goes_again(state, code))
        self._shared.add(_pack((state, currency, batch, code, raw, decided, said)))
        self._groups[shared] = made
        if case:
            self._with_case.add(state)
        return made

    def rows(self) -> RunRows:
        places = RowPlaces(self._by_state, self._again, frozenset(self._with_case))
        return RunRows(self._own, self._shared, places)


def gathered(
    store: Readable, first: int, lines: Iterable[Line], persons: Mapping[int, PersonsWord]
) -> RunRows:
    """Pack lines as `runs` selects them, with payloads; `first` is the number of the first row."""
    gathering = _Gathering(store, persons)
    for row, line in enumerate(lines, start=first):
        gathering.add(row, line)
    return gathering.rows()
