"""The bottom bar as a value: one sentence with numbers, one primary button."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.follow_state import FollowTab
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.asked import asked_sentence
from rowpost.gui.views.history import open_rows
from rowpost.gui.views.open import data_rows
from rowpost.gui.views.recent import told
from rowpost.gui.views.results import line_counts, sendable_again
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.results import RunSummary


@dataclass(frozen=True, slots=True)
class FootView:
    """What the bar shows; '' hides a button. `action` is the name of what the primary button does."""

    sentence: str = ""
    action: str = ""
    word: str = ""
    enabled: bool = True
    back: str = ""
    second_action: str = ""
    second_word: str = ""


def foot_view(state: State, words: Words) -> FootView:
    """Return the bar for the current step."""
    makers = {
        Step.OPEN: _open,
        Step.MAP: _map,
        Step.REVIEW: _review,
        Step.SEND: _send,
        Step.RESULTS: _results,
        Step.FOLLOW: _follow,
    }
    maker = makers.get(state.step)
    return maker(state, words) if maker else FootView()


def _open(state: State, words: Words) -> FootView:
    if state.opened is None or state.working(Work.READING):
        return FootView()
    rows = data_rows(state.opened)
    code = "foot.open" if rows else "foot.open_empty"
    sentence = words(code, count=rows, sheet=state.opened.table.sheet)
    return FootView(sentence, "go:map", words("foot.open.next"), enabled=rows > 0)


def _map(state: State, words: Words) -> FootView:
    mapping = state.mapping
    if mapping is None or state.opened is None:
        return FootView(back="go:open")
    if state.working(Work.CHECKING) and state.busy is not None:
        progress = state.busy.progress
        sentence = words("foot.checking", count=progress.done if progress else 0)
        return FootView(sentence, "", "", back="go:open", second_action="cancel", second_word=words("cancel"))
    missing = mapping.missing(words.catalog)
    sentence = words("foot.map", count=len(mapping.rules))
    from rowpost.gui.views.mapping import to_look_at  # the first window does without it

    if waiting := to_look_at(state, words):
        sentence = f"{sentence} {words('foot.map_waiting', count=waiting)}"
    if missing:
        labels = ", ".join(words.label(field) for field in missing)
        sentence = words("foot.map_missing", count=len(missing), fields=labels)
    return FootView(sentence, "check", words("foot.map.next"), enabled=not missing, back="go:open")


def _review(state: State, words: Words) -> FootView:
    assessment = state.assessment
    if assessment is None:
        return FootView(back="go:map")
    if assessment is state.sent:
        return _handed_over(state, words)
    return FootView(
        ready_sentence(state, words),
        "go:send",
        words("foot.review.next"),
        enabled=bool(assessment.ready),
        back="go:map",
    )


def _handed_over(state: State, words: Words) -> FootView:
    """Review of rows that are in a run: which can be sent is not known before they are judged anew."""
    if state.working(Work.CHECKING) and state.busy is not None:
        progress = state.busy.progress
        return FootView(words("foot.checking", count=progress.done if progress else 0), back="go:map")
    if state.working(Work.SENDING) or state.hold is not None:
        word = "send.paused" if state.hold is not None else "foot.sending"
        return FootView(words(word), "go:send", words("foot.review.next"), back="go:map")
    return FootView(words("foot.sent"), "check", words("foot.map.next"), back="go:map")


def ready_sentence(state: State, words: Words) -> str:
    """Say how many invoices can be sent, how many rows stay, and what it comes to."""
    assessment = state.assessment
    if assessment is None:
        return ""
    staying = assessment.books.by_state
    stay = staying.get(RowState.LEFT_OUT, 0) + staying.get(RowState.NOT_FIT, 0)
    amounts = {
        currency: by_state[RowState.WAITING]
        for currency, by_state in assessment.books.amount_by_state.items()
        if by_state.get(RowState.WAITING)
    }
    return " ".join(
        part
        for part in (
            words("foot.ready", count=len(assessment.ready)),
            words("foot.staying", count=stay) if stay else "",
            words.money(amounts),
        )
        if part
    )


def _send(state: State, words: Words) -> FootView:
    if state.working(Work.SENDING) and state.busy is not None:
        word = "foot.stopping" if state.busy.stopping else "send.paused" if state.paused else "foot.sending"
        return FootView(
            words(word),
            second_action="" if state.busy.stopping else "stop_after_part",
            second_word=words("send.stop"),
        )
    if state.hold is not None:
        return FootView(
            words("send.paused"),
            "go_on_held",
            words("send.go_on"),
            second_action=f"run:{state.hold.run.run}",
            second_word=words("send.see_results"),
        )
    count = state.sendable
    if state.assessment is not None and state.assessment is state.sent and state.result is not None:
        return FootView(words("foot.sent"), "go:results", words("foot.sent.next"), back="go:review")
    return FootView(
        ready_sentence(state, words),
        "confirm_send",
        words("foot.send.next", count=_judged_again(state) or count),
        enabled=count > 0,
        back="go:review",
    )


def _judged_again(state: State) -> int:
    """Return how many will be ready, as far as it is known while all rows are judged once more."""
    unsure = state.provisional or state.cells is not None
    return len(state.assessment.ready) if state.assessment is not None and unsure else 0


def _results(state: State, words: Words) -> FootView:
    result = state.result
    if result is None:
        return FootView()
    sentence, run = f"{told(line_counts(result), words)}.", result.summary
    again = 0 if run.followed_by else sendable_again(result)
    by_state = run.books.by_state
    ways = [
        ("resume", words("results.resume"), open_rows(run)),
        ("send_again", words("foot.results.again", count=again), again),
        (
            "go:review",
            words("foot.results.fix", count=by_state.get(RowState.NOT_FIT, 0)),
            by_state.get(RowState.NOT_FIT, 0) if _is_open(run, state) else 0,
        ),
        ("choose_file", words("foot.results.next"), 1),
    ]
    (action, word), *others = [(action, word) for action, word, rows in ways if rows]
    second_action, second_word = others[0] if others else ("", "")
    return FootView(sentence, action, word, second_action=second_action, second_word=second_word)


def _is_open(run: RunSummary, state: State) -> bool:
    """Whether the rows of a run can be looked at in Review: its sheet is there, and judged."""
    opened = state.opened
    same = opened is not None and (opened.sha256, opened.table.sheet) == (run.file_sha256, run.sheet)
    return same and state.assessment is not None


def _follow(state: State, words: Words) -> FootView:
    sentence = asked_sentence(state, words)
    if state.follow.asking:
        return FootView(sentence, second_action="follow_cancel", second_word=words("cancel"))
    if state.follow.tab is FollowTab.BATCHES:
        return FootView(sentence, "follow_batches", words("follow.list_batches"))
    if state.follow.follow is None:
        return FootView()
    return FootView(sentence, "follow_ask", words("follow.ask"), enabled=bool(state.follow.follow.lines))
