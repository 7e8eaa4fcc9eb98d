"""The Send page as a value: what will happen, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rowpost.gui.hold import Hold
from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State, Work
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.intake.outline import outline
from rowpost.model.answers import Cause
from rowpost.model.assessment import Assessment, Outline
from rowpost.model.books import Books, RowState
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy
from rowpost.session.watching import WRITING, Part, PartState, Wait, Watch

_FIRST_PACE = 3.0  # seconds: before that a rate is a guess
_LONG = 90.0  # seconds, from which on minutes say more
_PART_SECONDS = 2.0  # what a part takes at the agency as a rule, until there is a rate
_MOST_BARS = 3
_ASKING, _NETWORK = "wait.agency", "network."
_IN_MINUTES = {_ASKING: "wait.agency.minutes", "wait.leave": "wait.leave.minutes"}
_PART_TONES = {
    PartState.WAITING: Tone.INFO,
    PartState.SENDING: Tone.INFO,
    PartState.SENT: Tone.INFO,
    PartState.DECIDED: Tone.OK,
    PartState.NOT_KNOWN: Tone.CHECK,
}


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
    held: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen, as label and value pairs, and why rows stay."""

    facts: tuple[tuple[str, str], ...] = ()
    staying: tuple[tuple[str, int], ...] = ()


def send_view(state: State, plan: Plan, words: Words) -> SendView:
    """Return what the Send page shows; `plan` is that of the state's assessment."""
    watch = state.watch
    held = state.hold is not None
    if not (held or state.working(Work.SENDING)) or watch is None:
        return SendView(facts=plan.facts, staying=plan.staying)
    stopping = state.busy is not None and state.busy.stopping
    return SendView(
        running=True,
        paused=state.paused,
        stopping=stopping,
        facts=plan.facts,
        staying=plan.staying,
        bars=_bars(replace(watch, seconds=0) if held or watch.trouble else watch, words),
        parts=_parts(watch, words),
        waiting="" if held else _waiting(state, watch, words),
        notices=_hold(state.hold, words) if state.hold else _trouble(watch, words),
        held=held,
    )


def plan_of(assessment: Assessment, target: Target, part_size: int, words: Words) -> Plan:
    """Say what will happen before anything leaves the machine."""
    about = outline(assessment)
    return Plan(_facts(assessment, about, target, part_size, words), _staying(assessment.books, about, words))


