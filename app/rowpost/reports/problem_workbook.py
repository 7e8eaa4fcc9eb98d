"""The problem workbook: the user's workbook with marked cells, comments, and a list of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from rowpost.model.problems import Problem, Severity
from rowpost.model.table import Table
from rowpost.reports.additions import Additions, CellMark, Link, Page, Shown, Tone
from rowpost.reports.bare_workbook import sheet_name
from rowpost.reports.changed_cells import ChangedCells
from rowpost.reports.comments import MOST
from rowpost.reports.keeping import look
from rowpost.reports.saving import save
from rowpost.shown import habits_of
from rowpost.shown.quoted import as_seen
from rowpost.wording import Wording

KIND = "problems"
_TONES: Mapping[Severity, Tone] = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.OPEN}
_HEADING_LINE = 2
_MOST_LINES = 1_048_000  # a sheet ends at 1,048,576


def losses(source: Path, out: Path, sha256: str) -> tuple[Problem, ...]:
    """Say what the problem workbook will not keep of the source, before it is saved."""
    return look(source, out, sha256).losses


def write_problem_workbook(
    source: Path,
    table: Table,
    header_row: int,
    problems: Sequence[Problem],
    out: Path,
    wording: Wording,
    *,
    sha256: str = "",
) -> tuple[Problem, ...]:
    """Save a copy of `source` as `out` with every problem at its cell; returns what was not kept.

    `table` is the sheet as it was read (a new workbook is made from it where the source cannot be
    copied), with what a person has changed as its edits: the copy holds and marks those values.
    `sha256` is the source's bytes when they were read. The stamp holds kind, sheet, header_row and sha256.
    Trouble as `save.whole_file` and `keeping.look`.
    """
    keeping, changed = look(source, out, sha256), ChangedCells.of(table)
    additions = Additions(
        sheet=table.sheet,
        header_row=header_row,
        marks=changed.marked(_marks(table, problems, wording), wording),
        cells=changed.cells,
        page=_page(source.name, table, problems, changed, wording),
        replaces_page=True,
        stamp={
            "kind": KIND,
            "sheet": table.sheet,
            "header_row": header_row,
            "sha256": sha256,
        },
    )
    return save(source, keeping, out, additions, lambda: (table, additions))


def _marks(table: Table, problems: Iterable[Problem], wording: Wording) -> dict[tuple[int, int], CellMark]:
    """Every tint, and the comments of as many cells as can have one: a sentence takes its time."""
    told: dict[tuple[int, int], list[Problem]] = {}
    for problem in problems:
        if (
            problem.severity in _TONES
            and problem.where
            and problem.where[0].sheet == table.sheet
            and problem.row
        ):
            told.setdefault((problem.row, problem.where[0].column or 1), []).append(problem)
    commented = frozenset(sorted(told)[:MOST])
    return {
        place: CellMark(
            _worst(here), "\n".join(_said(one, table, wording) for one in here) if place in commented else ""
        )
        for place, here in told.items()
    }


def _worst(problems: Iterable[Problem]) -> Tone:
    bad = any(_TONES[problem.severity] is Tone.BAD for problem in problems)
    return Tone.BAD if bad else Tone.OPEN


def _said(problem: Problem, table: Table, wording: Wording) -> str:
    seen = as_seen(problem, table, habits_of(wording.language))
    return f"{wording.say(f'severity.{problem.severity}')}: {wording.say(problem.code, seen.values)}"


def _page(
    file_name: str, table: Table, problems: Sequence[Problem], changed: ChangedCells, wording: Wording
) -> Page:
    heading = len(changed.count_line(wording)) + _HEADING_LINE
    return Page(
        wording.say("reports.problems.sheet"),
        (14, 10, 10, 24, 80, 60),
        lambda: _lines(file_name, table, problems, changed, wording),
        bold=frozenset((0, heading)),
        frozen_lines=heading + 1,
    )


def _lines(
    file_name: str, table: Table, problems: Sequence[Problem], changed: ChangedCells, wording: Wording
) -> Iterator[tuple[Shown, ...]]:
    habits = habits_of(wording.language)
    yield (wording.say("reports.problems.title", {"count": len(problems), "file": file_name}),)
    yield (wording.say("reports.problems.how"),)
    yield from changed.count_line(wording)
    yield tuple(
        wording.say(f"reports.problems.column.{name}")
        for name in ("severity", "cell", "row", "field", "what", "cure")
    )
    for problem in problems[:_MOST_LINES]:
        yield _line(as_seen(problem, table, habits), wording)
    word = wording.say("reports.changed.mark")
    room = max(0, _MOST_LINES - len(problems))
    lines = zip(changed.lines(wording), changed.changes, strict=True)
    for (place, now, said), (row, _) in islice(lines, room):
        yield word, place, row, "", said, now


def _line(problem: Problem, wording: Wording) -> tuple[Shown, ...]:
    cure = f"{problem.code}.cure"
    place = problem.where[0] if problem.where else None
    cell: Shown = ""
    if place and place.row:
        cell = Link(sheet_name(place.sheet), place.a1 if place.column else f"A{place.row}")
    return (
        wording.say(f"severity.{problem.severity}"),
        cell,
        place.row if place and place.row else "",
        wording.label(problem.field) if problem.field else "",
        wording.say(problem.code, problem.values),
        wording.say(cure, problem.values) if wording.knows(cure) else "",
    )
