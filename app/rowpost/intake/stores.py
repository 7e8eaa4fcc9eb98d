"""Compact stores: a hundred thousand results as a few arrays, made into objects only when looked at."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from rowpost.intake.marks import Marks
from rowpost.model.assessment import Outline
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Flaw
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.lazy import Lazy, Records
from rowpost.model.problems import Problem


def order_of(rows: Sequence[int], without: Iterable[int] = ()) -> array[int]:
    """Return the places of `rows` in ascending order of the rows, without some places."""
    gone = set(without)
    places = (at for at in range(len(rows)) if at not in gone) if gone else range(len(rows))
    return array("I", sorted(places, key=rows.__getitem__))


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
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(StayingRow).decode


class ReadyStore(Lazy[ReadyInvoice]):
    """Invoices as they go over the wire, end to end; everything else is read from them when asked for.

    `more` are the rows of invoices that have several, by number; `order` the numbers of those
    that are ready, in the order of their rows; `outline` what those come to. `handed` is what came from
    another process, as it came: head and memory, to be passed on without copying.
    """

    def __init__(self) -> None:
        self.payloads = Records()
        self.first: array[int] = array("I")
        self.more: dict[int, tuple[int, ...]] = {}
        self.order: Sequence[int] = ()
        self.marks = Marks()
        self.outline = Outline()
        self.handed: tuple[bytes, memoryview] | None = None
        self._leading: dict[int, int] | None = None  # rows of invoices that have several -> their first

    def add(self, rows: tuple[int, ...], payload: bytes, due: int, debtor: int) -> None:
        """Append an invoice, with its marks."""
        self.marks.add(due, debtor)
        if len(rows) > 1:
            self.more[len(self.first)] = rows
        self.first.append(rows[0])
        self.payloads.add(payload)

    def close(self, taken_back: Iterable[int]) -> None:
        """Leave out what was taken back, and put the rest in the order of the rows."""
        self.order = order_of(self.first, taken_back)
        ready = Marks()
        ready.extend(self.marks, self.order)
        self.outline = ready.outline()

    def number_of(self, row: int) -> int | None:
        """The number of the invoice whose first row this is."""
        at = bisect_left(self.first, row)
        if at < len(self.first) and self.first[at] == row:
            return at
        return self.first.index(row) if self.more and row in self.first else None

    def fingerprint(self) -> str:
        """A name for the content of all invoices together."""
        return hashlib.blake2b(self.payloads.blob, digest_size=16).hexdigest()

    def __len__(self) -> int:
        return len(self.order)

    def _make(self, index: int) -> ReadyInvoice:
        return self.invoice(self.order[index])

    def invoice(self, number: int) -> ReadyInvoice:
        """Make the invoice of that number."""
        return ready_invoice(self.more.get(number) or (self.first[number],), self.payloads[number])

    def row_at(self, index: int) -> int:
        """The first row of the invoice at this place."""
        return self.first[self.order[index]]

    def place_of(self, row: int) -> int | None:
        """The place of the invoice that a row is part of, None where it is part of none."""
        if self._leading is None:
            self._leading = {other: rows[0] for rows in self.more.values() for other in rows}
        first = self._leading.get(row, row)
        at = bisect_left(self.order, first, key=self.first.__getitem__)
        return at if at < len(self.order) and self.row_at(at) == first else None


def ready_invoice(rows: tuple[int, ...], payload: bytes) -> ReadyInvoice:
    """Read an invoice from what is sent."""
    found = _read(payload)
    debtor = found.debtors[0]
    return ReadyInvoice(
        rows=rows,
        invoice_number=found.invoiceNumber,
        source_id=found.uniqueSourceInvoiceId,
        currency=found.currency,
        amount=sum((claim.remainingAmount for claim in found.claims), Decimal(0)),
        payload=payload,
        debtor=debtor.name or f"{debtor.firstname} {debtor.lastname}",
        customer_number=debtor.customerNumber,
    )


class StayingStore(Lazy[StayingRow]):
    """Rows that are not sent, packed one after the other."""

    def __init__(self) -> None:
        self.records = Records()
        self.order: Sequence[int] = ()
        self.left_out: Counter[str] = Counter()  # rows, by the code of the reason
        self._first = array("I")
        self._leading: dict[int, int] | None = None  # further rows of entries that have several -> first

    def add(self, row: StayingRow) -> None:
        """Append a row."""
        self.records.add(_pack(row))
        if row.state is RowState.LEFT_OUT:
            self.left_out[row.code] += len(row.rows)
        self._first.append(row.rows[0])

    def close(self) -> None:
        """Put the rows in their order; those taken back from the ready ones came late."""
        self.order = order_of(self._first)

    def __len__(self) -> int:
        return len(self.order)

    def _make(self, index: int) -> StayingRow:
        return _unpack(self.records[self.order[index]])

    def row_at(self, index: int) -> int:
        """The first row of the entry at this place."""
        return self._make(index).rows[0]

    def place_of(self, row: int) -> int | None:
        """The place of the entry that a row is part of, None where it is part of none."""
        found = self._place_of_first(row)
        if found is None:
            if self._leading is None:
                self._leading = {other: entry.rows[0] for entry in self for other in entry.rows[1:]}
            first = self._leading.get(row)
            found = None if first is None else self._place_of_first(first)
        return found

    def _place_of_first(self, row: int) -> int | None:
        at = bisect_left(range(len(self)), row, key=self.row_at)
        return at if at < len(self) and self.row_at(at) == row else None


class ProblemStore(Lazy[Problem]):
    """Problems as a flaw, shared by all cells with that value, and a cell; further cells are rare."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.flaws: list[Flaw] = []
        self.which: array[int] = array("I")
        self.rows: array[int] = array("I")
        self.columns: array[int] = array("H")
        self.also: dict[int, tuple[CellRef, ...]] = {}
        self.order: Sequence[int] = ()
        self._known: dict[int, int] = {}

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
        self.order = order_of(self.rows)
        self._known.clear()

    def __len__(self) -> int:
        return len(self.order)

    def row_at(self, index: int) -> int:
        """The row of the problem at this place."""
        return self.rows[self.order[index]]

    def places_in(self, row: int) -> range:
        """The places of the problems of one row."""
        everything = range(len(self))
        first = bisect_left(everything, row, key=self.row_at)
        return range(first, bisect_right(everything, row, first, key=self.row_at))

    def _make(self, index: int) -> Problem:
        at = self.order[index]
        row = self.rows[at]
        where = (CellRef(self.sheet, row, self.columns[at]),) if row else ()
        return self.flaws[self.which[at]].at(where + self.also.get(at, ()))
