"""Compact stores: a hundred thousand results as a few arrays, made into objects only when looked at."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar, overload

import msgspec

from rowpost.model.books import BookLine, RowState
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Flaw
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.problems import Problem

Item = TypeVar("Item")


class Lazy(Sequence[Item], Generic[Item]):
    """A sequence that makes its items one by one."""

    def _make(self, index: int) -> Item:
        raise IndexError(index)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self._make(at) for at in range(*index.indices(len(self)))]
        return self._make(range(len(self))[index])

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, range(len(self)))


@dataclass(slots=True)
class Rows:
    """The workbook rows of each entry: nearly always one."""

    first: array[int] = field(default_factory=lambda: array("I"))
    more: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def add(self, rows: tuple[int, ...]) -> None:
        """Append an entry."""
        if len(rows) > 1:
            self.more[len(self.first)] = rows
        self.first.append(rows[0])

    def of(self, index: int) -> tuple[int, ...]:
        """The rows of an entry."""
        return self.more.get(index) or (self.first[index],)

    def count(self, index: int) -> int:
        """How many rows an entry has."""
        return len(self.more.get(index, (0,)))


class _Claim(msgspec.Struct):
    remainingAmount: Decimal  # noqa: N815 - the wire's own name


class _Debtor(msgspec.Struct):
    name: str = ""
    firstname: str = ""
    lastname: str = ""
    customerNumber: str = ""  # noqa: N815 - the wire's own name


class _Invoice(msgspec.Struct):
    invoiceNumber: str  # noqa: N815 - the wire's own name
    uniqueSourceInvoiceId: str  # noqa: N815 - the wire's own name
    currency: str
    claims: list[_Claim]
    debtors: list[_Debtor]


_read = msgspec.json.Decoder(_Invoice).decode


class ReadyStore(Lazy[ReadyInvoice]):
    """Invoices as they go over the wire, end to end in one buffer; everything else is read from them."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._ends = array("Q", [0])
        self._payloads = bytearray()
        self._order: Sequence[int] | None = None

    def add(self, rows: tuple[int, ...], payload: bytes) -> int:
        """Append an invoice; return its number, by which it can be taken back."""
        self._rows.add(rows)
        self._payloads += payload
        self._ends.append(len(self._payloads))
        return len(self._ends) - 2

    def close(self, taken_back: Iterable[int]) -> None:
        """Leave out what was taken back, and put the rest in the order of the rows."""
        gone = set(taken_back)
        if gone or self._rows.more:
            left = (at for at in range(len(self._rows.first)) if at not in gone)
            self._order = array("I", sorted(left, key=self._rows.first.__getitem__))

    def number_of(self, row: int) -> int | None:
        """The number of the invoice whose first row this is."""
        first = self._rows.first
        at = bisect_left(first, row)
        if at < len(first) and first[at] == row:
            return at
        return first.index(row) if self._rows.more and row in first else None

    def fingerprint(self) -> str:
        """A name for the content of all invoices together."""
        return hashlib.blake2b(self._payloads, digest_size=16).hexdigest()

    def payload(self, number: int) -> bytes:
        """The payload of an invoice by its number."""
        return bytes(self._payloads[self._ends[number] : self._ends[number + 1]])

    def __len__(self) -> int:
        return len(self._rows.first) if self._order is None else len(self._order)

    def _make(self, index: int) -> ReadyInvoice:
        number = index if self._order is None else self._order[index]
        return self.invoice(number)

    def invoice(self, number: int) -> ReadyInvoice:
        """Make the invoice of that number."""
        payload = self.payload(number)
        found = _read(payload)
        debtor = found.debtors[0]
        return ReadyInvoice(
            rows=self._rows.of(number),
            invoice_number=found.invoiceNumber,
            source_id=found.uniqueSourceInvoiceId,
            currency=found.currency,
            amount=sum((claim.remainingAmount for claim in found.claims), Decimal(0)),
            payload=payload,
            debtor=debtor.name or f"{debtor.firstname} {debtor.lastname}",
            customer_number=debtor.customerNumber,
        )


@dataclass(slots=True)
class StayingStore(Lazy[StayingRow]):
    """Rows that are not sent, as parallel lists."""

    rows: Rows = field(default_factory=Rows)
    codes: list[str] = field(default_factory=list)
    states: bytearray = field(default_factory=bytearray)  # 1: left out, 0: not fit
    numbers: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)
    amounts: list[Decimal] = field(default_factory=list)
    order: Sequence[int] | None = None

    def add(self, row: StayingRow) -> None:
        """Append a row."""
        self.rows.add(row.rows)
        self.codes.append(row.code)
        self.states.append(row.state is RowState.LEFT_OUT)
        self.numbers.append(row.invoice_number)
        self.ids.append(row.source_id)
        self.currencies.append(row.currency)
        self.amounts.append(row.amount)

    def close(self) -> None:
        """Put the rows in their order; those taken back from the ready ones came late."""
        first = self.rows.first
        self.order = array("I", sorted(range(len(first)), key=first.__getitem__))

    def lines(self) -> Iterator[BookLine]:
        """The rows as lines of the books."""
        for at, (currency, amount) in enumerate(zip(self.currencies, self.amounts, strict=True)):
            yield BookLine(self._state(at), self.rows.count(at), currency, amount)

    def __len__(self) -> int:
        return len(self.codes)

    def _state(self, at: int) -> RowState:
        return RowState.LEFT_OUT if self.states[at] else RowState.NOT_FIT

    def _make(self, index: int) -> StayingRow:
        at = index if self.order is None else self.order[index]
        return StayingRow(
            self.rows.of(at),
            self._state(at),
            self.codes[at],
            self.numbers[at],
            self.ids[at],
            self.currencies[at],
            self.amounts[at],
        )


@dataclass(slots=True)
class ProblemStore(Lazy[Problem]):
    """Problems as a flaw, shared by all cells with that value, and a cell; further cells are rare."""

    sheet: str
    flaws: list[Flaw] = field(default_factory=list)
    which: array[int] = field(default_factory=lambda: array("I"))
    rows: array[int] = field(default_factory=lambda: array("I"))
    columns: array[int] = field(default_factory=lambda: array("H"))
    also: dict[int, tuple[CellRef, ...]] = field(default_factory=dict)
    order: Sequence[int] | None = None
    _known: dict[int, int] = field(default_factory=dict)

    def add(self, flaw: Flaw, row: int, column: int, also: tuple[CellRef, ...] = ()) -> None:
        """Append a problem of a cell (column 0: of the whole row; row 0: of the file)."""
        which = self._known.get(id(flaw))
        if which is None:
            which = self._known[id(flaw)] = len(self.flaws)
            self.flaws.append(flaw)
        if also:
            self.also[len(self.which)] = also
        self.which.append(which)
        self.rows.append(row)
        self.columns.append(column)

    def close(self) -> None:
        """Put the problems in the order of their rows."""
        self.order = array("I", sorted(range(len(self.rows)), key=self.rows.__getitem__))

    def __len__(self) -> int:
        return len(self.which)

    def _make(self, index: int) -> Problem:
        at = index if self.order is None else self.order[index]
        row = self.rows[at]
        where = (CellRef(self.sheet, row, self.columns[at]),) if row else ()
        return self.flaws[self.which[at]].at(where + self.also.get(at, ()))
