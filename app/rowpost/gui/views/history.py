"""The History page as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rowpost.gui.look.tokens import Tone
from rowpost.gui.past import Past
from rowpost.gui.table.results import TONES
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.recent import VERDICTS_FIRST, outcome
from rowpost.gui.views.results import ResultLine, result_line
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.difference import AtAgency, Change, Difference
from rowpost.model.history import Hit, Personal
from rowpost.model.problems import Values
from rowpost.model.results import RunSummary

Shares = tuple[tuple[int, Tone], ...]


@dataclass(frozen=True, slots=True)
class RunView:
    """One run in full; `facts` are label and value pairs."""

    run: str
    title: str
    status: str
    tone: Tone
    shares: Shares
    outcome: str
    facts: tuple[tuple[str, str], ...]
    go_on: str  # what going on with it is called; '' where nothing is open
    may_forget: bool
    may_follow: bool = False  # whether the agency holds invoices of it
    follows: str = ""
    followed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What stands around a difference."""

    title: str
    counts: str
    may_ask: bool
    notices: tuple[NoticeView, ...]


def list_sentence(past: Past, runs: Sequence[RunSummary], words: Words) -> str:
    """Say how much is listed, or how much was found."""
    found = past.found
    if found is None:
        return words("history.count", count=len(runs))
    if found.hits:
        if found.more:
            return words("history.found_more", count=len(found.hits))
        return words("history.found_rows", count=len(found.hits))
    return words("history.found_runs", count=len(found.runs)) if found.runs else ""


def listed(past: Past, runs: Sequence[RunSummary]) -> Sequence[RunSummary]:
    """Return the runs to list: all, or those that a search found."""
    return runs if past.found is None else past.found.runs


def shares_of(run: RunSummary) -> Shares:
    """Return the verdicts of a run, each with the meaning of its colour."""
    return tuple((run.books.by_state.get(state, 0), TONES[state]) for state in VERDICTS_FIRST)


def open_rows(run: RunSummary) -> int:
    """Count what is not decided."""
    return sum(run.books.by_state.get(state, 0) for state in (RowState.WAITING, RowState.NOT_KNOWN))


def run_view(run: RunSummary, words: Words, *, under_way: bool = False) -> RunView:
    """Return one run in full; one that is being sent can neither be gone on with nor forgotten."""
    write = words.wording.write
    amounts = {
        currency: by_state[RowState.ACCEPTED]
        for currency, by_state in run.books.amount_by_state.items()
        if by_state.get(RowState.ACCEPTED)
    }
    forgotten = write(run.forgotten_at.astimezone().date()) if run.forgotten_at else ""
    pairs = (
        ("run", run.run),
        ("when", write(run.created_at.astimezone())),
        ("by_whom", run.by_whom),
        ("target", words(f"target.{run.target.environment}")),
        ("organization", run.target.organization_name),
        ("sheet", run.sheet),
        ("rows", write(run.books.rows)),
        ("accepted", words.money(amounts)),
        ("forgotten", forgotten),
    )
    open_ = open_rows(run)
    return RunView(
        run.run,
        run.file_name,
        words("history.being_sent") if under_way else words(f"status.{run.status}"),
        Tone.INFO if under_way else Tone.CHECK if open_ else Tone.OK,
        shares_of(run),
        outcome(run, words),
        tuple((words(f"history.fact.{name}"), value) for name, value in pairs if value),
        "" if under_way else _go_on(run, words),
        run.forgotten_at is None and not under_way,
        bool(run.books.by_state.get(RowState.ACCEPTED)),
        run.follows,
        run.followed_by,
    )


def _go_on(run: RunSummary, words: Words) -> str:
    if run.books.by_state.get(RowState.WAITING):
        return words("history.do.go_on")
    return words("history.do.check_again") if open_rows(run) else ""


