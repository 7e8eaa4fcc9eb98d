"""Assesses a sheet: one streamed pass, nothing kept but compact results, and books that balance."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from rowpost.catalog import Catalog
from rowpost.intake.clerk import Clerk
from rowpost.intake.entries import Chunk
from rowpost.intake.examiner import Examiner
from rowpost.intake.rules import IntakeRules
from rowpost.intake.share import Share
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.assessment import Assessment
from rowpost.model.outside import OnProgress, Progress, StopToken, no_progress
from rowpost.model.table import Table
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Layout


def assess(
    table: Table,
    layout: Layout,
    mapping: ColumnMapping,
    catalog: Catalog,
    rules: IntakeRules,
    *,
    stop: StopToken | None = None,
    progress: OnProgress = no_progress,
) -> Assessment:
    """Map, build and check every row of the sheet, in this process alone.

    Trouble where the mapping does not fit the catalog; Stopped once `stop` is set.
    """
    examiner = Examiner(table, layout, mapping, catalog, rules)
    return examined(examiner, None, stop, progress).assessment(examiner.layout)


def examined(
    examiner: Examiner, colleague: Connection | None, stop: StopToken | None, progress: OnProgress
) -> Clerk:
    """Do it, with a `colleague` (see `colleague.py`) in about half the time; the clerk has the books."""
    clerk = Clerk(examiner.plan, examiner.judge)
    total = examiner.layout.last_row - examiner.layout.first_row + 1
    done = 0
    with uncollected():
        for chunk in _chunks(examiner, colleague, stop):
            if stop is not None and stop.is_set():
                raise Stopped
            progress(Progress("progress.checking", done, total))
            clerk.take(chunk)
            done += len(chunk.entries)
    return clerk


def _chunks(examiner: Examiner, colleague: Connection | None, stop: StopToken | None) -> Iterator[Chunk]:
    if colleague is None or examiner.has_groups:
        return examiner.chunks()
    return Share(examiner, colleague, stop).chunks()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cyclic garbage meanwhile: drafts hold no cycles, and looking costs a tenth of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
