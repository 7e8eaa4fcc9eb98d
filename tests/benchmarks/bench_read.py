"""Reading a workbook into the Table: against python-calamine and openpyxl, memory, preview, Cancel."""

from __future__ import annotations

import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import openpyxl
from python_calamine import CalamineWorkbook

from rowpost.model.outside import Progress
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Reading
from rowpost.sheets import open_workbook, preview
from tests.benchmarks.figure import Figure, at_least, at_most
from tests.benchmarks.measure import best_of, python, run
from tests.benchmarks.workbook import workbook
from tests.support.catalogs import invoice_catalog

ROWS = 100_000
MILLION = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"
_RUNS = 3
_CANCELS = 5


def figures() -> Iterator[Figure]:
    """Measure in processes of their own, so that no figure lives on another's memory."""
    path = str(workbook(ROWS))
    ours = _told("ours", path)
    calamine, plain = _told("calamine", path), _told("openpyxl", path)
    yield Figure("read.seconds", ours, "s")
    yield at_most("read.ratio_to_calamine", ours / calamine, "x", 1.5)
    yield at_least("read.times_faster_than_openpyxl", plain / ours, "x", 5.0)
    yield at_most("read.peak", _peak("once", path), "MiB", 300 * 1e6 / 2**20)
    yield at_most("read.preview", _told("preview", path), "s", 0.5)
    yield at_most("read.cancel", _told("cancel", path), "s", 0.2)
    long = str(_long_workbook())
    yield at_most("read.million_times_longer", _told("once", long) / ours, "x", 12.0)
    yield at_most("read.million_peak", _peak("once", long), "MiB", 2e9 / 2**20)
    yield at_most("read.million_preview", _told("preview", long), "s", 0.5)
    yield at_most("read.million_timer_late", _told("timer", long), "ms", 50.0)


def _long_workbook() -> Path:
    """The usual workbook with its rows ten times over: a million rows, made without holding them."""
    source = workbook(ROWS)
    path = source.with_name(f"long-{source.name}")
    if path.exists():
        return path
    with (
        zipfile.ZipFile(source) as usual,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as long,
    ):
        for part in usual.namelist():
            content = usual.read(part)
            with long.open(part, "w", force_zip64=True) as out:
                for piece in _repeated(content) if part == SHEET else (content,):
                    out.write(piece)
    return path


def _repeated(sheet: bytes) -> Iterator[bytes]:
    """The sheet, then its rows from 1,000 on again and again under new numbers."""
    end = sheet.index(b"</sheetData>")
    rows = sheet[:end].split(b"</row>")[:-1]
    yield sheet[:end]
    number = len(rows)
    while number < MILLION:
        for old in range(1_000, min(len(rows), 1_000 + MILLION - number)):
            number += 1
            yield rows[old].replace(b'%d"' % (old + 1), b'%d"' % number) + b"</row>"
    yield sheet[end:]


def _told(what: str, path: str) -> float:
    return float(json.loads(run(python("-m", "tests.benchmarks.bench_read", what, path)).stdout))


def _peak(what: str, path: str) -> float:
    return run(python("-m", "tests.benchmarks.bench_read", what, path)).peak_mib


def _open(path: Path) -> None:
    open_workbook(path, Reading(), invoice_catalog())


def _calamine(path: Path) -> None:
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.active.iter_rows(values_only=True):
        pass


def _cancel(path: Path) -> float:
    """The longest of some waits from the wish to stop to its fulfilment."""
    waits = []
    for turn in range(_CANCELS):
        stop = threading.Event()
        asked = [0.0]

        def on_progress(progress: Progress, stop: threading.Event = stop, turn: int = turn) -> None:
            if progress.done * (_CANCELS + 1) >= progress.total * turn and not stop.is_set():
                asked[0] = perf_counter()  # noqa: B023 - used within this turn only
                stop.set()

        try:
            open_workbook(path, Reading(), invoice_catalog(), stop=stop, progress=on_progress)
        except Stopped:
            waits.append(perf_counter() - asked[0])
    return max(waits)


def _timer(path: Path) -> float:
    """How late, in ms, a 10 ms timer of this process ever is while a thread of it opens the workbook."""
    reader = threading.Thread(target=_open, args=(path,))
    worst, pause = 0.0, threading.Event()
    reader.start()
    while reader.is_alive():
        began = perf_counter()
        pause.wait(0.010)
        worst = max(worst, perf_counter() - began - 0.010)
    return worst * 1000


def _measure(what: str, path: Path) -> float:
    invoice_catalog()
    if what in ("cancel", "timer"):
        return _cancel(path) if what == "cancel" else _timer(path)
    if what == "preview":
        return best_of(_RUNS, lambda: preview(path, Reading(), invoice_catalog()))
    work = {"ours": _open, "once": _open, "calamine": _calamine, "openpyxl": _openpyxl}[what]
    return best_of(1 if what in ("once", "openpyxl") else _RUNS, lambda: work(path))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
