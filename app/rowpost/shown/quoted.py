"""Problems that quote a number or a date: in the form in which the cell is shown beside them."""

from __future__ import annotations

from dataclasses import replace

from rowpost.model.cells import Kind
from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.shown.habits import EXCEL_US, Habits
from rowpost.shown.text import shown_text


def as_seen(problem: Problem, table: Table, habits: Habits) -> Problem:
    """Return the problem with its `value` as a machine with these habits shows the cell.

    A value that is not just what the cell shows (what is stored, a part of a text) stays.
    """
    quoted = problem.values.get("value")
    if habits is EXCEL_US or not isinstance(quoted, str) or not problem.where:
        return problem
    place = problem.where[0]
    if place.sheet != table.sheet or not (place.row and place.column):
        return problem
    cell = table.cell(place.row, place.column)
    if cell.kind not in (Kind.NUMBER, Kind.DATE) or quoted != shown_text(cell, table.epoch_1904):
        return problem
    seen = shown_text(cell, table.epoch_1904, habits) or quoted
    return replace(problem, values={**problem.values, "value": seen})
