"""Parts: which rows go out together. Two rows with the same invoice number never share one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from rowpost.model.attempts import LooseRow, NewPart
from rowpost.model.settings import SendingSettings


def parts(rows: Iterable[LooseRow], rules: SendingSettings, *, canary: bool) -> Iterator[NewPart]:
    """Put rows into parts of at most `part_size` rows and `part_bytes` bytes, in their order.

    With `canary` the first part holds a few rows that show every kind there is.
    """
    rest: Sequence[LooseRow] = list(rows)
    if canary and len(rest) > rules.canary_rows > 0:
        chosen = set(_canary(rest, rules.canary_rows))
        yield NewPart(tuple(row.row for row in rest if row.row in chosen), canary=True)
        rest = [row for row in rest if row.row not in chosen]
    yield from _fill(rest, rules)


def _fill(rows: Sequence[LooseRow], rules: SendingSettings) -> Iterator[NewPart]:
    """Fill part after part; a row whose invoice number is in the part already waits for the next."""
    while rows:
        taken: list[int] = []
        later: list[LooseRow] = []
        numbers: set[str] = set()
        size = 0
        for place, row in enumerate(rows):
            if len(taken) == rules.part_size or (taken and size + row.size > rules.part_bytes):
                later += rows[place:]
                break
            if row.invoice_number in numbers:
                later.append(row)
                continue
            taken.append(row.row)
            numbers.add(row.invoice_number)
            size += row.size + 1
        yield NewPart(tuple(taken))
        rows = later


def _canary(rows: Sequence[LooseRow], most: int) -> Iterator[int]:
    """Choose rows until every trait has been seen: debtor type, currency, type, each optional field."""
    seen: set[str] = set()
    numbers: set[str] = set()
    found = 0
    for row in rows:
        if found == most:
            return
        new = traits(row.payload) - seen
        if new and row.invoice_number not in numbers:
            seen |= new
            numbers.add(row.invoice_number)
            found += 1
            yield row.row


def traits(payload: bytes) -> set[str]:
    """Return what kinds an invoice shows: `debtors.type=PRIVATE`, `currency=NOK`, and each field in use."""
    return set(_traits(json.loads(payload), ""))


def _traits(value: object, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _traits(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _traits(inner, path)
    elif value is not None:
        kind = path.rpartition(".")[2]
        yield f"{path}={value}" if kind in ("type", "currency", "countryCode") else path
