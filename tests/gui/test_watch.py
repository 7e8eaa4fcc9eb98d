"""The watch over a run: counted event by event, it says what counting everything anew would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.attempts import RowChange
from rowpost.model.books import RowState
from rowpost.sending.events import Event, PartStarted, RowsChanged
from rowpost.session.watching import PartState, Watch, Watcher

SAID = [
    (RowState.WAITING, "row.waiting"),
    (RowState.NOT_KNOWN, "row.intent"),
    (RowState.NOT_KNOWN, "row.received"),
    (RowState.NOT_KNOWN, "row.not_known"),
    (RowState.ACCEPTED, "row.accepted"),
    (RowState.REJECTED, "row.rejected"),
]
CHANGES = st.builds(
    lambda positions, said: RowsChanged((RowChange(tuple(sorted(positions)), *said),)),
    st.sets(st.integers(0, 9), min_size=1, max_size=4),
    st.sampled_from(SAID),
)
EVENTS: st.SearchStrategy[list[Event]] = st.lists(CHANGES | st.builds(PartStarted, st.just(1), st.just(3)))


@given(EVENTS)
def test_the_counts_are_those_of_all_rows(events: list[Event]) -> None:
    watcher, watch = Watcher(3), Watch()
    last: dict[int, tuple[RowState, str]] = {}
    part_of: dict[int, int] = {}
    parts = 0
    for event in events:
        watcher.see(event)
        watch = watcher.now()
        parts += isinstance(event, PartStarted)
        changes = event.changes if isinstance(event, RowsChanged) else ()
        for position, change in ((position, one) for one in changes for position in one.positions):
            last[position] = (change.state, change.code)
            part_of[position] = part_of.get(position) or parts
    verdicts = {RowState.ACCEPTED, RowState.REJECTED}
    decided = sum(state in verdicts for state, _ in last.values())
    received = sum(code == "row.received" for _, code in last.values())
    sent = sum(state is not RowState.WAITING for state, _ in last.values())
    assert (watch.sent, watch.received, watch.decided) == (sent, decided + received, decided)
    if events:
        assert watch.total == max(3, sent)
    for number, part in enumerate(watcher.parts):
        rows = [last[position] for position, own in part_of.items() if own == number + 1]
        assert part.state is state_of(rows)


def state_of(rows: list[tuple[RowState, str]]) -> PartState:
    """How a part is, from all of its rows."""
    states, codes = {state for state, _ in rows}, {code for _, code in rows}
    verdicts = {RowState.ACCEPTED, RowState.REJECTED}
    if rows and states <= verdicts:
        return PartState.DECIDED
    if "row.received" in codes or states & verdicts:
        return PartState.SENT
    return PartState.NOT_KNOWN if (RowState.NOT_KNOWN, "row.not_known") in rows else PartState.SENDING
