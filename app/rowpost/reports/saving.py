"""Saves additions: as a copy of the user's workbook where that can be done, else in a new one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.reports.additions import Additions
from rowpost.reports.bare_workbook import sheet_name, write_bare
from rowpost.reports.copy_workbook import copy_with
from rowpost.reports.keeping import Keeping, new_instead
from rowpost.reports.save import whole_file
from rowpost.reports.xml_edits import NotEditable


def save(
    source: Path | None,
    keeping: Keeping,
    out: Path,
    additions: Additions,
    instead: Callable[[], tuple[Table | None, Additions]],
) -> tuple[Problem, ...]:
    """Save `additions` in a copy of `source` as `out`; returns what was not kept.

    Where the source cannot be copied faithfully, `instead` says which cells, and which additions,
    a new workbook holds.
    """
    if source and keeping.copies:
        with suppress(NotEditable), whole_file(out) as new:
            copy_with(source, additions, new, macros=keeping.macros)
            return keeping.losses
    table, others = instead()
    _save_new(table, replace(others, sheet=sheet_name(others.sheet)), out)
    return (new_instead(source),) if keeping.copies else keeping.losses


def _save_new(table: Table | None, additions: Additions, out: Path) -> None:
    with whole_file(out) as new:
        bare = new.with_suffix(".cells")
        try:
            write_bare(bare, additions.sheet, table)
            copy_with(bare, additions, new, macros=False)
        finally:
            with suppress(OSError):
                bare.unlink()
