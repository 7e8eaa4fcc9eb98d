"""What a receipt says, as values: whoever draws it (paper, PDF, screen) adds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rowpost.model.books import READY_STATES, Books, RowState
from rowpost.model.results import RowResult, RunResult
from rowpost.reports.about_run import about_run
from rowpost.wording import Wording
from rowpost.wording.reasons import reason

_LIST = ("row", "number", "amount", "state", "invoice", "reason")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt in one language, ready to be laid out.

    `about` are pairs of a word and its text. `totals` and `invoices` are tables whose first line
    is the heading; amounts are written in the language's own form and belong to the right
    (`right_columns`, from 0, of either table). `closing` are sentences, `footer` stands on every page.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    totals: tuple[tuple[str, ...], ...]
    invoices: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    footer: str
    totals_right: tuple[int, ...]
    invoices_right: tuple[int, ...]


def make_receipt(result: RunResult, wording: Wording, *, chain_head: str, made_at: datetime) -> Receipt:
    """Make the receipt of a run.

    `chain_head` is the last link of the ledger's chain of events: whoever keeps the receipt can
    prove that the ledger has not been rewritten since. `made_at` carries its zone.
    """
    summary = result.summary
    totals = tuple(_totals(summary.books, wording))
    books = "reports.results.balanced" if summary.books.balanced else "reports.results.not_balanced"
    return Receipt(
        title=wording.say("reports.receipt.title"),
        about=tuple((wording.say(code), text) for code, text in about_run(summary, wording)),
        totals=totals,
        invoices=tuple(_invoices(result, wording)),
        closing=(
            wording.say(books),
            wording.say("reports.results.reminder"),
            wording.say("reports.receipt.chain", {"head": chain_head}),
        ),
        footer=wording.say("reports.receipt.footer", {"run": summary.run, "time": wording.write(made_at)}),
        totals_right=tuple(range(1, len(totals[0]))),
        invoices_right=(_LIST.index("amount"),),
    )


def _totals(books: Books, wording: Wording) -> Iterator[tuple[str, ...]]:
    currencies = sorted(books.amounts)
    yield wording.say("reports.results.state"), wording.say("reports.results.rows"), *currencies
    for state in (RowState.LEFT_OUT, RowState.NOT_FIT, *READY_STATES):
        amounts = (books.amount_by_state.get(currency, {}).get(state, Decimal(0)) for currency in currencies)
        rows = wording.write(books.by_state.get(state, 0))
        yield wording.say(f"state.{state}"), rows, *(wording.write(amount) for amount in amounts)
    total = (wording.write(books.amounts[currency]) for currency in currencies)
    yield wording.say("reports.results.all"), wording.write(books.rows), *total


def _invoices(result: RunResult, wording: Wording) -> Iterator[tuple[str, ...]]:
    yield tuple(wording.say(f"reports.receipt.column.{name}") for name in _LIST)
    for entry in result.rows:
        yield _invoice(entry, wording)


def _invoice(entry: RowResult, wording: Wording) -> tuple[str, ...]:
    return (
        ", ".join(str(row) for row in entry.rows),
        entry.invoice_number,
        f"{wording.write(entry.amount)} {entry.currency}" if entry.currency else "",
        wording.say(f"state.{entry.state}"),
        entry.invoice_id,
        reason(entry, wording) or entry.reason_raw,
    )
