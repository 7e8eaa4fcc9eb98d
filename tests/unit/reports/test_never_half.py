"""A disk that fills up while a file is being saved: the old file stays, and nothing lies beside it."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from rowpost.model.books import RowState
from rowpost.model.history import Ledgerful
from rowpost.model.outside import no_progress
from rowpost.model.trouble import Trouble
from rowpost.reports.difference_workbook import write_difference_workbook
from rowpost.reports.ledger_csv import write_ledger_csv
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.receipt import make_receipt, save_receipt
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.runs import made_result, made_run
from tests.support.tables import table_of
from tests.unit.reports.test_difference import difference

EN = Wording("en", invoice_catalog())
AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
RUN = made_run([made_result((2,), RowState.ACCEPTED)], sheet="Ark1")


def ledger(out: Path) -> None:
    known = Ledgerful(0, "c0ffee", iter(()))
    write_ledger_csv(known, out, EN, now=AT, stop=Event(), progress=no_progress)


def receipt(out: Path) -> None:
    made = make_receipt(RUN, EN, chain_head="c0ffee", made_at=AT)
    save_receipt(made, out, lambda *_: b"%PDF" * 1_000, stop=Event(), progress=no_progress)


def problems(out: Path) -> None:
    write_problem_workbook(out.with_name("gone.csv"), table_of([["a"]]), 1, [], out, EN)


WRITERS = {
    "ledger.csv": ledger,
    "receipt.pdf": receipt,
    "difference.xlsx": lambda out: write_difference_workbook(difference(), out, EN),
    "results.xlsx": lambda out: write_results_workbook(RUN, None, out, EN),
    "problems.xlsx": problems,
}


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 60])
@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, name: str, size: int) -> None:
    out, write = tmp_path / name, WRITERS[name]
    out.write_bytes(b"old")
    with pytest.raises(Trouble) as caught, room_for(size):
        write(out)
    assert caught.value.code == "reports.disk_full"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: b"old"}
    write(out)
    assert out.stat().st_size > 60


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_nobody_can_write_to_is_told_of(name: str) -> None:
    write: Callable[[Path], object] = WRITERS[name]
    with pytest.raises(Trouble) as caught:
        write(Path("/proc") / name)  # read-only for everybody, the administrator as well
    assert caught.value.code in ("reports.not_writable", "reports.no_folder")
