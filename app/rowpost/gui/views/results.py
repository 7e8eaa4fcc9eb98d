"""The Results page as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.results import TONES, our_reason
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.recent import VERDICTS_FIRST, outcome
from rowpost.gui.words import Words
from rowpost.model.books import Books, RowState
from rowpost.model.results import RowResult, RunResult


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
    """One row in full; `facts` are label and value pairs."""

    title: str
    tone: Tone
    state: str
    ours: str
    theirs: str
    cure: str
    facts: tuple[tuple[str, str], ...]


def results_view(result: RunResult, words: Words) -> ResultsView:
    """Return what stands around the rows."""
    lines = {state: sum(line.state is state for line in result.rows) for state in VERDICTS_FIRST}
    chips: dict[RowState | None, str] = {None: words("results.all", count=len(result.rows))}
    chips.update({state: words(f"results.chip.{state}", count=lines[state]) for state in VERDICTS_FIRST})
    sentence = outcome(result.summary, words)
    return ResultsView(
        lines, chips, sentence, books_sentence(result.summary.books, words), _notices(result, words)
    )


def books_sentence(books: Books, words: Words) -> str:
    """Say that the books balance, or that they do not."""
    code = "results.balanced" if books.balanced else "results.unbalanced"
    return words(
        code,
        rows=books.rows,
        left_out=books.by_state.get(RowState.LEFT_OUT, 0),
        not_fit=books.by_state.get(RowState.NOT_FIT, 0),
        ready=books.ready,
    )


def _notices(result: RunResult, words: Words) -> tuple[NoticeView, ...]:
    by_state = result.summary.books.by_state
    bars = []
    open_rows = by_state.get(RowState.WAITING, 0) + by_state.get(RowState.NOT_KNOWN, 0)
    if open_rows:
        bars.append(
            NoticeView(
                Tone.CHECK,
                words("results.open_rows", count=open_rows),
                words("results.open_rows.cure"),
                (("resume", words("results.resume")),),
            )
        )
    if by_state.get(RowState.ACCEPTED):
        bars.append(NoticeView(Tone.INFO, words("results.reminder")))
    return tuple(bars)


def result_line(line: RowResult, words: Words) -> ResultLine:
    """Return one row in full: our sentence, theirs beside it, what to do."""
    rows = ", ".join(str(row) for row in line.rows)
    amount = f"{words.wording.write(line.amount)} {line.currency}" if line.currency else ""
    pairs = (
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
        TONES[line.state],
        words(f"row.{line.state}"),
        our_reason(line, words),
        line.reason_raw,
        words.part(line.code, "cure", {}) if line.code else "",
        tuple((words(f"results.fact.{name}"), value) for name, value in pairs if value),
    )
