"""Amounts that name their currency in the cell: taken where it is the row's own, else they cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rowpost.mapping.results import Converted, Priced, Target, plain


def in_currency(
    target: Target, amounts: Sequence[Converted], currencies: Sequence[Converted] | None
) -> list[Converted]:
    """Return the amounts of some rows, each held against the currency of its row.

    Where the row has none, that is what is wrong with it, and the amount stands.
    """
    known = currencies or [None] * len(amounts)
    return [
        _one(target, amount, plain(currency)) if type(amount) is Priced else amount
        for amount, currency in zip(amounts, known, strict=True)
    ]


def _one(target: Target, amount: Priced, currency: object) -> Converted:
    if isinstance(currency, str) and currency != amount.currency:
        values = {"value": amount.written, "currency": amount.currency, "expected": currency}
        return target.fails("amount.other_currency", values)
    return Decimal(amount)
