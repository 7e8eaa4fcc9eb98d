"""Runs: found by their names, listed with their books, and where they go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rowpost.ledger import books
from rowpost.ledger.rows import changes
from rowpost.ledger.store import Readable
from rowpost.model.attempts import STATE_OF, RowChange, Stage
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble

_NAMED = 5  # runs that are named where several are meant


def run_id(store: Readable, name: str) -> int:
    """Return the number of the run of that name; see `full_name`."""
    by_name = "SELECT id FROM run WHERE name = ?"
    found = store.db.execute(by_name, (name,)).fetchone()
    return int((found or store.db.execute(by_name, (full_name(store, name),)).fetchone())[0])


def full_name(store: Readable, said: str) -> str:
    """Return a run's name as it is written, of what was said of it: `BADO` for bado-47.

    Trouble where no run begins so, or several do.
    """
    start = said.strip().lower()
    if store.db.execute("SELECT 1 FROM run WHERE name = ?", (start,)).fetchone():
        return start
    begin_so = "SELECT name FROM run WHERE substr(name, 1, ?) = ? ORDER BY id DESC LIMIT ?"
    names = [name for (name,) in store.db.execute(begin_so, (len(start), start, _NAMED + 1))]
    if not start or not names:
        raise Trouble("ledger.no_such_run", Remedy.FIX_SETTINGS, {"run": said})
    if len(names) == 1:
        return str(names[0])
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    raise Trouble("ledger.several_runs", Remedy.FIX_SETTINGS, {"run": said, "runs": shown})


def summaries(store: Readable, where: str = "1", values: Sequence[object] = ()) -> list[RunSummary]:
    """The runs that meet an SQL condition over `run`, the latest first."""
    columns = ", ".join(_SUMMARY)
    found = store.db.execute(f"SELECT {columns} FROM run WHERE {where} ORDER BY id DESC", values)
    lines = [dict(zip(_SUMMARY, line, strict=True)) for line in found.fetchall()]
    heirs = _heirs(store)
    return [_summary(store, line, tuple(heirs.get(line["name"], ()))) for line in lines]


def _heirs(store: Readable) -> dict[str, list[str]]:
    """Which runs sent rows of another run again."""
    heirs: dict[str, list[str]] = {}
    for run, heir in store.db.execute("SELECT follows, name FROM run WHERE follows <> '' ORDER BY id"):
        heirs.setdefault(run, []).append(heir)
    return heirs


_SUMMARY = (
    *("id", "name", "created_at", "by_whom", "follows", "file_name", "file_path", "file_sha256", "sheet"),
    *("header_row", "row_count", "amounts", "target", "environment", "organization_id", "organization_name"),
    *("api_url", "token_url", "client_id", "size", "first_row", "status", "cause", "books", "erased_at"),
)


def _summary(store: Readable, run: dict[str, Any], heirs: tuple[str, ...]) -> RunSummary:
    cause = json.loads(run["cause"]) if run["cause"] else {}
    return RunSummary(
        run=run["name"],
        created_at=datetime.fromisoformat(run["created_at"]),
        file_name=run["file_name"],
        file_path=run["file_path"],
        file_sha256=run["file_sha256"],
        sheet=run["sheet"],
        header_row=run["header_row"],
        target=target_in(run),
        status=RunStatus(run["status"]),
        books=books.of_run(store, run),
        by_whom=run["by_whom"],
        cause=cause.get("code", ""),
        follows=run["follows"],
        followed_by=heirs,
        forgotten_at=datetime.fromisoformat(run["erased_at"]) if run["erased_at"] else None,
    )


def latest(store: Readable) -> str:
    """The name of the run that was made last, '' where there is none."""
    found = store.db.execute("SELECT name FROM run ORDER BY id DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def target_of(store: Readable, name: str) -> Target:
    """Where a run goes. Trouble if there is no such run."""
    columns = ", ".join(TARGET_COLUMNS)
    where = (run_id(store, name),)
    found = store.db.execute(f"SELECT {columns} FROM run WHERE id = ?", where).fetchone()
    return target_in(dict(zip(TARGET_COLUMNS, found, strict=True)))


def invoices_by_state(store: Readable, name: str) -> dict[RowState, int]:
    """Count the invoices of a run, or rows that made none, by state. Trouble if there is no such run."""
    first, size = place(store, run_id(store, name))
    counted: dict[RowState, int] = {}
    for stage, count in store.db.execute(
        "SELECT stage, count(*) FROM row WHERE id >= ? AND id < ? GROUP BY stage", (first, first + size)
    ):
        state = STATE_OF[Stage(stage)]
        counted[state] = counted.get(state, 0) + count
    return counted


def under_way(store: Readable, name: str) -> tuple[RowChange, ...]:
    """Return the rows of a run of which something may have left this machine and nothing is decided."""
    first, size = place(store, run_id(store, name))
    open_ = [stage.value for stage, state in STATE_OF.items() if state is RowState.NOT_KNOWN]
    marks = ", ".join("?" * len(open_))
    found = store.db.execute(
        f"SELECT id FROM row WHERE id >= ? AND id < ? AND stage IN ({marks})", (first, first + size, *open_)
    )
    return changes(store, [row for (row,) in found])


def size_of(store: Readable, name: str) -> int:
    """How many rows the result of a run has. Trouble if there is no such run."""
    return place(store, run_id(store, name))[1]


def place(store: Readable, run: int) -> tuple[int, int]:
    """The first row of a run, and how many there are."""
    first, size = store.db.execute("SELECT first_row, size FROM run WHERE id = ?", (run,)).fetchone()
    return int(first), int(size)


TARGET_COLUMNS = (
    "target",
    "environment",
    "api_url",
    "token_url",
    "organization_id",
    "client_id",
    "organization_name",
)


def target_in(run: dict[str, Any]) -> Target:
    """The target of a line of the table `run`."""
    return Target(
        name=run["target"],
        environment=Environment(run["environment"]),
        api_url=run["api_url"],
        token_url=run["token_url"],
        organization_id=run["organization_id"],
        client_id=run["client_id"],
        organization_name=run["organization_name"],
    )
