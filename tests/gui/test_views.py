"""The views: values made by plain functions, without a window."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import Busy, State, Step, Work
from rowpost.gui.views.finding import rows_with_text, rows_with_value, same_rows, shown, text_of, texts_of
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.frame import badge_view, frame_view, missing_for
from rowpost.gui.views.open import open_view
from rowpost.gui.views.payload import leaf, written
from rowpost.gui.views.places import Kind
from rowpost.gui.views.review_index import Chip, ReviewIndex
from rowpost.gui.views.values import values_of
from rowpost.gui.words import Words
from rowpost.intake import Revision
from rowpost.intake.stores import ReadyStore, StayingStore
from rowpost.model.answers import Cause
from rowpost.model.assessment import Assessment
from rowpost.model.attempts import RowChange
from rowpost.model.books import BookLine, RowState, balance
from rowpost.model.cells import CellRef
from rowpost.model.invoices import StayingRow
from rowpost.model.outside import Progress
from rowpost.model.problems import Problem, Severity
from rowpost.model.results import RunStatus
from rowpost.model.table import NO_EDITS, Table
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened
from rowpost.sending.events import Event, PartStarted, RowsChanged, RunEnded, TroubleSeen, Waiting
from rowpost.session.watching import PartState, Watch, Watcher
from rowpost.shown import EXCEL_US
from tests.support.tables import Given, layout_of, table_of

PRACTICE = Target("practice", Environment.PRACTICE, "", "", "", "")
ROWS: Sequence[Sequence[str]] = (
    ("Fakturanr", "Navn"),
    ("10201", "Åse Ødegård"),
    ("10202", "Kari Moe"),
    ("10203", "ÅSE Tveit"),
    ("", ""),
    ("10205", "Ola Bråten"),
)


def judged() -> ReviewIndex:
    """Row 2 is ready, row 3 ready with a warning, row 4 must be fixed, row 5 is blank, row 6 left out."""
    layout = layout_of(ROWS, left_out=((5, "row.blank"),))
    opened = Opened("", "", 0, "", (), table_of(ROWS), layout)
    return ReviewIndex(opened, Revision(assessment()), NO_EDITS, frozenset())


def assessment() -> Assessment:
    ready, staying = ReadyStore(), StayingStore()
    for row, number in ((2, "10201"), (3, "10202")):
        ready.add((row,), payload(number), 20261201, row)
    staying.add(StayingRow((4,), RowState.NOT_FIT, "date.missing"))
    staying.add(StayingRow((6,), RowState.LEFT_OUT, "row.by_hand"))
    ready.close(())
    staying.close()
    problems = [
        Problem("name.short", Severity.WARNING, (CellRef("Ark1", 3, 2),)),
        Problem("date.missing", Severity.ERROR, (CellRef("Ark1", 4, 1),)),
        Problem("number.tidied", Severity.NOTE, (CellRef("Ark1", 4, 1),)),
    ]
    lines = [BookLine(RowState.WAITING, 2, "NOK", Decimal(20))]
    books = balance(4, {"NOK": Decimal(20)}, lines)
    return Assessment("Ark1", 1, books, ready, staying, problems)


def payload(number: str) -> bytes:
    claims, debtors = [{"remainingAmount": 10}], [{"name": "Kari Moe"}]
    about = {"invoiceNumber": number, "uniqueSourceInvoiceId": f"id-{number}", "currency": "NOK"}
    return json.dumps({**about, "claims": claims, "debtors": debtors}).encode()


def test_every_row_is_in_its_group() -> None:
    index = judged()
    groups = {chip: list(index.rows(chip)) for chip in Chip}
    assert groups[Chip.ALL] == [2, 3, 4, 6]
    assert groups[Chip.READY] == [2, 3]
    assert groups[Chip.CHECK] == [3]
    assert groups[Chip.MUST_FIX] == [4]
    assert groups[Chip.LEFT_OUT] == [6]
    assert {chip: index.count(chip) for chip in Chip} == {chip: len(rows) for chip, rows in groups.items()}


def test_a_cell_shows_the_worst_and_notes_leave_no_mark() -> None:
    index = judged()
    assert index.tone_at(4, 1) is Tone.MUST_FIX
    assert [one.code for one in index.problems_at(4, 1)] == ["date.missing", "number.tidied"]
    assert index.tone_at(3, 2) is Tone.CHECK
    assert [sorted(index.marked_columns(row)) for row in (2, 3, 4, 6)] == [[], [2], [1], []]
    missing = Kind("date.missing", Severity.ERROR, "")
    assert list(index.rows(Chip.ALL, missing)) == [4]
    assert [one.code for one in index.problems_of_kind(missing)] == ["date.missing"]
    assert dict(index.kinds())[missing] == 1


def test_a_row_leads_to_its_invoice_or_to_why_it_stays() -> None:
    index = judged()
    found = index.invoice_at(3)
    assert found is not None
    assert found.invoice_number == "10202"
    assert index.invoice_at(4) is None
    assert index.reason_at(6) == "row.by_hand"


def test_search_does_not_care_for_capitals() -> None:
    table = table_of(ROWS)
    assert rows_of(table, [2], "åse") == [2, 4]
    assert rows_of(table, [1, 2], "10203") == [4]
    assert rows_of(table.with_edits({(3, 2): "Åse Ny"}), [2], "ÅSE") == [2, 3, 4]
    assert rows_of(table.with_edits({(2, 2): "Eva"}), [2], "åse") == [4]


def rows_of(table: Table, columns: Sequence[int], text: str) -> list[int]:
    flags = rows_with_text(table, columns, text, threading.Event())
    return [row for row, flag in enumerate(flags) if flag]


TEXTS = st.lists(st.text("aAåÅæÆøØéÉßÐðšŠ1 ", max_size=5), min_size=1, max_size=12)


@given(TEXTS, st.text("aAåÅæÆøØéÉßÐðšŠ1", min_size=1, max_size=2))
def test_every_text_is_found_however_it_is_written(texts: list[str], wanted: str) -> None:
    table = table_of([(text,) for text in texts])
    found = [row for row, text in enumerate(texts, 1) if wanted.casefold() in text.casefold()]
    assert rows_of(table, [1], wanted) == found


CELLS = st.lists(st.sampled_from(["NOK", "nok", "", 5, Decimal("5.0")]), min_size=1, max_size=8)


@given(CELLS, st.dictionaries(st.integers(2, 9), st.sampled_from(["NOK", "", "x"])))
def test_the_values_of_a_column_are_counted_as_they_are_shown(
    cells: list[Given], texts: dict[int, str]
) -> None:
    rows: list[list[Given]] = [["Valuta"], *([cell] for cell in cells)]
    edits = {(row, 1): text for row, text in texts.items() if row <= len(rows)}
    table, layout = table_of(rows).with_edits(edits), layout_of(rows)
    counts = Counter(shown(table, row, 1, EXCEL_US) for row in range(2, len(rows) + 1))
    found = values_of(table, layout, 1, EXCEL_US)
    assert dict(found.values) == dict(counts)
    assert found.distinct == len(counts)


def test_rows_with_a_value_and_cells_that_are_equal() -> None:
    table = table_of([("nok",), ("NOK",), ("nok",), ("",), (5,)])
    assert [row for row in range(1, 6) if rows_with_value(table, 1, "nok", EXCEL_US)[row]] == [1, 3]
    assert [row for row in range(1, 6) if rows_with_value(table, 1, "", EXCEL_US)[row]] == [4]
    edited = table.with_edits({(1, 1): "x", (2, 1): "nok"})
    assert [row for row in range(1, 6) if rows_with_value(edited, 1, "nok", EXCEL_US)[row]] == [2, 3]
    assert list(same_rows(table, 1, 1, 10)) == [1, 3]
    assert not same_rows(table, 1, 4, 10), "empty cells are not the same mistake"
    assert not same_rows(table, 1, 1, 1), "too many to be a matter of one cell"


KEYS = st.text("abcXYZ", min_size=1, max_size=4)


@given(KEYS, KEYS, st.integers(0, 3), st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_path_leads_to_its_leaf(outer: str, inner: str, at: int, value: Decimal) -> None:
    payload = {outer: [{}] * at + [{inner: value}]}
    assert leaf(payload, f"{outer}[{at}].{inner}") == value
    assert leaf(payload, f"{outer}[{at + 1}].{inner}") is None
    assert Decimal(written(value)) == value
    assert "E" not in written(value)


def test_steps_wait_for_what_they_need(words: Words) -> None:
    state = State(PRACTICE)
    assert missing_for(Step.MAP, state) == "file"
    assert missing_for(Step.RESULTS, state) == "run"
    assert not missing_for(Step.HELP, state)
    view = frame_view(state, words)
    assert [item.open for item in view.rail] == [True, False, False, False, False, True, True, True, True]
    assert foot_view(state, words).action == ""


def test_the_rail_does_not_deny_what_is_going_on(words: Words) -> None:
    sending = State(PRACTICE, busy=Busy(Work.SENDING))
    assert missing_for(Step.RESULTS, sending) == "sending"


def test_the_badge_says_how_much_in_earnest_it_is(words: Words) -> None:
    said = {badge_view(Target("", one, "", "", "", ""), words).word for one in Environment}
    assert len(said) == len(Environment)


def test_trouble_is_a_bar_with_its_cure(words: Words) -> None:
    state = State(PRACTICE, trouble=Trouble("gui.unexpected", Remedy.CALL_FOR_HELP, {"kind": "KeyError"}))
    (bar,) = frame_view(state, words).notices
    assert "KeyError" in bar.sentence
    assert bar.cure
    locked = State(PRACTICE, trouble=Trouble("sheets.password_needed", Remedy.FIX_FILE))
    assert frame_view(locked, words).notices[0].actions[0][0] == "password"


def test_reading_counts_rows(words: Words) -> None:
    busy = Busy(Work.READING, Progress("progress.reading", 1200, 4800))
    view = open_view(State(PRACTICE, path="/a/faktura.xlsx", busy=busy), words)
    assert view.reading == "Reading faktura.xlsx – 1,200 rows"
    assert view.share == 0.25


def seen(watcher: Watcher, event: Event) -> Watch:
    watcher.see(event)
    return watcher.now()


def test_the_watch_counts_what_is_sent_received_and_decided() -> None:
    watcher = Watcher(4)
    watcher.see(RowsChanged((RowChange((0, 1, 2), RowState.NOT_KNOWN, "row.sending"),)))
    watch = seen(watcher, PartStarted(1, 3))
    assert (watch.sent, watch.received, watch.decided, watch.total) == (3, 0, 0, 4)
    assert watch.parts[0].state is PartState.SENDING
    watch = seen(watcher, RowsChanged((RowChange((0, 1, 2), RowState.NOT_KNOWN, "row.received"),)))
    assert (watch.sent, watch.received, watch.decided) == (3, 3, 0)
    assert watch.parts[0].state is PartState.SENT
    assert seen(watcher, Waiting(2.0, "wait.poll")).wait is not None
    watch = seen(
        watcher,
        RowsChanged(
            (
                RowChange((0, 1), RowState.ACCEPTED, "row.accepted"),
                RowChange((2,), RowState.REJECTED, "row.rejected"),
            )
        ),
    )
    assert (watch.received, watch.decided, watch.wait) == (3, 3, None)
    assert watch.parts[0].state is PartState.DECIDED


def test_trouble_on_the_way_is_shown_until_the_next_part_starts() -> None:
    watcher, cause = Watcher(1), Cause("net.down", Remedy.TRY_LATER)
    assert seen(watcher, TroubleSeen(cause)).trouble is cause
    assert seen(watcher, PartStarted(1, 1)).trouble is None
    assert seen(watcher, RunEnded(RunStatus.PAUSED, cause)).trouble is cause


@pytest.mark.parametrize("code", ["General", "@", ';;;"a"', ';;;"x"@', "0;0;0;@", ";;;", "no such {code"])
def test_many_values_are_shown_as_each_alone_would_be(code: str) -> None:
    table = replace(table_of([("a", "b", 5, "", "æ")]), number_formats=(code,) * 9)
    keys = {(cells.kinds[0], cells.refs[0], cells.formats[0]) for cells in table.columns if len(cells.kinds)}
    assert dict(texts_of(table, keys, EXCEL_US)) == {key: text_of(table, key, EXCEL_US) for key in keys}