def hit_line(hit: Hit, words: Words) -> ResultLine:
    """Return a row that was found in full, with when, from which file and by whom it was sent."""
    line = result_line(hit.row, words)
    pairs = (
        ("when", words.wording.write(hit.created_at.astimezone())),
        ("file", hit.file_name),
        ("by_whom", hit.by_whom),
        ("run", hit.run),
        ("forgotten", words("history.yes") if hit.forgotten else ""),
    )
    facts = tuple((words(f"history.fact.{name}"), value) for name, value in pairs if value)
    return replace(line, facts=(*facts, *line.facts), decisions=())


def notices(past: Past, words: Words, days: int) -> tuple[NoticeView, ...]:
    """Return what is asked, and what was forgotten at the start."""
    bars = []
    if past.shown_as_of is not None and past.difference is None:
        when = words.wording.write(past.shown_as_of.astimezone())
        again = (("look_again", words("history.look_again")),)
        bars.append(NoticeView(Tone.INFO, words("history.as_of", when=when), actions=again))
    if past.forgetting is not None:
        bars.append(_question(past.forgetting, words))
    if past.forgotten:
        bars.append(NoticeView(Tone.INFO, words("history.forgotten", count=past.forgotten, days=days)))
    return tuple(bars)


def _question(personal: Personal, words: Words) -> NoticeView:
    """Ask whether personal data may go; where it is needed, say so instead."""
    keep = ("keep", words("history.keep"))
    if personal.unsettled:
        values: Values = {"run": personal.run, "count": personal.unsettled}
        say = words.wording.say
        cure = say("ledger.run_is_open.cure", values)
        return NoticeView(Tone.CHECK, say("ledger.run_is_open", values), cure, (("keep", words("dismiss")),))
    what = words("history.forget_what", count=personal.invoices)
    ask = words("history.forget_ask", run=personal.run)
    if personal.waiting:
        ask = words.wording.say("cli.forget.waiting", count=personal.waiting)
    tone = Tone.MUST_FIX if personal.waiting else Tone.CHECK
    return NoticeView(tone, ask, what, (("forget", words("history.forget_now")), keep))


def difference_view(difference: Difference, words: Words) -> DifferenceView:
    """Return what stands around a difference."""
    say, earlier = words.wording.say, difference.earlier
    when = words.wording.write(earlier.created_at.astimezone())
    values = {"file": difference.file_name, "earlier": earlier.file_name, "when": when, "run": earlier.run}
    unknown = sum(
        line.change is Change.GONE and line.at_agency is AtAgency.NOT_KNOWN for line in difference.lines
    )
    return DifferenceView(
        say("diff.compared", values),
        counts_sentence(difference, words),
        unknown > 0,
        tuple(_difference_bars(difference, unknown, words)),
    )


def counts_sentence(difference: Difference, words: Words) -> str:
    """Say how many invoices are new, gone, changed."""
    counts = difference.counts
    return words.wording.say("diff.counts", {str(change): counts.get(change, 0) for change in Change})


def _difference_bars(difference: Difference, unknown: int, words: Words) -> Sequence[NoticeView]:
    say, bars = words.wording.say, []
    if difference.still_open:
        about = say("diff.about.open", count=len(difference.still_open))
        bars.append(NoticeView(Tone.CHECK, about, say("diff.advice")))
    if unknown:
        cause = difference.cause
        why = say(cause.code, cause.values) if cause else ""
        bars.append(NoticeView(Tone.INFO, say("diff.unknown", count=unknown), why))
    if unclear := [line for line in difference.lines if line.change is Change.UNCLEAR]:
        reasons = dict.fromkeys(say(line.code) for line in unclear if line.code)
        about = say("diff.about.unclear", count=len(unclear))
        bars.append(NoticeView(Tone.INFO, about, " ".join(reasons)))
    if difference.lines and not any(
        line.change in (Change.SAME, Change.CHANGED, Change.UNCLEAR) for line in difference.lines
    ):
        bars.append(NoticeView(Tone.CHECK, say("diff.nothing_in_common")))
    return bars
