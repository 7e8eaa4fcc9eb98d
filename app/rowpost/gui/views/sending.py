"""The Send page as a value: what will happen, and how far it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State, Work
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.payload import leaf
from rowpost.gui.watch import PartState, Watch
from rowpost.gui.words import Words
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from rowpost.model.targets import Environment

_PART_TONES = {
    PartState.SENDING: Tone.INFO,
    PartState.SENT: Tone.INFO,
    PartState.DECIDED: Tone.OK,
    PartState.NOT_KNOWN: Tone.CHECK,
}
_DUE = "dueDate"


@dataclass(frozen=True, slots=True)
class Bar:
    """One honest bar: how many of how many."""

    name: str
    done: int
    total: int
    text: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part and how it is."""

    text: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class SendView:
    """What the page shows; `facts` are label and value pairs of the plan."""

    running: bool = False
    paused: bool = False
    stopping: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    staying: tuple[tuple[str, int], ...] = ()
    bars: tuple[Bar, ...] = ()
    parts: tuple[PartLine, ...] = ()
    waiting: str = ""
    notices: tuple[NoticeView, ...] = ()


def send_view(state: State, part_size: int, words: Words) -> SendView:
    """Return what the Send page shows."""
    running = state.working(Work.SENDING)
    watch = state.watch
    facts = plan_facts(state, part_size, words) if state.assessment else ()
    staying = staying_reasons(state.assessment, words) if state.assessment else ()
    if not running or watch is None:
        return SendView(facts=facts, staying=staying)
    stopping = state.busy is not None and state.busy.stopping
    return SendView(
        running=True,
        paused=state.paused,
        stopping=stopping,
        facts=facts,
        staying=staying,
        bars=_bars(watch, words),
        parts=_parts(watch, words),
        waiting=_waiting(state, watch, words),
        notices=_trouble(watch, words),
    )


def plan_facts(state: State, part_size: int, words: Words) -> tuple[tuple[str, str], ...]:
    """Say what will happen before anything leaves the machine."""
    assessment = state.assessment
    if assessment is None:
        return ()
    ready = assessment.ready
    parts = -(-len(ready) // part_size) if ready else 0
    dues = due_dates(assessment)
    target = words(f"target.{state.target.environment}")
    practice = state.target.environment is Environment.PRACTICE
    organisation = "" if practice else state.target.organization_name or state.target.organization_id
    pairs = [
        ("invoices", words.number(len(ready))),
        ("totals", words.money(ready_amounts(assessment))),
        ("debtors", words.number(len({invoice.debtor for invoice in ready}))),
        ("due", _span(dues, words)),
        ("target", target),
        ("organisation", organisation),
        ("parts", words("send.parts", count=parts, size=part_size)),
    ]
    return tuple((words(f"send.fact.{name}"), value) for name, value in pairs if value)


def ready_amounts(assessment: Assessment) -> dict[str, Decimal]:
    """Add up what is ready, per currency."""
    totals: dict[str, Decimal] = {}
    for invoice in assessment.ready:
        totals[invoice.currency] = totals.get(invoice.currency, Decimal(0)) + invoice.amount
    return totals


def due_dates(assessment: Assessment) -> tuple[date, date] | None:
    """Return the oldest and the newest due date of what is ready."""
    texts = (leaf(json.loads(invoice.payload), _DUE) for invoice in assessment.ready)
    found = sorted(date.fromisoformat(text[:10]) for text in texts if isinstance(text, str))
    return (found[0], found[-1]) if found else None


def _span(dues: tuple[date, date] | None, words: Words) -> str:
    if dues is None:
        return ""
    write = words.wording.write
    if dues[0] == dues[1]:
        return write(dues[0])
    return words("send.from_to", first=dues[0], last=dues[1])


def staying_reasons(assessment: Assessment, words: Words) -> tuple[tuple[str, int], ...]:
    """Return why rows stay and how many, the most frequent reason first."""
    counts: dict[str, int] = {}
    for staying in assessment.staying:
        not_fit = staying.state is RowState.NOT_FIT
        text = words("send.not_fit") if not_fit else words.wording.say(staying.code)
        counts[text] = counts.get(text, 0) + len(staying.rows)
    return tuple(sorted(counts.items(), key=lambda pair: -pair[1]))


def _bars(watch: Watch, words: Words) -> tuple[Bar, ...]:
    total = watch.total
    return tuple(
        Bar(words(f"send.bar.{name}"), done, total, words("send.of", done=done, total=total))
        for name, done in (("sent", watch.sent), ("received", watch.received), ("decided", watch.decided))
    )


def _parts(watch: Watch, words: Words) -> tuple[PartLine, ...]:
    return tuple(
        PartLine(
            words("send.part", number=part.number, count=part.invoices),
            words(f"part.{part.state}"),
            _PART_TONES[part.state],
        )
        for part in watch.parts
    )


def _waiting(state: State, watch: Watch, words: Words) -> str:
    if state.paused:
        return words("send.paused")
    if watch.wait is None:
        return ""
    return words.wording.say(watch.wait.code, seconds=round(watch.wait.seconds))


def _trouble(watch: Watch, words: Words) -> tuple[NoticeView, ...]:
    cause = watch.trouble
    if cause is None:
        return ()
    cure = words.part(cause.code, "cure", cause.values)
    return (NoticeView(Tone.CHECK, words.wording.say(cause.code, cause.values), cure),)
