"""The Results page as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.blocks import to_text
from rowpost.gui.table.results import TONES, ResultsGrid, our_reason, state_word, waiting_or
from rowpost.gui.views.concerned import field_concerned
from rowpost.gui.views.deciding import decisions
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.recent import VERDICTS_FIRST, told
from rowpost.gui.words import Words
from rowpost.model.books import Books, RowState
from rowpost.model.results import RowResult, RunResult, RunSummary


@dataclass(frozen=True, slots=True)
class ResultsView:
    """What stands around the rows; `None` among the chips is "all"."""

    counts: Mapping[RowState, int]
    chips: Mapping[RowState | None, str]
    sentence: str
    books: str
    notices: tuple[NoticeView, ...]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row in full; `facts` are label and value pairs, `decisions` pairs of an action and a word."""

    title: str
    tone: Tone
    state: str
    ours: str
    theirs: str
    cure: str
    facts: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str], ...] = ()


def results_view(result: RunResult, words: Words) -> ResultsView:
    """Return what stands around the rows."""
    lines = line_counts(result)
    chips: dict[RowState | None, str] = {None: words("results.all", count=len(result.rows))}
    chips.update({state: words(f"results.chip.{state}", count=lines[state]) for state in VERDICTS_FIRST})
    sentence = told(lines, words)
    return ResultsView(
        lines, chips, sentence, books_sentence(result.summary.books, words), _notices(result, words)
    )


def line_counts(result: RunResult) -> dict[RowState, int]:
    """Count the lines of the table by verdict: an invoice of three rows is one line."""
    return {state: len(result.places.by_state.get(state, ())) for state in VERDICTS_FIRST}


def books_sentence(books: Books, words: Words) -> str:
    """Say that the books balance, or that they do not."""
    code = "results.balanced" if books.balanced else "results.unbalanced"
    return words(
        code,
        rows=books.rows,
        left_out=books.by_state.get(RowState.LEFT_OUT, 0),
        not_fit=books.by_state.get(RowState.NOT_FIT, 0),
        accepted=books.by_state.get(RowState.ACCEPTED, 0),
        rejected=books.by_state.get(RowState.REJECTED, 0),
        open=sum(books.by_state.get(state, 0) for state in (RowState.WAITING, RowState.NOT_KNOWN)),
    )


def _notices(result: RunResult, words: Words) -> tuple[NoticeView, ...]:
    by_state = result.summary.books.by_state
    bars = []
    waiting, unknown = by_state.get(RowState.WAITING, 0), by_state.get(RowState.NOT_KNOWN, 0)
    if waiting or unknown:
        code = "results.open_rows" if unknown else "results.waiting_rows"
        resume = (("resume", words("results.resume")),)
        said = words(code, count=waiting + unknown)
        bars.append(NoticeView(Tone.CHECK, said, words(f"{code}.cure"), resume))
    bars += _links(result.summary, words)
    if by_state.get(RowState.ACCEPTED):
        see = (f"follow:{result.summary.run}", words("follow.see"))
        bars.append(NoticeView(Tone.INFO, words("results.reminder"), actions=(see,)))
    return tuple(bars)


def _links(summary: RunSummary, words: Words) -> list[NoticeView]:
    """Where these rows were sent before, and where they were sent again."""
    bars = []
    if summary.follows:
        see = (f"run:{summary.follows}", words("results.see_run"))
        bars.append(NoticeView(Tone.INFO, words("results.follows", run=summary.follows), actions=(see,)))
    for run in summary.followed_by:
        see = (f"run:{run}", words("results.see_run"))
        bars.append(NoticeView(Tone.INFO, words("results.followed", run=run), actions=(see,)))
    return bars


def sendable_again(result: RunResult) -> int:
    """How many invoices of a run can be fixed and sent again."""
    return len(result.places.again)


def result_line(line: RowResult, words: Words) -> ResultLine:
    """Return one row in full: our sentence, theirs beside it, what to do."""
    rows = ", ".join(str(row) for row in line.rows)
    amount = words.amount(line.amount, line.currency) if line.currency else ""
    field = field_concerned(line.reason_raw, words.catalog) if line.reason_raw else None
    pairs = (
        ("debtor", line.debtor),
        ("person", _persons_word(line, words)),
        ("field", words.label(field) if field else ""),
        ("rows", rows),
        ("amount", amount),
        ("case", line.case_id),
        ("invoice_id", line.invoice_id),
        ("batch", line.batch_id),
        ("source_id", line.source_id),
    )
    return ResultLine(
        words("results.invoice", number=line.invoice_number)
        if line.invoice_number
        else words("review.row", row=line.rows[0]),
        TONES[waiting_or(line)],
        state_word(line, words),
        our_reason(line, words),
        line.reason_raw,
        words.part(line.code, "cure", {}) if line.code else "",
        tuple((words(f"results.fact.{name}"), value) for name, value in pairs if value),
        decisions(line, words),
    )


def _persons_word(line: RowResult, words: Words) -> str:
    person = line.person
    if person is None:
        return ""
    at = words.wording.write(person.at.astimezone())
    return words("results.person", who=person.who, at=at, reason=person.reason)


_COPIED = (
    "reports.results.column.row",
    "reports.results.column.number",
    "gui.results.column.debtor",
    "reports.results.column.amount",
    "reports.results.column.currency",
    "reports.results.column.state",
    "reports.results.column.reason",
    "reports.results.column.raw",
    "reports.results.column.invoice",
    "reports.results.column.case",
    "reports.results.column.batch",
)


def places_in(result: RunResult, state: RowState | None) -> Sequence[int]:
    """The places of a group of rows (None: all)."""
    return range(len(result.rows)) if state is None else result.places.by_state.get(state, ())


def of_group(result: RunResult, state: RowState | None) -> Iterator[RowResult]:
    """The rows of a group."""
    return map(result.rows.__getitem__, places_in(result, state))


def table_text(result: RunResult, state: RowState | None, words: Words) -> str:
    """Return the rows of a group as text for the clipboard, with headings."""
    lines = (
        [
            ", ".join(map(str, line.rows)),
            line.invoice_number,
            line.debtor,
            words.wording.write(line.amount) if line.currency else "",
            line.currency,
            state_word(line, words),
            our_reason(line, words),
            line.reason_raw,
            line.invoice_id,
            line.case_id,
            line.batch_id,
        ]
        for line in of_group(result, state)
    )
    heading = [words.wording.say(code) for code in _COPIED]
    return to_text([heading, *([_as_text(text) for text in line] for line in lines)])


def cells_text(grid: ResultsGrid, rows: Iterable[int], columns: Sequence[int]) -> str:
    """Return some cells as text for the clipboard, as they are shown."""
    return to_text([[_as_text(grid.face(row, column).text) for column in columns] for row in rows])


def _as_text(text: str) -> str:
    """Strings stay strings: what looks like a formula is marked as a text, as Excel itself does it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
