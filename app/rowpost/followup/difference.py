"""Compares a file with an earlier run: new, gone, another amount. Pure; nobody is asked here.

Numbers, keys and amounts are compared, which the ledger keeps for ever: a run whose persons are
forgotten can be compared as well as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from rowpost.mapping import normalized_number
from rowpost.model.difference import AtAgency, Change, DifferenceLine
from rowpost.model.results import RowResult

SEVERAL, NO_AMOUNT, OTHER_CURRENCY = "diff.several", "diff.no_amount", "diff.other_currency"


class Entry(Protocol):
    """An invoice of either file: a row of a run, an invoice that is ready, a row that stays."""

    @property
    def rows(self) -> tuple[int, ...]:
        """The workbook's rows."""
        ...

    @property
    def invoice_number(self) -> str:
        """Its number."""
        ...

    @property
    def source_id(self) -> str:
        """Its key."""
        ...

    @property
    def currency(self) -> str:
        """'' where the file does not say what it is worth."""
        ...

    @property
    def amount(self) -> Decimal:
        """What it is worth."""
        ...


def compare(
    earlier: Iterable[RowResult], now: Iterable[Entry], claimed: Callable[[str], bool] = lambda _: False
) -> tuple[DifferenceLine, ...]:
    """Return a line for every invoice of either file, gone ones first, each kind in its file's order.

    `claimed` says of a key whether something was sent under it that is, or may be, at the agency.
    """
    before, after = _by_key(earlier), _by_key(now)
    _meet_by_number(before, after)
    lines = [*_gone_or_both(before, after, claimed)]
    lines += [_new(entries) for key, entries in after.items() if key not in before]
    order = list(Change)
    return tuple(sorted(lines, key=lambda line: order.index(line.change)))


def _by_key(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.invoice_number:
            found.setdefault(entry.source_id or f"number {entry.invoice_number}", []).append(entry)
    return found


def _meet_by_number(before: Mapping[str, list[Entry]], after: dict[str, list[Entry]]) -> None:
    """Let invoices meet that have the same number under another key, where only one can be meant."""
    lonely = _by_number(before, after)
    for number, key in _by_number(after, before).items():
        if key and (other := lonely.get(number)):
            after[other] = after.pop(key)


def _by_number(entries: Mapping[str, list[Entry]], others: Mapping[str, list[Entry]]) -> dict[str, str]:
    """Normalised number -> key, of those without a partner; '' where several have the number."""
    found: dict[str, str] = {}
    for key, (first, *_) in entries.items():
        if key not in others:
            number = normalized_number(first.invoice_number)
            found[number] = "" if number in found else key
    return found


def _gone_or_both(
    before: Mapping[str, list[Entry]], after: Mapping[str, list[Entry]], claimed: Callable[[str], bool]
) -> Iterator[DifferenceLine]:
    for key, old in before.items():
        new = after.get(key)
        if new is not None:
            yield _both(old, new)
            continue
        at = AtAgency.NOT_KNOWN if claimed(old[0].source_id) else AtAgency.NEVER_SENT
        yield _line(Change.GONE, old, before=_worth(old), at_agency=at)


def _new(entries: Sequence[Entry]) -> DifferenceLine:
    return _line(Change.NEW, entries, now=_worth(entries))


def _both(old: Sequence[Entry], new: Sequence[Entry]) -> DifferenceLine:
    before, now = _worth(old), _worth(new)
    code = _unclear(old, new)
    change = Change.UNCLEAR if code else Change.SAME if before == now else Change.CHANGED
    return _line(change, new, before=before, now=now, rows_before=_rows(old), code=code)


def _unclear(old: Sequence[Entry], new: Sequence[Entry]) -> str:
    """Why two invoices cannot be compared, '' if they can."""
    if len(old) > 1 or len(new) > 1:
        return SEVERAL
    if not (old[0].currency and new[0].currency):
        return NO_AMOUNT
    return OTHER_CURRENCY if old[0].currency != new[0].currency else ""


def _worth(entries: Sequence[Entry]) -> Decimal | None:
    return entries[0].amount if len(entries) == 1 and entries[0].currency else None


def _rows(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(row for entry in entries for row in entry.rows)


def _line(
    change: Change,
    entries: Sequence[Entry],
    *,
    before: Decimal | None = None,
    now: Decimal | None = None,
    rows_before: tuple[int, ...] = (),
    code: str = "",
    at_agency: AtAgency = AtAgency.NEVER_SENT,
) -> DifferenceLine:
    first, rows = entries[0], _rows(entries)
    gone = change is Change.GONE
    return DifferenceLine(
        change,
        first.invoice_number,
        first.source_id,
        first.currency,
        before,
        now,
        rows if gone else rows_before,
        () if gone else rows,
        code,
        at_agency,
    )
