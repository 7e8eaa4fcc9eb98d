"""What is asked about a long sheet is answered by another process, and the answer is the same."""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rowpost.catalog import Catalog
from rowpost.gui.views.finding import Searched, text_in, value_in
from rowpost.gui.views.values import values_in
from rowpost.mapping import see_sheet
from rowpost.model.outside import Progress
from rowpost.model.settings import ReadingSettings
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.model.workbook import Opened
from rowpost.session import suggesting
from rowpost.session.apart import Apart, is_long
from rowpost.shown import EXCEL_US
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import mapped, row_with, sheet_of

ROWS = [row_with(Fakturanr=str(n), Forfallsdato="x" if n == 3 else "2026-09-01") for n in range(1, 31)]


READING = ReadingSettings("NO", "NOK", "", "", 512, 60)


def sheet(*rows: list[object], edits: dict[tuple[int, int], str] | None = None) -> Opened:
    table, layout = sheet_of(*(rows or ROWS))  # type: ignore[arg-type]
    return Opened("a.xlsx", "a.xlsx", 0, "", (), table.with_edits(edits or {}), layout)


@pytest.fixture
def apart() -> Iterator[Apart]:
    made = Apart(invoice_catalog())
    yield made
    made.close()


def process(_opened: Opened, _catalog: Catalog) -> int:
    return os.getpid()


def first_cell(opened: Opened, _catalog: Catalog) -> str:
    return opened.table.cell(2, 1).stored


def refused(_opened: Opened, _catalog: Catalog) -> None:
    raise Trouble("session.no_target", Remedy.FIX_SETTINGS, {"name": "x"})


def end_yourself(_opened: Opened, _catalog: Catalog) -> None:
    os._exit(1)


def think(_opened: Opened, _catalog: Catalog, seconds: float) -> str:
    time.sleep(seconds)
    return "late"


def test_the_answers_are_those_of_this_process(apart: Apart) -> None:
    opened, catalog = sheet(edits={(4, 3): "2026-10-01"}), invoice_catalog()
    found = apart.ask(opened, suggesting.suggestion, (), READING, ())
    assert found == suggesting.suggestion(opened, catalog, (), READING, ())
    mapping = mapped(opened.table, opened.layout)
    seen, here = apart.ask(opened, see_sheet, mapping), see_sheet(opened, catalog, mapping)
    assert [(one.rows, one.payload, one.flaws) for one in seen.drafts] == [
        (one.rows, one.payload, one.flaws) for one in here.drafts
    ]
    assert replace(seen, drafts=()) == replace(here, drafts=())
    for task, *args in (
        (values_in, 3, EXCEL_US),
        (value_in, 3, "2026-10-01", EXCEL_US),
        (text_in, Searched((1, 3), ()), "2026-10", EXCEL_US),
    ):
        assert apart.ask(opened, task, *args) == task(opened, catalog, *args)


def test_one_process_answers_and_it_is_another(apart: Apart) -> None:
    opened = sheet()
    first = apart.ask(opened, process)
    assert first != os.getpid()
    assert apart.ask(opened, process) == first


def test_another_sheet_takes_the_place_of_the_first(apart: Apart) -> None:
    one, other = sheet(), sheet(row_with(Fakturanr="other"))
    assert [apart.ask(opened, first_cell) for opened in (one, other, one)] == ["1", "other", "1"]
    changed = replace(one, table=one.table.with_edits({(2, 1): "changed"}))
    assert [apart.ask(opened, first_cell) for opened in (changed, one)] == ["changed", "1"]


def test_trouble_comes_to_whoever_asked(apart: Apart) -> None:
    with pytest.raises(Trouble) as caught:
        apart.ask(sheet(), refused)
    assert (caught.value.code, caught.value.values) == ("session.no_target", {"name": "x"})
    assert apart.ask(sheet(), first_cell) == "1"


def test_a_process_that_ends_is_replaced(apart: Apart) -> None:
    with pytest.raises(Trouble, match="child_ended"):
        apart.ask(sheet(), end_yourself)
    assert apart.ask(sheet(), first_cell) == "1"


@pytest.mark.parametrize("seconds", [0.2, 60.0])
def test_a_question_that_is_taken_back(apart: Apart, seconds: float) -> None:
    """Its answer, whether it still comes or never, is not taken for that of the next."""
    opened, stop = sheet(), threading.Event()
    assert apart.ask(opened, first_cell) == "1"
    stop.set()
    started = time.monotonic()
    with pytest.raises(Stopped):
        apart.ask(opened, think, seconds, stop=stop)
    assert apart.ask(opened, first_cell) == "1"
    assert time.monotonic() - started < 20


def test_it_is_there_before_a_large_file_has_been_read(apart: Apart, tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(bytes(2 << 20))
    told: list[Progress] = []
    for path in (small, large, tmp_path / "none"):
        first = apart.ask(sheet(), process)
        progress = apart.beside(path, told.append)
        there = len(multiprocessing.active_children())
        progress(Progress("progress.reading", 1))
        progress(Progress("progress.reading", 2))
        assert len(multiprocessing.active_children()) - there == (path is large)
        assert apart.ask(sheet(), process) != first, "what was known of the last workbook is forgotten"
    assert [news.done for news in told] == [1, 2] * 3


def test_where_no_process_can_be_had_the_file_is_read_and_a_later_question_is_answered(
    apart: Apart, tmp_path: Path
) -> None:
    large = tmp_path / "large.xlsx"
    large.write_bytes(bytes(2 << 20))
    told: list[Progress] = []
    progress = apart.beside(large, told.append)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        progress(Progress("progress.reading", 1))
        with pytest.raises(Trouble, match=r"intake\.child_ended"):
            apart.ask(sheet(), process)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(told) == 1
    assert apart.ask(sheet(), process) > 0


def test_only_long_sheets_are_worth_a_process() -> None:
    opened = sheet()
    assert not is_long(opened)
    assert is_long(replace(opened, layout=replace(opened.layout, last_row=100_000)))