def _facts(
    assessment: Assessment, about: Outline, target: Target, part_size: int, words: Words
) -> tuple[tuple[str, str], ...]:
    count = len(assessment.ready)
    parts = -(-count // part_size)
    practice = target.environment is Environment.PRACTICE
    pairs = [
        ("invoices", words.number(count)),
        ("totals", words.money(assessment.books.ready_amounts)),
        ("debtors", words.number(about.debtors)),
        ("due", _span(about.due, words)),
        ("target", words(f"target.{target.environment}")),
        ("organisation", "" if practice else target.organization_name or target.organization_id),
        ("parts", words("send.parts", count=parts, size=part_size)),
        ("time", _expected(parts, words, practice=practice)),
    ]
    return tuple((words(f"send.fact.{name}"), value) for name, value in pairs if value)


def _expected(parts: int, words: Words, *, practice: bool) -> str:
    """Say how long it takes as a rule; nobody knows before the first part is decided."""
    seconds = parts * _PART_SECONDS
    if seconds < _LONG:
        return words("send.expect_short.practice" if practice else "send.expect_short")
    return words("send.expect.practice" if practice else "send.expect", count=round(seconds / 60))


def _staying(books: Books, about: Outline, words: Words) -> tuple[tuple[str, int], ...]:
    """Why rows stay and how many, the most frequent reason first."""
    counts = {words("send.not_fit"): books.by_state.get(RowState.NOT_FIT, 0)}
    for code, rows in about.left_out.items():
        text = words.wording.say(code)
        counts[text] = counts.get(text, 0) + rows
    return tuple(sorted(((text, rows) for text, rows in counts.items() if rows), key=lambda pair: -pair[1]))


def _span(dues: tuple[date, date] | None, words: Words) -> str:
    if dues is None:
        return ""
    write = words.wording.write
    if dues[0] == dues[1]:
        return write(dues[0])
    return words("send.from_to", first=dues[0], last=dues[1])


def _bars(watch: Watch, words: Words) -> tuple[Bar, ...]:
    total = watch.total
    return tuple(
        Bar(words(f"send.bar.{name}"), done, total, _progress(done, before, watch, words))
        for name, done, before in zip(
            ("sent", "received", "decided"),
            (watch.sent, watch.received, watch.decided),
            watch.before,
            strict=True,
        )
    )


def _progress(done: int, before: int, watch: Watch, words: Words) -> str:
    """Say how far it is; after some seconds also how fast, and how long the rest takes at that rate.

    While a part is not known, nobody knows how long the rest takes.
    """
    said = words("send.of", done=done, total=watch.total)
    here = done - before
    if watch.seconds < _FIRST_PACE or here <= 0 or done >= watch.total or _unknown(watch):
        return said
    rate = round(here * 60 / watch.seconds)
    left = (watch.total - done) * watch.seconds / here
    word = "send.left_seconds" if left < _LONG else "send.left_minutes"
    rest = words(word, count=max(1, round(left if left < _LONG else left / 60)))
    return words("send.pace", said=said, rate=rate, rest=rest)


def _hold(hold: Hold, words: Words) -> tuple[NoticeView, ...]:
    """Say why a run has paused, and what brings it on."""
    see, go_on = (f"run:{hold.run.run}", words("send.see_results")), ("go_on_held", words("send.go_on"))
    cause = hold.cause
    if cause is None:
        return (NoticeView(Tone.INFO, words("send.paused"), actions=(go_on, see)),)
    sentence = words.wording.say(cause.code, cause.values)
    if cause.remedy is Remedy.SIGN_IN:
        again = ("sign_in_again", words("send.sign_in_again"))
        return (NoticeView(Tone.MUST_FIX, sentence, words("send.paused"), (again, see)),)
    if not hold.seconds:
        cure = words.part(cause.code, "cure", cause.values)
        return (NoticeView(Tone.CHECK, sentence, cure, (go_on, see)),)
    waiting = words("send.trying_again", seconds=max(1, round(hold.seconds)))
    return (NoticeView(Tone.CHECK, waiting, sentence, (("go_on_held", words("send.try_now")), see)),)


def _parts(watch: Watch, words: Words) -> tuple[PartLine, ...]:
    """The parts that a person wants to see, below one line about all others."""
    lines = tuple(_part(part, words) for part in watch.parts)
    return (_earlier(watch, words), *lines) if watch.earlier else lines


def _part(part: Part, words: Words) -> PartLine:
    text = words("send.part", number=part.number, count=part.invoices)
    return PartLine(text, words(f"part.{part.state}"), _PART_TONES[part.state])


def _earlier(watch: Watch, words: Words) -> PartLine:
    text = words("send.earlier_parts", count=watch.earlier)
    if watch.earlier_open:
        return PartLine(text, words("send.earlier_open", count=watch.earlier_open), Tone.INFO)
    return PartLine(text, words("part.decided"), Tone.OK)


def _waiting(state: State, watch: Watch, words: Words) -> str:
    if state.paused:
        return words("send.paused")
    if watch.wait is None or (watch.trouble is not None and not _unknown(watch)):
        return ""  # the bar says it
    if watch.wait.code == WRITING:
        return words.wording.say(WRITING, done=watch.written, total=watch.total)
    return _countdown(watch.wait, words)


def _countdown(wait: Wait, words: Words) -> str:
    """Say what is waited for; once the wait is over, that it is being asked."""
    seconds = round(wait.seconds)
    if not seconds and wait.code == _ASKING:
        return words("send.asking")
    if seconds >= _LONG and wait.code in _IN_MINUTES:
        return words.wording.say(_IN_MINUTES[wait.code], count=round(seconds / 60))
    return words.wording.say(wait.code, seconds=seconds)


def _unknown(watch: Watch) -> list[Part]:
    return [part for part in watch.parts if part.state is PartState.NOT_KNOWN]


def _trouble(watch: Watch, words: Words) -> tuple[NoticeView, ...]:
    now = (("ask_now", words("send.ask_now")),) if watch.wait and watch.wait.code == _ASKING else ()
    cure = words("send.unknown_part.cure")
    bars = [
        NoticeView(Tone.CHECK, words("send.unknown_part", number=part.number), cure, () if at else now)
        for at, part in enumerate(_unknown(watch))
    ]
    cause = watch.trouble
    if cause is not None and not (bars and cause.code.startswith(_NETWORK)):
        bars.append(_passing(cause, watch.wait, words, () if bars else now))
    return tuple(bars[:_MOST_BARS])


def _passing(cause: Cause, wait: Wait | None, words: Words, now: tuple[tuple[str, str], ...]) -> NoticeView:
    """Say what is in the way of a run that tries again by itself, and when it does."""
    sentence = words.wording.say(cause.code, cause.values)
    if wait is None:
        return NoticeView(Tone.CHECK, sentence, words("send.goes_on"))
    if wait.code != _ASKING:
        return NoticeView(Tone.CHECK, _countdown(wait, words), words("send.goes_on"))
    seconds = round(wait.seconds)
    cure = words("send.tries", seconds=seconds) if seconds else words("send.tries_now")
    return NoticeView(Tone.CHECK, sentence, cure, now)
