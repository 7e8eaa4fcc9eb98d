"""The same assessment in a child process, so that a window stays alive. Bytes travel, never large pickles.

The child knows the whole sheet once it has checked it; it may stay, to judge what a person edits.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import msgspec

from rowpost.catalog import Catalog
from rowpost.host.priority import stand_back
from rowpost.intake import handover, parcel
from rowpost.intake.assess import examined
from rowpost.intake.attendant import Attendant, attend, end
from rowpost.intake.colleague import colleague
from rowpost.intake.examiner import Examiner
from rowpost.intake.job import Job
from rowpost.intake.recheck import Rechecker
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.assessment import Assessment
from rowpost.model.outside import OnProgress, Progress, StopToken, no_progress
from rowpost.model.table import Table
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.model.workbook import Layout
from rowpost.sheets import memory, passing

_LOOK_EVERY = 0.02  # seconds between looks at the stop token
_TELL_EVERY = 0.05  # seconds between words about progress
_LONGEST = 64 << 20  # bytes of one message


class _Told(msgspec.Struct, tag="progress", array_like=True):
    stage: str
    done: int
    total: int


class _Troubled(msgspec.Struct, tag="trouble", array_like=True):
    code: str
    remedy: Remedy
    values: dict[str, str]


class _Done(msgspec.Struct, tag="done", array_like=True):
    size: int


_decode = msgspec.json.Decoder(_Told | _Troubled | _Done).decode


def assess_in_child(
    table: Table,
    layout: Layout,
    mapping: ColumnMapping,
    catalog: Catalog,
    rules: IntakeRules,
    *,
    stop: StopToken | None = None,
    progress: OnProgress = no_progress,
) -> Assessment:
    """Do what `assess` does, in another process. Stopped within 0.2 s of the wish to stop."""
    found, attendant = assess_and_stay(table, layout, mapping, catalog, rules, stop=stop, progress=progress)
    attendant.close()
    return found


def assess_and_stay(
    table: Table,
    layout: Layout,
    mapping: ColumnMapping,
    catalog: Catalog,
    rules: IntakeRules,
    *,
    stop: StopToken | None = None,
    progress: OnProgress = no_progress,
) -> tuple[Assessment, Attendant]:
    """Do the same, and return with it the child, which judges edited rows from now on."""
    job = Job(mapping, catalog, rules, table.edits)
    with colleague(job, layout) as beside:
        return _assessment(table, layout, job, beside, stop, progress)


def _assessment(
    table: Table,
    layout: Layout,
    job: Job,
    beside: Connection | None,
    stop: StopToken | None,
    progress: OnProgress,
) -> tuple[Assessment, Attendant]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs, beside), daemon=True)
    process.start()
    theirs.close()
    try:
        parcel.send(ours, job)
        passing.send(ours, table, layout, process.pid or 0)
        found = _Listener(ours, process, stop, progress).assessment()
    except (EOFError, OSError):
        end(ours, process)
        raise Trouble("intake.child_ended", Remedy.TRY_LATER) from None
    except BaseException:
        end(ours, process)
        raise
    return found, Attendant(ours, process, table.sheet, table.edits, job.rules.left_out)


class _Listener:
    """The parent's side: listens, and looks at the stop token in between."""

    def __init__(
        self,
        connection: Connection,
        process: SpawnProcess,
        stop: StopToken | None,
        progress: OnProgress,
    ) -> None:
        self._connection = connection
        self._process = process
        self._stop = stop
        self._progress = progress

    def assessment(self) -> Assessment:
        while True:
            message = _decode(self._hear())
            if isinstance(message, _Troubled):
                raise Trouble(message.code, message.remedy, message.values)
            if isinstance(message, _Done):
                shared = memory.offer(self._connection, message.size, self._process.pid or 0)
                return handover.pick_up(self._hear(), shared)
            self._progress(Progress(message.stage, message.done, message.total))

    def _hear(self) -> bytes:
        while not self._connection.poll(_LOOK_EVERY):
            if self._stop is not None and self._stop.is_set():
                raise Stopped
        return self._connection.recv_bytes(_LONGEST)


def main(connection: Connection, beside: Connection | None) -> None:
    """Run in the child: take job and table over, assess it, hand the result back, judge what is edited."""
    stand_back()
    gc.disable()  # the work makes no cycles worth a collection
    try:
        job = parcel.receive(connection)
        attend(connection, _answer(connection, job, beside), job.edits, job.rules.left_out)
    except Trouble as trouble:
        values = {name: str(value)[:1000] for name, value in trouble.values.items()}
        connection.send_bytes(msgspec.json.encode(_Troubled(trouble.code, trouble.remedy, values)))
    except (BrokenPipeError, ConnectionResetError, EOFError):
        return  # nobody is waiting any more


def _answer(connection: Connection, job: Job, beside: Connection | None) -> Rechecker:
    table, layout = passing.receive(connection)
    examiner = Examiner(table.with_edits(job.edits), layout, job.mapping, job.catalog, job.rules)
    clerk = examined(examiner, beside, None, _Teller(connection))
    answer, sections = handover.give(clerk.assessment(examiner.layout))
    size = handover.size_of(sections)
    connection.send_bytes(msgspec.json.encode(_Done(size)))
    handover.lay_out(sections, memory.accept(connection, size))
    connection.send_bytes(answer)
    return Rechecker(examiner, clerk.duplicates)  # nothing else of what the clerk has is kept


class _Teller:
    """Passes progress on, but not more often than a person can see."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _TELL_EVERY
            told = _Told(progress.stage, progress.done, progress.total)
            self._connection.send_bytes(msgspec.json.encode(told))
