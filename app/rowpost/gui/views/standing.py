"""Runs that are not at their end, told wherever a person is, so that none is forgotten."""

from __future__ import annotations

from rowpost.gui.hold import Hold
from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.history import open_rows
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.model.results import RunStatus, RunSummary


def standing(state: State, words: Words) -> tuple[NoticeView, ...]:
    """Return the bar about a run that goes on elsewhere, stands still, or was left behind."""
    if state.step is Step.SEND and (state.hold is not None or state.busy is not None):
        return ()  # the page itself tells
    see = ("go:send", words("standing.see"))
    if state.working(Work.SENDING):
        return (NoticeView(Tone.INFO, words("standing.sending"), actions=(see,)),)
    if state.hold is not None:
        return () if _is_in_view(state.hold.run, state) else (_held(state.hold, see, words),)
    return _left_behind(state, words) if state.busy is None else ()


def _is_in_view(run: RunSummary, state: State) -> bool:
    """Whether Results shows the run, with its own button to go on."""
    return state.step is Step.RESULTS and state.result is not None and state.result.summary.run == run.run


def _held(hold: Hold, see: tuple[str, str], words: Words) -> NoticeView:
    cause = words.wording.say(hold.cause.code, hold.cause.values) if hold.cause else ""
    if hold.seconds:
        seconds = max(1, round(hold.seconds))
        said = words("standing.trying", file=hold.run.file_name, seconds=seconds)
    else:
        said = words("standing.held", file=hold.run.file_name)
    return NoticeView(Tone.CHECK, said, cause, (see,))


def _left_behind(state: State, words: Words) -> tuple[NoticeView, ...]:
    """An earlier run that waits: any, before a workbook is opened; then those that were to go on."""
    if state.step not in (Step.OPEN, Step.SEND):
        return ()
    for run in state.runs:
        if open_rows(run) and (state.opened is None or run.status is RunStatus.PAUSED):
            sentence = words("open.unfinished", count=open_rows(run), file=run.file_name)
            look = (f"run:{run.run}", words("open.unfinished.see"))
            return (NoticeView(Tone.CHECK, sentence, words("open.unfinished.cure"), (look,)),)
    return ()
