"""A second process that maps and judges blocks of the same sheet, so that both cores have work.

It is started by whoever starts the check, and is given to `assess` as a connection. It says READY, is
passed the table, then told the first rows of blocks, and answers each with a chunk.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from rowpost.catalog import Catalog
from rowpost.host.priority import stand_back
from rowpost.intake import parcel
from rowpost.intake.assess import examined
from rowpost.intake.chunk_bytes import ChunkWriter
from rowpost.intake.examiner import Examiner
from rowpost.intake.job import Job
from rowpost.intake.rules import IntakeRules
from rowpost.intake.share import READY
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.assessment import Assessment
from rowpost.model.outside import OnProgress, StopToken, no_progress
from rowpost.model.table import Table
from rowpost.model.workbook import Layout
from rowpost.sheets import passing

_WORTH_IT = 20_000  # rows: fewer are checked before a second process has started
_TOLD_PER_ROW = 2  # claims sent before: telling the other process of more takes longer than it saves


def assess_by_two(
    table: Table,
    layout: Layout,
    mapping: ColumnMapping,
    catalog: Catalog,
    rules: IntakeRules,
    *,
    stop: StopToken | None = None,
    progress: OnProgress = no_progress,
) -> Assessment:
    """Do what `assess` does, in this process and, where there is much to do, one more."""
    examiner = Examiner(table, layout, mapping, catalog, rules)
    with colleague(Job(mapping, catalog, rules, table.edits), layout) as beside:
        return examined(examiner, beside, stop, progress).assessment(examiner.layout)


@contextmanager
def colleague(job: Job, layout: Layout) -> Iterator[Connection | None]:
    """Start a second process where there is a core and enough work for it; None where there is not."""
    rows = layout.last_row - layout.first_row
    known = len(job.rules.known) if job.rules.known is not None else 0
    if rows < _WORTH_IT or known > rows * _TOLD_PER_ROW or os.cpu_count() == 1:
        yield None
        return
    with second_process(job) as beside:
        yield beside


@contextmanager
def second_process(job: Job) -> Iterator[Connection]:
    """Start a second process; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    teller = Thread(target=_tell, args=(ours, job), daemon=True)
    teller.start()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        process.close()
        teller.join()
        ours.close()


def _tell(connection: Connection, job: Job) -> None:
    """Pass the job on while others begin: it is taken once the process has started."""
    with suppress(OSError):  # it is gone, and its blocks are done by somebody else
        parcel.send(connection, job)


def main(connection: Connection) -> None:
    """Run in the second process until the other end is gone."""
    stand_back()
    gc.disable()  # the work makes no cycles worth a collection, and the process ends with it
    try:
        _work(connection, parcel.receive(connection))
    except (EOFError, OSError):
        return  # the check is over


def _work(connection: Connection, job: Job) -> None:
    connection.send_bytes(READY)
    table, layout = passing.receive(connection)
    examiner = Examiner(table.with_edits(job.edits), layout, job.mapping, job.catalog, job.rules)
    writer = ChunkWriter()
    answers: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_post, args=(connection, answers), daemon=True).start()
    while True:
        first = int.from_bytes(connection.recv_bytes(4), "little")
        answers.put(writer.write(first, examiner.block(first)))


def _post(connection: Connection, answers: SimpleQueue[bytes]) -> None:
    """Send answers while the next is being made: the other end takes one when it has time."""
    try:
        while True:
            connection.send_bytes(answers.get())
    except OSError:
        return  # the check is over
