"""What a receipt says, as values: whoever draws it (paper, PDF, screen) adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from rowpost.model.books import READY_STATES, Books, RowState
from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.results import RowResult, RunResult
from rowpost.model.trouble import Remedy, Trouble
from rowpost.reports.about_run import about_run
from rowpost.reports.save import whole_file
from rowpost.reports.the_rest import the_rest
from rowpost.wording import Wording
from rowpost.wording.reasons import reason

_LIST = ("row", "number", "amount", "state", "invoice", "reason")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt in one language, ready to be laid out.

    `about` are pairs of a word and its text. `totals` is a table whose first line is the heading,
    the last the sum. `headings` stand over the list of invoices on every page; `invoices` makes its
    `count` lines, each time anew. Amounts are written in the language's own form; their columns
    (`totals_right`, `invoices_right`, from 0) end flush. `closing` are sentences; `footer` and
    `page` (of a number and how many there are) stand on every page.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    totals: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    invoices: Callable[[], Iterable[tuple[str, ...]]]
    count: int
    closing: tuple[str, ...]
    footer: str
    page: Callable[[int, int], str]
    totals_right: tuple[int, ...]
    invoices_right: tuple[int, ...]


DrawReceipt = Callable[[Receipt, StopToken, OnProgress], bytes]  # makes the file; see `gui.receipt`


def save_receipt(
    receipt: Receipt, out: Path, draw: DrawReceipt, *, stop: StopToken, progress: OnProgress
) -> None:
    """Save a receipt, whole or not at all. Trouble as `save.whole_file`, or for another ending."""
    check_ending(out)
    with whole_file(out) as new:
        new.touch()  # a place that cannot be written to is told of before the work
        new.write_bytes(draw(receipt, stop, progress))


def check_ending(out: Path) -> None:
    """Trouble(FIX_SETTINGS) for a name that does not end as a PDF's does."""
    if out.suffix.lower() != ".pdf":
        raise Trouble("reports.receipt.not_pdf", Remedy.FIX_SETTINGS, {"file": str(out)})


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
        headings=tuple(wording.say(f"reports.receipt.column.{name}") for name in _LIST),
        invoices=lambda: (_invoice(entry, wording) for entry in result.rows),
        count=len(result.rows),
        closing=(
            wording.say(books),
            wording.say("reports.results.reminder"),
            *(f"{state}: {sentence}" for state, sentence in the_rest(summary, wording)),
            wording.say("reports.receipt.chain", {"head": chain_head}),
        ),
        footer=wording.say("reports.receipt.footer", {"run": summary.run, "time": wording.write(made_at)}),
        page=lambda number, of: wording.say("reports.receipt.page", {"number": number, "of": of}),
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


def _invoice(entry: RowResult, wording: Wording) -> tuple[str, ...]:
    return (
        ", ".join(str(row) for row in entry.rows),
        entry.invoice_number,
        f"{wording.write(entry.amount)} {entry.currency}" if entry.currency else "",
        wording.say(f"state.{entry.state}"),
        entry.invoice_id,
        "" if entry.code == "row.accepted" else wording.beside(reason(entry, wording), entry.reason_raw),
    )
