"""What a person should know about the workbook before anything is sent."""

from __future__ import annotations

from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.model.workbook import Layout
from rowpost.sheets.raw import RawSheet
from rowpost.sheets.request import Words


def find_facts(raw: RawSheet, _table: Table, _layout: Layout, _words: Words) -> tuple[Problem, ...]:
    """Gather the facts."""
    return tuple(raw.notes)
