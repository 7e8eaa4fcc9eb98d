"""One check, several processes: whoever does the work, the answer is the same."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

import pytest

from rowpost.intake import assess, assess_by_two, assess_in_child
from rowpost.intake.assess import examined
from rowpost.intake.colleague import colleague, second_process
from rowpost.intake.examiner import Examiner
from rowpost.intake.job import Job
from rowpost.intake.share import READY
from rowpost.mapping import Grouping, GroupKind
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.assessment import Assessment
from rowpost.model.outside import no_progress
from rowpost.model.table import Table
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Layout
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, RULES, mapped, row_with, sheet_of

MANY = 5 * 1024 + 17  # rows: several blocks


def sheet() -> tuple[Table, Layout, ColumnMapping]:
    """Rows of all fates: fit, wrong in many ways, left out, twins within a block and across blocks."""
    rows = [
        row_with(
            Fakturanr=str(n % 4000),
            Restbeløp=0 if n % 97 == 0 else 100 + n,
            Forfallsdato="x" if n % 7 == 0 else GOOD[2],
            Postnr=150 + n % 9000,
            Land="Norgge" if n % 11 == 0 else "Norge",
            Beskrivelse=None if n % 5 == 0 else f"Vare {n}",
        )
        for n in range(MANY)
    ]
    table, layout = sheet_of(*rows)
    table = table.with_edits({(4, 1): "edited", (3000, 1): "edited too"})
    return table, replace(layout, left_out=((9, "row.total"),)), mapped(table, layout)


def same(one: Assessment, other: Assessment) -> None:
    """Compare all that two assessments say."""
    assert list(one.ready) == list(other.ready)
    assert list(one.staying) == list(other.staying)
    assert list(one.problems) == list(other.problems)
    assert (one.books, one.fingerprint) == (other.books, other.fingerprint)
    assert (one.sheet, one.header_row) == (other.sheet, other.header_row)


def test_two_processes_come_to_the_result_of_one() -> None:
    table, layout, mapping = sheet()
    alone = assess(table, layout, mapping, invoice_catalog(), RULES)
    assert len(alone.ready) > 1000
    assert len(alone.problems) > 1000
    job = Job(mapping, invoice_catalog(), RULES, dict(table.edits))
    with second_process(job) as beside:
        assert beside.poll(30)  # it is there before the work begins: nothing is done by one alone
        examiner = Examiner(table, layout, mapping, invoice_catalog(), RULES)
        same(examined(examiner, beside, None, no_progress).assessment(layout), alone)


def test_a_colleague_that_ends_leaves_no_gap() -> None:
    table, layout, mapping = sheet()
    alone = assess(table, layout, mapping, invoice_catalog(), RULES)
    ours, theirs = multiprocessing.Pipe()

    def ends_early() -> None:
        theirs.send_bytes(READY)
        theirs.recv_bytes()  # the head of the table
        theirs.close()

    with ours:
        gone = threading.Thread(target=ends_early)
        gone.start()
        examiner = Examiner(table, layout, mapping, invoice_catalog(), RULES)
        same(examined(examiner, ours, None, no_progress).assessment(layout), alone)
        gone.join()


def test_groups_are_not_shared_out() -> None:
    table, layout, mapping = sheet()
    mapping = replace(mapping, grouping=Grouping(GroupKind.CLAIMS))
    alone = assess(table, layout, mapping, invoice_catalog(), RULES)
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        examiner = Examiner(table, layout, mapping, invoice_catalog(), RULES)
        same(examined(examiner, ours, None, no_progress).assessment(layout), alone)
        assert not theirs.poll()


@pytest.mark.parametrize("checked", [assess_by_two, assess_in_child])
def test_a_long_sheet_is_checked_by_two(
    checked: Callable[..., Assessment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rowpost.intake.colleague._WORTH_IT", 1000)
    table, layout, mapping = sheet()
    alone = assess(table, layout, mapping, invoice_catalog(), RULES)
    same(checked(table, layout, mapping, invoice_catalog(), RULES), alone)


def test_stop_is_heard_while_waiting_for_the_colleague() -> None:
    table, layout, mapping = sheet()
    stop = threading.Event()
    with ExitStack() as stack:
        ours, theirs = (stack.enter_context(end) for end in multiprocessing.Pipe())
        theirs.send_bytes(READY)  # and then it says nothing more
        timer = threading.Timer(0.5, stop.set)
        stack.callback(timer.join)
        timer.start()
        examiner = Examiner(table, layout, mapping, invoice_catalog(), RULES)
        with pytest.raises(Stopped):
            examined(examiner, ours, stop, no_progress)


class Many:
    """Nobody, many times."""

    def __len__(self) -> int:
        return 10 * MANY

    def by_source_id(self, _: str) -> None:
        return None

    def by_number(self, _: str) -> None:
        return None


def test_nobody_is_told_of_more_claims_than_there_is_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rowpost.intake.colleague._WORTH_IT", 1000)
    _, layout, mapping = sheet()
    with colleague(Job(mapping, invoice_catalog(), RULES, {}), layout) as beside:
        assert beside is not None
    with colleague(Job(mapping, invoice_catalog(), replace(RULES, known=Many()), {}), layout) as beside:
        assert beside is None
