"""Workbooks that this program has written before: recognised when they come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import Opened, Reading

_KINDS = {"problems": "opened.problems_copy", "results": "opened.results_copy"}


def sheet_meant(opened: Opened, asked: Reading) -> Reading | None:
    """Return how to read the file again, where it is a copy of ours whose table is on another sheet."""
    stamp = _stamp(opened)
    if stamp is None or asked.sheet or asked.header_row is not None:
        return None
    sheet, header_row = stamp.get("sheet"), stamp.get("header_row")
    there = any(info.name == sheet for info in opened.sheets)
    if not there or not isinstance(header_row, int) or sheet == opened.table.sheet:
        return None
    return replace(asked, sheet=str(sheet), header_row=header_row)


def told(opened: Opened) -> Opened:
    """Return the workbook with the fact that it is a copy of ours, if it is one."""
    stamp = _stamp(opened)
    code = _KINDS.get(str(stamp.get("kind"))) if stamp else None
    if stamp is None or code is None:
        return opened
    fact = Problem(code, Severity.NOTE, values={"run": str(stamp.get("run", ""))})
    return replace(opened, facts=(fact, *opened.facts))


def made_from(opened: Opened, sha256: str) -> bool:
    """Whether the workbook is a copy that this program made of the file with that checksum: same rows."""
    stamp = _stamp(opened)
    return bool(stamp and sha256 and stamp.get("sha256") == sha256)


def _stamp(opened: Opened) -> dict[str, str | int] | None:
    from rowpost.reports.stamp import read_stamp

    found = read_stamp(Path(opened.path))
    return dict(found) if found else None
