"""A process beside the window that answers questions about a long sheet: what takes more than a moment.

A thread of the window's own process would do, were it not that every call of a paint then waits for it.
The process is started with the first long sheet, keeps the newest one in mind (its memory is shared, not
copied), and ends with the window. What is asked is a function of the sheet; small values travel back.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import pickle
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from rowpost.catalog import Catalog
from rowpost.host.priority import stand_back
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.table import Table
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.model.workbook import Layout, Opened

T = TypeVar("T")
_LONG = 10_000  # rows: shorter sheets are answered before a process has started
_LARGE = 1 << 20  # bytes of a file that may hold so many
_LOOK_EVERY = 0.02  # seconds between looks at the stop token
_SOON = 0.5  # seconds: an answer that nobody wants any more is waited for so long, then the process ends

Asked = tuple[Callable[..., Any], tuple[Any, ...], Mapping[tuple[int, int], str], bool]


def is_long(opened: Opened) -> bool:
    """Whether questions about this sheet are for the process beside."""
    return opened.layout.last_row - opened.layout.first_row >= _LONG


class Apart:
    """The window's end. Several threads may ask; they are answered one after the other."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._line: _Line | None = None
        self._turn = threading.Lock()

    def beside(self, path: Path, progress: OnProgress) -> OnProgress:
        """Forget the last workbook, for another is about to be read; be ready in time if that may be long.

        Return what is told the progress of reading: the process starts once that is well under way.
        """
        with self._turn:
            self.close()
        is_large = path.is_file() and path.stat().st_size > _LARGE

        def told(news: Progress) -> None:
            if is_large and self._line is None:
                self._be_ready()
            progress(news)

        return told

    def _be_ready(self) -> None:
        """Start the process unless somebody is at it; where it cannot be, whoever asks first is told."""
        if self._turn.acquire(blocking=False):
            try:
                with suppress(OSError):
                    self._ready_line()
            finally:
                self._turn.release()

    def ask(self, opened: Opened, task: Callable[..., T], *args: object, stop: StopToken | None = None) -> T:
        """Return `task(opened, catalog, *args)`, worked out in the other process.

        The task is a function of a module; it sees the table, its edits and the layout of `opened`,
        and nothing else. Stopped once `stop` is set; what the task raises is raised here.
        """
        while not self._turn.acquire(timeout=_LOOK_EVERY):
            if _is_set(stop):
                raise Stopped
        try:
            line = self._ready_line()
            line.show(opened.table, opened.layout)
            line.send((task, args, opened.table.edits, False))
            return line.answer(stop)  # type: ignore[no-any-return]  # what the task returns
        except (EOFError, OSError):
            self.close()
            raise Trouble("intake.child_ended", Remedy.TRY_LATER) from None
        finally:
            self._turn.release()

    def _ready_line(self) -> _Line:
        """The line to the process, a new one where there is none or it is still at an old question."""
        if self._line is not None and not self._line.is_free():
            self.close()
        if self._line is None:
            self._line = _Line(self._catalog)
        return self._line

    def close(self) -> None:
        """End the process, if there is one."""
        line, self._line = self._line, None
        if line is not None:
            line.close()


class _Line:
    """One process, and what it knows."""

    def __init__(self, catalog: Catalog) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=main, args=(theirs, catalog), daemon=True)
        self._process.start()
        theirs.close()
        self._shown: tuple[object, object] = (None, None)
        self._owes = False  # an answer that nobody waits for

    def show(self, table: Table, layout: Layout) -> None:
        """Let it have the sheet, if it does not have it yet."""
        from rowpost.sheets import passing

        which = (table.columns, layout)  # edits lie over the same columns
        if which[0] is not self._shown[0] or which[1] is not self._shown[1]:
            self.send((_no_task, (), {}, True))
            passing.send(self._ours, table, layout, self._process.pid or 0)
            self._shown = which

    def send(self, asked: Asked) -> None:
        self._ours.send_bytes(_packed(asked))

    def answer(self, stop: StopToken | None) -> Any:
        while not self._ours.poll(_LOOK_EVERY):
            if _is_set(stop):
                self._owes = True
                raise Stopped
        found = pickle.loads(self._ours.recv_bytes())  # noqa: S301 - our own process, which reads no files
        if isinstance(found, Exception):
            raise found
        return found

    def is_free(self) -> bool:
        """Whether it can be asked; an answer that is still owed is thrown away when it comes soon."""
        if self._owes and self._ours.poll(_SOON):
            self._ours.recv_bytes()
            self._owes = False
        return not self._owes

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._ours.close()


def main(connection: Connection, catalog: Catalog) -> None:
    """Run in the child: answer until nobody asks any more."""
    import rowpost.session.suggesting  # noqa: F401 - while the workbook is still being read
    from rowpost.sheets import passing

    stand_back()
    opened: Opened | None = None
    try:
        while True:
            asked: Asked = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the window itself
            task, args, edits, is_sheet = asked
            if is_sheet:
                opened = None  # the old one goes before the new one comes
                opened = Opened("", "", 0, "", (), *passing.receive(connection))
            else:
                connection.send_bytes(_packed(_answered(task, opened, catalog, args, edits)))
    except (EOFError, OSError):
        return


def _answered(
    task: Callable[..., object],
    opened: Opened | None,
    catalog: Catalog,
    args: tuple[object, ...],
    edits: Mapping[tuple[int, int], str],
) -> object:
    assert opened is not None  # noqa: S101 - shown before the first question
    table = opened.table.with_edits(edits)
    try:
        return task(Opened("", "", 0, "", (), table, opened.layout), catalog, *args)
    except Exception as error:  # noqa: BLE001 - raised again where it was asked for
        return error


def _no_task(*_: object) -> None:
    """Nothing is asked: the sheet follows."""


def _is_set(stop: StopToken | None) -> bool:
    return stop is not None and stop.is_set()


def _packed(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Make a read-only dictionary; pickle knows its class by a name that does not exist."""
    return MappingProxyType(items)


copyreg.pickle(MappingProxyType, lambda proxy: (read_only, (dict(proxy),)))
