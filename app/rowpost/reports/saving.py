"""Saves additions: as a copy of the user's workbook where that can be done, else as a new one."""

from __future__ import annotations

from pathlib import Path

from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.reports.additions import Additions
from rowpost.reports.copy_workbook import copy_with
from rowpost.reports.fresh_workbook import write_fresh
from rowpost.reports.keeping import Keeping, new_instead
from rowpost.reports.save import whole_file
from rowpost.reports.xml_edits import NotEditable


def save_copy(source: Path, additions: Additions, out: Path, keeping: Keeping) -> bool:
    """Save a copy of `source` as `out`; False, with nothing written, where it cannot be copied faithfully."""
    try:
        with whole_file(out) as new:
            copy_with(source, additions, new, macros=keeping.macros)
    except NotEditable:
        return False
    return True


def save_fresh(source: Path | None, table: Table | None, additions: Additions, out: Path) -> Problem:
    """Save a new workbook as `out`; returns the note that says so."""
    with whole_file(out) as new:
        write_fresh(table, additions, new)
    return new_instead(source)
