"""The Follow-up page as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rowpost.followup import has_changed, standing, status_of
from rowpost.followup.telling import age_sentence, change_sentence, standing_word, total_sentence
from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.followup import FollowLine, FollowUp, Standing, Sums
from rowpost.model.results import RunSummary

CHANGED = "changed"
Chip = Standing | str | None  # None: all; CHANGED: those that changed
CHIPS: tuple[Chip, ...] = (None, CHANGED, *Standing)


@dataclass(frozen=True, slots=True)
class FollowView:
    """What stands around the invoices; a chip without invoices is not there, but "all" always is."""

    chips: Mapping[Chip, str]
    statuses: tuple[tuple[str, str], ...]  # the agency's own words, each with how it is offered
    totals: tuple[str, ...]
    notices: tuple[NoticeView, ...]


def follow_view(follow: FollowUp, sums: Sums, words: Words) -> FollowView:
    """Return what stands around the invoices."""
    changed = sum(sums.changes.values())
    chips: dict[Chip, str] = {None: words("follow.all", count=len(follow.lines))}
    if changed:
        chips[CHANGED] = words("follow.chip_changed", count=changed)
    for kind in Standing:
        if count := sums.standings.get(kind):
            name = standing_word(kind, words.wording)
            chips[kind] = words("follow.chip", name=name, count=count)
    return FollowView(chips, _statuses(sums, words), _totals(sums, words), _notices(follow, sums, words))


def _statuses(sums: Sums, words: Words) -> tuple[tuple[str, str], ...]:
    counts = sorted(sums.statuses.items(), key=lambda pair: -pair[1])
    offered = [(status, f"{status} ({words.number(count)})") for status, count in counts]
    return (("", words("follow.any_status")), *offered)


def _totals(sums: Sums, words: Words) -> tuple[str, ...]:
    sentences: list[str] = []
    for currency, total in sums.totals.items():
        sentences.append(total_sentence(currency, total, words.wording))
        if total.by_age:
            sentences.append(age_sentence(currency, total, words.wording))
    return tuple(sentences)


def _notices(follow: FollowUp, sums: Sums, words: Words) -> tuple[NoticeView, ...]:
    bars = []
    if changed := change_sentence(sums, words.wording):
        bars.append(NoticeView(Tone.INFO, changed))
    for cause in sums.causes:
        sentence = words.wording.say(cause.code, cause.values)
        bars.append(NoticeView(Tone.MUST_FIX, sentence, words.part(cause.code, "cure", cause.values)))
    for remark in follow.remarks:
        reason = words.wording.say(remark.code, remark.values)
        bars.append(NoticeView(Tone.CHECK, words.wording.say("followup.remark", {"reason": reason})))
    if not follow.whole and not sums.causes:
        bars.append(NoticeView(Tone.CHECK, words("follow.not_whole")))
    return tuple(bars)


def fits(line: FollowLine, chip: Chip, status: str) -> bool:
    """Whether a chip and a status let a line through."""
    if status and status_of(line) != status:
        return False
    if chip is None:
        return True
    return has_changed(line) if chip == CHANGED else standing(line) is chip


def runs_offered(state: State, words: Words) -> tuple[tuple[str, str], ...]:
    """The runs to choose from, those first that sent something last, each with how it is called."""
    return tuple((run.run, _run(run, words)) for run in state.runs)


def open_runs(state: State, words: Words) -> tuple[tuple[str, str], ...]:
    """The runs that a batch can be tied to: with rows that wait or whose outcome is not known."""
    unsettled = (RowState.WAITING, RowState.NOT_KNOWN)
    return tuple(
        (run.run, _run(run, words))
        for run in state.runs
        if any(run.books.by_state.get(one) for one in unsettled)
    )


def _run(run: RunSummary, words: Words) -> str:
    day = words.wording.write(run.created_at.astimezone())
    place = words(f"badge.{run.target.environment}")
    return words("follow.run", file=run.file_name, day=day, run=run.run, place=place)
