"""The results workbook: the user's own workbook, with what became of every row beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from rowpost.model.books import READY_STATES, Books, RowState
from rowpost.model.problems import Problem
from rowpost.model.results import RowResult, RunResult, RunSummary
from rowpost.model.table import Table
from rowpost.reports.about_run import about_run
from rowpost.reports.additions import AddedColumns, Additions, Beside, Page, Shown, Tone
from rowpost.reports.changed_cells import ChangedCells, listed
from rowpost.reports.keeping import look
from rowpost.reports.saving import save
from rowpost.reports.the_rest import the_rest
from rowpost.wording import Wording
from rowpost.wording.reasons import reason

KIND = "results"
TONES: Mapping[RowState, Tone] = {
    RowState.ACCEPTED: Tone.GOOD,
    RowState.REJECTED: Tone.BAD,
    RowState.NOT_FIT: Tone.BAD,
    RowState.NOT_KNOWN: Tone.OPEN,
    RowState.WAITING: Tone.OPEN,
}
_COLUMNS = (
    ("state", 14),
    ("reason", 50),
    ("raw", 40),
    ("invoice", 22),
    ("case", 16),
    ("batch", 22),
    ("time", 17),
)
# rows that an earlier run has decided: where its results stand beside them already, they stay there
_KNOWN_BEFORE = ("again.", "duplicate.sent_before", "duplicate.not_known", "duplicate.waiting")
_LISTED = (("row", 8), ("number", 16), ("source_id", 22), ("currency", 9), ("amount", 14))


def losses(result: RunResult, source: Path | None, out: Path) -> tuple[Problem, ...]:
    """Say what the results workbook will not keep of the source, before it is saved."""
    return look(source, out, result.summary.file_sha256).losses


def write_results_workbook(
    result: RunResult, source: Path | None, out: Path, wording: Wording, *, table: Table | None = None
) -> tuple[Problem, ...]:
    """Save the results of a run as `out`, which must end in .xlsx (.xlsm for a workbook with macros).

    A copy of `source` where it is a workbook in today's format and still the file that was sent;
    else a new workbook with the cells of `table` (the sheet as read), or with a list of the invoices
    alone. The edits of `table` are what a person has changed: the workbook holds and marks those
    values. Returns what was not kept. The stamp holds kind, run, sheet, header_row and sha256 (of the
    source). Trouble as `save.whole_file` and `keeping.look`.
    """
    keeping = look(source, out, result.summary.file_sha256)
    same_file = not any(
        loss.code in ("reports.source_gone", "reports.source_changed") for loss in keeping.losses
    )

    def instead() -> tuple[Table | None, Additions]:
        return (
            (table, _additions(result, wording, ChangedCells.of(table)))
            if table is not None and same_file
            else (None, _listed(result, wording))
        )

    return save(source, keeping, out, _additions(result, wording, ChangedCells.of(table)), instead)


def _additions(result: RunResult, wording: Wording, changed: ChangedCells) -> Additions:
    summary = result.summary
    rows = {row: _beside(entry, wording) for entry in result.rows for row in entry.rows}
    known = (row for entry in result.rows if entry.code.startswith(_KNOWN_BEFORE) for row in entry.rows)
    return Additions(
        sheet=summary.sheet,
        header_row=summary.header_row,
        columns=AddedColumns(
            _headings(_COLUMNS, wording), tuple(width for _, width in _COLUMNS), rows, frozenset(known)
        ),
        marks=changed.marked({}, wording),
        cells=changed.cells,
        page=summary_page(summary, wording, listed(changed, wording)),
        replaces_page=True,
        stamp={
            "kind": KIND,
            "run": summary.run,
            "sheet": summary.sheet,
            "header_row": summary.header_row,
            "sha256": summary.file_sha256,
        },
    )


def _listed(result: RunResult, wording: Wording) -> Additions:
    """A sheet of its own: one line an invoice, for where there is no sheet to put it beside."""
    additions = _additions(result, wording, ChangedCells.of(None))
    lines = (
        Beside((*_list_texts(entry), *_beside(entry, wording).texts), TONES.get(entry.state, Tone.PLAIN))
        for entry in result.rows
    )
    columns = AddedColumns(
        _headings((*_LISTED, *_COLUMNS), wording),
        tuple(width for _, width in (*_LISTED, *_COLUMNS)),
        dict(enumerate(lines, start=2)),
    )
    return replace(additions, columns=columns, header_row=1)


def _list_texts(entry: RowResult) -> tuple[str, ...]:
    rows = ", ".join(str(row) for row in entry.rows)
    return rows, entry.invoice_number, entry.source_id, entry.currency, f"{entry.amount:f}"


def _headings(columns: Iterable[tuple[str, int]], wording: Wording) -> tuple[str, ...]:
    return tuple(wording.say(f"reports.results.column.{name}") for name, _ in columns)


def _beside(entry: RowResult, wording: Wording) -> Beside:
    decided = entry.decided_at
    texts = (
        wording.say(f"state.{entry.state}"),
        reason(entry, wording),
        entry.reason_raw,
        entry.invoice_id,
        entry.case_id,
        entry.batch_id,
        wording.write(decided.astimezone()) if decided else "",
    )
    return Beside(texts, TONES.get(entry.state, Tone.PLAIN))


def summary_page(summary: RunSummary, wording: Wording, changed: Sequence[Sequence[Shown]] = ()) -> Page:
    """The sheet that says what run this is, balances its books, and names what a person has changed."""
    lines = [
        (wording.say("reports.results.title"),),
        (),
        *((wording.say(code), text) for code, text in about_run(summary, wording)),
        (),
        *_balance(summary.books, wording),
        (),
        (
            wording.say(
                "reports.results.balanced" if summary.books.balanced else "reports.results.not_balanced"
            ),
        ),
        (wording.say("reports.results.reminder"),),
        *_rest(summary, wording),
    ]
    heading = next(place for place, line in enumerate(lines) if len(line) > 2)
    return Page(
        wording.say("reports.results.sheet"),
        (26, 40, 18, 18, 18),
        lambda: [*lines, *changed],
        bold=frozenset((0, heading)),
    )


def _rest(summary: RunSummary, wording: Wording) -> Iterator[tuple[Shown, ...]]:
    lines = tuple(the_rest(summary, wording))
    if lines:
        yield ()
        yield (wording.say("reports.rest.title"),)
        yield from lines


def _balance(books: Books, wording: Wording) -> Iterator[tuple[Shown, ...]]:
    currencies = sorted(books.amounts)
    heading = (wording.say("reports.results.state"), wording.say("reports.results.rows"), *currencies)
    yield (*heading, "") if len(heading) < 3 else heading
    for state in (RowState.LEFT_OUT, RowState.NOT_FIT, *READY_STATES):
        yield (
            wording.say(f"state.{state}"),
            books.by_state.get(state, 0),
            *(books.amount_by_state.get(currency, {}).get(state, Decimal(0)) for currency in currencies),
        )
    yield (
        wording.say("reports.results.all"),
        books.rows,
        *(books.amounts[currency] for currency in currencies),
    )
