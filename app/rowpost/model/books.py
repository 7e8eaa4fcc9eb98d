"""The books of a run: counts and amounts per currency that balance to zero at all times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class RowState(StrEnum):
    """What is known of a row, in the words of the command line's contract."""

    LEFT_OUT = "left_out"
    NOT_FIT = "not_fit"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_KNOWN = "not_known"


READY_STATES = (RowState.WAITING, RowState.ACCEPTED, RowState.REJECTED, RowState.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One invoice, or one row that made none: how many workbook rows, and what it is worth.

    `currency` is '' and `amount` 0 where the row does not say.
    """

    state: RowState
    rows: int
    currency: str = ""
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Books:
    """Counts in workbook rows, and amounts in major units per currency, by state.

    `rows` and `amounts` are counted when the workbook was read; `by_state` and
    `amount_by_state` when the states are known. A run is only right if both agree.
    """

    rows: int
    by_state: Mapping[RowState, int] = field(default_factory=dict)
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    amount_by_state: Mapping[str, Mapping[RowState, Decimal]] = field(default_factory=dict)

    @property
    def ready(self) -> int:
        """Rows of invoices that were fit to send."""
        return sum(self.by_state.get(state, 0) for state in READY_STATES)

    @property
    def ready_amounts(self) -> dict[str, Decimal]:
        """What can be sent (or was), per currency; a currency without any is left out."""
        totals = {
            currency: sum((states.get(state, Decimal(0)) for state in READY_STATES), Decimal(0))
            for currency, states in self.amount_by_state.items()
        }
        return {currency: total for currency, total in totals.items() if total}

    @property
    def balanced(self) -> bool:
        """Rows = left out + not fit + ready, in counts and in every currency."""
        nothing = Decimal(0)
        return self.rows == sum(self.by_state.values()) and all(
            self.amounts.get(currency, nothing)
            == sum(self.amount_by_state.get(currency, {}).values(), nothing)
            for currency in self.amounts.keys() | self.amount_by_state.keys()
        )


def amounts_of(lines: Iterable[BookLine]) -> dict[str, Decimal]:
    """Add up what the lines are worth, per currency."""
    totals: dict[str, Decimal] = {}
    for line in lines:
        if line.currency:
            totals[line.currency] = totals.get(line.currency, Decimal(0)) + line.amount
    return totals


def balance(rows: int, amounts: Mapping[str, Decimal], lines: Iterable[BookLine]) -> Books:
    """Set what was read (`rows`, `amounts`) against what became of it (`lines`)."""
    by_state: dict[RowState, int] = {}
    per_currency: dict[str, dict[RowState, Decimal]] = {}
    for line in lines:
        by_state[line.state] = by_state.get(line.state, 0) + line.rows
        if line.currency:
            totals = per_currency.setdefault(line.currency, {})
            totals[line.state] = totals.get(line.state, Decimal(0)) + line.amount
    return Books(rows, by_state, dict(amounts), per_currency)
