"""The JSON documents of the command-line contract. Amounts are strings: JSON numbers lose cents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from rowpost.checks import Cause, group_by_cause
from rowpost.mapping import DEBTOR_TYPE
from rowpost.model.books import READY_STATES, Books, RowState
from rowpost.model.problems import Problem, Values
from rowpost.shown import habits_of
from rowpost.shown.quoted import as_seen
from rowpost.wording import Wording
from rowpost.wording.reasons import reason

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.results import RowResult, RunResult
    from rowpost.model.table import Table
    from rowpost.model.workbook import Opened

Document = dict[str, object]


def amount(value: Decimal) -> str:
    """Write an amount for a machine: a point, at least two decimals."""
    return f"{value:.2f}" if value == value.quantize(Decimal("0.01")) else format(value, "f")


def problem(found: Problem, wording: Wording) -> Document:
    """Describe one problem: its cell as Excel names it, the payload's path, our sentence."""
    return {**_place(found), "message": sentence(found, wording)}


def sentence(found: Problem, wording: Wording) -> str:
    """Say what is wrong; of what concerns the whole file, also which argument cures it."""
    said = wording.say(found.code, found.values)
    return said if found.row else f"{said} {cure(found, wording)}".rstrip()


def cure(found: Problem, wording: Wording) -> str:
    """Say which argument cures a problem for all rows, '' where none does."""
    code = _ARGUMENTS.get(found.code)
    if code == "cli.argument.country" and not found.values.get("iso"):
        return ""
    if found.code == "value.missing" and found.values.get("field") == DEBTOR_TYPE:
        code = "cli.argument.debtor_type"
    if found.values.get("key") in _ONE_FOR_ALL:
        code = "cli.argument.one_for_all"
    return wording.say(code, found.values) if code else ""


_ONE_FOR_ALL = frozenset({"invoiceType", "currency", "invoiceDate"})  # often the same in a whole file
_ARGUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "sheets.no_headings": "cli.argument.no_headings",
        "mapping.choose_column": "cli.argument.column",
        "mapping.no_column": "cli.argument.no_column",
        "date.ambiguous": "cli.argument.date_order",
        "amount.ambiguous": "cli.argument.number_style",
        "id.person_elsewhere": "cli.argument.country",
        "id.organization_elsewhere": "cli.argument.country",
    }
)


def _place(found: Problem) -> Document:
    place = found.where[0] if found.where else None
    return {
        "code": found.code,
        "severity": str(found.severity),
        "sheet": place.sheet if place else "",
        "row": place.row if place else None,
        "column": place.letters if place else "",
        "cell": place.a1 if place and place.column else "",
        "field": found.field,
        "value": str(found.values.get("value", "")),
        **_link(found.values),
    }


def _link(values: Values) -> Document:
    """The row or the run that a problem has to do with, where there is one."""
    run, row = values.get("run"), values.get("row") or values.get("other_row")
    if run:
        return {"other": {"run": run, "row": row, "file": values.get("file", "")}}
    return {"other": {"row": row}} if row else {}


def problems(found: Iterable[Problem], table: Table, wording: Wording) -> Iterator[Document]:
    """Describe many problems; cells with the same flaw share its values, whose sentence is made once.

    What a cell of `table` shows is quoted in the form of the language, as it stands in the window.
    """
    sentences: dict[tuple[str, int], tuple[Problem, str]] = {}
    habits = habits_of(wording.language)
    for one in found:
        seen = as_seen(one, table, habits)
        if seen is not one:
            yield {**_place(one), "message": sentence(seen, wording)}
            continue
        key = (one.code, id(one.values))  # the problem kept beside it keeps the id its own
        known = sentences.get(key)
        if known is None:
            known = sentences[key] = (one, sentence(one, wording))
        yield {**_place(one), "message": known[1]}


def check(
    opened: Opened, assessment: Assessment, wording: Wording, doubts: Sequence[Problem] = ()
) -> Document:
    """`check --json`; `doubts` are about the sheet's rows as such."""
    books, habits = assessment.books, habits_of(wording.language)
    return {
        "file": opened.file_name,
        "sheet": assessment.sheet,
        "header_row": assessment.header_row,
        "rows": books.rows,
        "invoices": assessment.invoices,
        "ready": books.ready,
        "not_fit": books.by_state.get(RowState.NOT_FIT, 0),
        "left_out": books.by_state.get(RowState.LEFT_OUT, 0),
        "totals": {code: amount(total) for code, total in books.ready_amounts.items()},
        "left_out_rows": [
            {"row": row.rows[0], "rows": list(row.rows), "code": row.code, "reason": wording.say(row.code)}
            for row in assessment.staying
            if row.state is RowState.LEFT_OUT
        ],
        "causes": [
            one_cause(replace(one, example=as_seen(one.example, opened.table, habits)), wording)
            for one in group_by_cause(chain(doubts, assessment.problems))
        ],
        "problems": list(problems(chain(doubts, assessment.problems), opened.table, wording)),
    }


def one_cause(found: Cause, wording: Wording) -> Document:
    """Describe one cause: how often, in how many rows (0: the whole file), and its first sentence."""
    title = f"{found.code}.title"
    return {
        "code": found.code,
        "severity": str(found.severity),
        "field": found.field,
        "title": wording.say(title) if wording.knows(title) else "",
        "count": found.count,
        "rows": found.rows if found.example.row else 0,
        "first_row": found.example.row or None,
        "example": wording.say(found.example.code, found.example.values),
        "cure": cure(found.example, wording),
    }


def run(result: RunResult, wording: Wording) -> Document:
    """`send --json` and `results --json`."""
    summary = result.summary
    books = summary.books
    return {
        "run": summary.run,
        "target": summary.target.name,
        "status": str(summary.status),
        "counts": counts(books),
        "totals": {currency: run_totals(currency, books) for currency in books.amounts},
        "rows": [row(entry, wording) for entry in result.rows],
    }


def counts(books: Books) -> dict[str, int]:
    """The books in workbook rows."""
    return {
        "rows": books.rows,
        **{str(state): books.by_state.get(state, 0) for state in (RowState.LEFT_OUT, RowState.NOT_FIT)},
        "ready": books.ready,
        **{str(state): books.by_state.get(state, 0) for state in READY_STATES},
    }


def run_totals(currency: str, books: Books) -> dict[str, str]:
    """The books of one currency in its major units."""
    states: Mapping[RowState, Decimal] = books.amount_by_state.get(currency, {})
    nothing = Decimal(0)
    ready = sum((states.get(state, nothing) for state in READY_STATES), nothing)
    return {
        "rows": amount(books.amounts[currency]),
        **{str(s): amount(states.get(s, nothing)) for s in (RowState.LEFT_OUT, RowState.NOT_FIT)},
        "ready": amount(ready),
        **{str(state): amount(states.get(state, nothing)) for state in READY_STATES},
    }


def row(entry: RowResult, wording: Wording) -> Document:
    """One invoice of a run, or one row that made none."""
    return {
        "row": entry.rows[0] if entry.rows else None,
        "rows": list(entry.rows),
        "invoice_number": entry.invoice_number,
        "source_id": entry.source_id,
        "state": str(entry.state),
        "batch_id": entry.batch_id,
        "invoice_id": entry.invoice_id,
        "case_id": entry.case_id,
        "code": entry.code,
        "reason": reason(entry, wording),
        "reason_raw": entry.reason_raw,
    }
