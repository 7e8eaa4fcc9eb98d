"""The watch over a run: counted event by event, it says what counting everything anew would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.answers import Cause
from rowpost.model.attempts import RowChange
from rowpost.model.books import RowState
from rowpost.model.trouble import Remedy
from rowpost.sending.events import Event, PartStarted, RowsChanged, TroubleSeen, Waiting
from rowpost.session.watching import PartState, Watch, Watcher

SAID = [
    (RowState.WAITING, "row.waiting"),
    (RowState.NOT_KNOWN, "row.sending"),
    (RowState.NOT_KNOWN, "row.received"),
    (RowState.NOT_KNOWN, "row.not_known"),
    (RowState.NOT_KNOWN, "row.settling"),
    (RowState.ACCEPTED, "row.accepted"),
    (RowState.REJECTED, "row.rejected"),
]
CHANGES = st.builds(
    lambda positions, said: RowsChanged((RowChange(tuple(sorted(positions)), *said),)),
    st.sets(st.integers(0, 9), min_size=1, max_size=4),
    st.sampled_from(SAID),
)
STARTS = st.builds(PartStarted, st.integers(1, 3), st.just(3))
EVENTS: st.SearchStrategy[list[Event]] = st.lists(CHANGES | STARTS)


@given(EVENTS)
def test_the_counts_are_those_of_all_rows(events: list[Event]) -> None:
    watcher, watch = Watcher(3), Watch()
    last: dict[int, tuple[RowState, str]] = {}
    part_of: dict[int, int] = {}
    parts: list[int] = []
    begun: set[int] = set()
    for event in events:
        watcher.see(event)
        watch = watcher.now()
        if isinstance(event, PartStarted):
            parts += [event.number] if event.number not in parts else []
            part_of.update(dict.fromkeys(begun, event.number))
            begun = set()
        changes = event.changes if isinstance(event, RowsChanged) else ()
        for position, change in ((position, one) for one in changes for position in one.positions):
            last[position] = (change.state, change.code)
            begun |= {position} if change.code == "row.sending" else set()
    verdicts = {RowState.ACCEPTED, RowState.REJECTED}
    decided = sum(state in verdicts for state, _ in last.values())
    received = sum(code == "row.received" for _, code in last.values())
    sent = sum(state is not RowState.WAITING for state, _ in last.values())
    assert (watch.sent, watch.received, watch.decided) == (sent, decided + received, decided)
    if events:
        assert watch.total == max(3, sent)
    assert [part.number for part in watcher.parts] == parts
    for part in watcher.parts:
        own = [last[position] for position, number in part_of.items() if number == part.number]
        assert part.state is state_of(own)


def state_of(rows: list[tuple[RowState, str]]) -> PartState:
    """How a part is, from all of its rows."""
    states, codes = {state for state, _ in rows}, {code for _, code in rows}
    verdicts = {RowState.ACCEPTED, RowState.REJECTED}
    if rows and states <= verdicts:
        return PartState.DECIDED
    if "row.received" in codes or states & verdicts:
        return PartState.SENT
    if codes & {"row.not_known", "row.settling"}:
        return PartState.NOT_KNOWN
    return PartState.WAITING if states == {RowState.WAITING} else PartState.SENDING


def rows(positions: range, state: RowState, code: str) -> RowsChanged:
    return RowsChanged((RowChange(tuple(positions), state, code),))


def test_a_part_that_goes_out_again_stays_one_part_and_has_its_own_rows() -> None:
    watcher = Watcher(6)
    for start, number in ((0, 1), (3, 2)):
        watcher.see(rows(range(start, start + 3), RowState.NOT_KNOWN, "row.sending"))
        watcher.see(PartStarted(number, 3))
        watcher.see(rows(range(start, start + 3), RowState.NOT_KNOWN, "row.received"))
    watcher.see(rows(range(3), RowState.ACCEPTED, "row.accepted"))
    assert [part.state for part in watcher.now().parts] == [PartState.DECIDED, PartState.SENT]
    watcher.see(rows(range(3, 6), RowState.WAITING, "row.waiting"))
    assert watcher.now().parts[1].state is PartState.WAITING
    watcher.see(rows(range(3, 6), RowState.NOT_KNOWN, "row.sending"))
    watcher.see(PartStarted(2, 3))
    assert [(part.number, part.state) for part in watcher.now().parts] == [
        (1, PartState.DECIDED),
        (2, PartState.SENDING),
    ]


def test_trouble_is_gone_once_the_next_question_is_answered() -> None:
    watcher, cause = Watcher(1), Cause("network.refused", Remedy.TRY_LATER)
    watcher.see(TroubleSeen(cause))
    watcher.see(Waiting(1.0, "wait.agency"))
    assert watcher.now().trouble is cause
    watcher.see(TroubleSeen(cause))
    watcher.see(Waiting(2.0, "wait.agency"))
    assert watcher.now().trouble is cause
    watcher.see(Waiting(2.0, "wait.agency"))
    assert watcher.now().trouble is None


def test_what_an_earlier_sitting_has_sent_is_sent() -> None:
    watcher = Watcher(21)
    watcher.begin((RowChange((0, 1), RowState.NOT_KNOWN, "row.received"),))
    watch = watcher.now()
    assert (watch.sent, watch.received, watch.decided) == (2, 2, 0)
    assert watch.before == (2, 2, 0)
    watcher.see(rows(range(2), RowState.ACCEPTED, "row.accepted"))
    assert (watcher.now().sent, watcher.now().decided) == (2, 2)
