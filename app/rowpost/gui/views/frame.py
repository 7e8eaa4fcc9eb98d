"""What stands around the page, as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import STEPS, Busy, State, Step, Work
from rowpost.gui.views.foot import FootView, foot_view
from rowpost.gui.views.history import open_rows
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.standing import standing
from rowpost.gui.views.targets import title
from rowpost.gui.words import Words
from rowpost.model.difference import Change
from rowpost.model.outside import Progress
from rowpost.model.targets import Environment, Target

_READ_AGAIN = ("sheets.being_written", "sheets.cut_off", "sheets.not_allowed", "sheets.not_readable")
_LOCKED = ("sheets.password_needed", "sheets.password_wrong")


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry: its word, whether it can be visited, is done, and what is missing if not."""

    step: Step
    word: str
    open: bool
    done: bool = False
    missing: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class BadgeView:
    """The target in words."""

    environment: Environment
    word: str
    organisation: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class FrameView:
    """All that stands around the page."""

    step: Step
    title: str
    subtitle: str
    badge: BadgeView
    rail: tuple[RailItem, ...]
    foot: FootView
    notices: tuple[NoticeView, ...] = ()


def frame_view(state: State, words: Words) -> FrameView:
    """Return what stands around the page."""
    return FrameView(
        state.step,
        words(f"step.{state.step}.title"),
        _subtitle(state, words),
        badge_view(_target_shown(state), words),
        rail_items(state, words),
        foot_view(state, words),
        _notices(state, words),
    )


def _subtitle(state: State, words: Words) -> str:
    """What the page is about: the workbook; on Results the run's own, when it was sent, and where to."""
    if state.step is Step.RESULTS and state.result is not None:
        run = state.result.summary
        at, place = words.wording.write(run.created_at.astimezone()), title(run.target, words)
        return words("results.about", file=run.file_name, at=at, target=place)
    reading = state.step is Step.OPEN and state.working(Work.READING)
    return state.opened.file_name if state.opened and state.step in STEPS and not reading else ""


def _target_shown(state: State) -> Target:
    """Where is sent to; where results stand, where those rows were sent to."""
    shows_run = state.step is Step.RESULTS and state.result is not None
    return state.result.summary.target if shows_run and state.result else state.target


def badge_view(target: Target, words: Words) -> BadgeView:
    """Return the target in words."""
    word = words(f"badge.{target.environment}")
    name = words("badge.name", word=word, target=title(target, words))
    return BadgeView(target.environment, word, target.organization_name, name)


def rail_items(state: State, words: Words) -> tuple[RailItem, ...]:
    """Return the entries of the rail: steps can be visited once what they need is there."""
    return tuple(
        RailItem(
            step,
            words(f"step.{step}"),
            not (missing := missing_for(step, state)),
            step in STEPS and _is_done(step, state),
            words(f"missing.{missing}") if missing else "",
            words(f"step.{step}.tip"),
        )
        for step in Step
    )


def missing_for(step: Step, state: State) -> str:
    """Return the name of what a step waits for, '' if it can be visited.

    Send can be, whatever else is there, while a run goes on or stands still there.
    """
    if step is Step.SEND and (state.hold is not None or state.working(Work.SENDING)):
        return ""
    if step in (Step.MAP, Step.REVIEW, Step.SEND) and state.opened is None:
        return "file"
    if step in (Step.REVIEW, Step.SEND) and state.assessment is None:
        return "check"
    if step is Step.RESULTS and state.result is None:
        return "sending" if state.working(Work.SENDING) else "run"
    return ""


def _is_done(step: Step, state: State) -> bool:
    sent = state.result is not None and not state.working(Work.SENDING)
    return {
        Step.OPEN: state.opened is not None,
        Step.MAP: state.assessment is not None,
        Step.REVIEW: state.assessment is not None and (sent or state.sent is state.assessment),
        Step.SEND: sent,
        Step.RESULTS: sent and state.result is not None and not open_rows(state.result.summary),
    }[step]


def _notices(state: State, words: Words) -> tuple[NoticeView, ...]:
    trouble = state.trouble
    bars = list(_said(state, words))
    if trouble is not None:
        cure = words.part(trouble.code, "cure", trouble.values)
        sentence = words.wording.say(trouble.code, trouble.values)
        if state.refused and state.refused not in sentence:
            sentence = f"{state.refused}: {sentence}"
        bars.append(NoticeView(Tone.MUST_FIX, sentence, cure, _ways_out(trouble.code, words)))
    if state.busy is not None and state.busy.work in (Work.SAVING, Work.COMPARING):
        bars.append(_under_way(state.busy, words))
    if state.cells is not None and state.cells.done:
        bars.append(_progress(state.cells, "cancel_cells", words))
    return (*bars, *_left(state, words), *standing(state, words), *_since(state, words))


def _said(state: State, words: Words) -> tuple[NoticeView, ...]:
    """A good deed; where it was a file, the way to it."""
    if not state.said:
        return ()
    tells_of_file = bool(state.saved) and state.saved in state.said
    ways = (("open_saved", words("files.open_saved")),) if tells_of_file else ()
    return (NoticeView(Tone.OK, state.said, actions=(*ways, ("dismiss", words("dismiss")))),)


def _left(state: State, words: Words) -> tuple[NoticeView, ...]:
    """Another workbook has taken the place of one with work in it: where that is, and the way back."""
    if not state.left or state.step is not Step.OPEN:
        return ()
    name = Path(state.left).name
    back = (f"open:{state.left}", words("open.left.back", file=name))
    return (
        NoticeView(Tone.INFO, words("open.left", file=name), actions=(back, ("dismiss", words("dismiss")))),
    )


def _since(state: State, words: Words) -> tuple[NoticeView, ...]:
    """Before sending: what differs from the last file of the same organisation."""
    since = state.past.since
    if since is None or state.step is not Step.SEND or state.busy is not None:
        return ()
    counts = since.counts
    if not (counts.get(Change.SAME) or counts.get(Change.CHANGED)):
        return ()  # another creditor's file, perhaps: a comparison says nothing
    day = words.wording.write(since.earlier.created_at.astimezone().date())
    named = {str(change): counts.get(change, 0) for change in (Change.NEW, Change.GONE, Change.CHANGED)}
    sentence = words("history.since", file=since.earlier.file_name, day=day, **named)
    return (NoticeView(Tone.INFO, sentence, actions=(("since", words("history.since.see")),)),)


def _under_way(busy: Busy, words: Words) -> NoticeView:
    """Say how far work is that can be stopped."""
    if busy.progress is not None:
        return _progress(busy.progress, "cancel", words)
    sentence = words("files.saving" if busy.work is Work.SAVING else "history.comparing")
    return NoticeView(Tone.INFO, sentence, actions=(("cancel", words("cancel")),))


def _progress(news: Progress, cancel: str, words: Words) -> NoticeView:
    sentence = words.wording.say(news.stage, {"done": news.done, "total": news.total})
    return NoticeView(Tone.INFO, sentence, actions=((cancel, words("cancel")),))


def _ways_out(code: str, words: Words) -> tuple[tuple[str, str], ...]:
    dismiss = ("dismiss", words("dismiss"))
    if code in _READ_AGAIN:
        return (("read_again", words("open.again")), dismiss)
    return (("password", words("open.password")), dismiss) if code in _LOCKED else (dismiss,)
