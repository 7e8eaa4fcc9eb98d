"""Tints cells by a rule of the sheet (conditional format): the cells and their own formats stay untouched.

So the marks of an earlier report can be told from anything else, and taken away again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from rowpost.model.cells import column_letters
from rowpost.reports.additions import CellMark, Tone
from rowpost.reports.sheet_scan import SheetPlaces
from rowpost.reports.styles import Styles
from rowpost.reports.xml_edits import Edit, elements

_SIGN = b"Rowpost"
_ALWAYS = 'LEN("Rowpost")=7'  # a rule that always holds, and says whose it is
_RANGES_A_RULE = 500
# what may stand before <conditionalFormatting>, ECMA-376 part 1, 18.3.1.99
_BEFORE_RULES = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
)  # fmt: skip

Marks = Mapping[tuple[int, int], CellMark]


def mark_edits(places: SheetPlaces, marks: Marks, styles: Styles) -> Iterator[Edit]:
    """The edits that take away the marks of an earlier report, and set these."""
    yield from _old_rules(places)
    if not marks:
        return
    place = next((start for name, start in places.tail if name not in _BEFORE_RULES), places.end)
    rules = "".join(_rules(places.prefix, marks, styles))
    yield Edit(place, place, rules.encode())


def _rules(prefix: str, marks: Marks, styles: Styles) -> Iterator[str]:
    for tone in (Tone.BAD, Tone.OPEN, Tone.CHANGED):
        ranges = list(_ranges(place for place, mark in marks.items() if mark.tone is tone))
        for start in range(0, len(ranges), _RANGES_A_RULE):
            cells = " ".join(ranges[start : start + _RANGES_A_RULE])
            yield (
                f'<{prefix}conditionalFormatting sqref="{cells}">'
                f'<{prefix}cfRule type="expression" dxfId="{styles.tint(tone)}" priority="1">'
                f"<{prefix}formula>{_ALWAYS}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
            )


def _ranges(places: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Join cells that stand below one another: C4, C5, C6 become C4:C6."""
    by_column = sorted((column, row) for row, column in places)
    first = 0
    for index, (column, row) in enumerate(by_column):
        if index + 1 < len(by_column) and by_column[index + 1] == (column, row + 1):
            continue
        letters, top = column_letters(column), by_column[first][1]
        yield f"{letters}{top}" if top == row else f"{letters}{top}:{letters}{row}"
        first = index + 1


def _old_rules(places: SheetPlaces) -> Iterator[Edit]:
    for (name, start), (_, end) in pairwise((*places.tail, ("", places.end))):
        piece = places.data[start:end]
        if name == "conditionalFormatting" and _SIGN in piece:
            rules = elements(piece.rstrip(), {"cfRule", "conditionalFormatting"})
            ours = [rule for rule in rules[1:] if _SIGN in piece[rule.start : rule.end]]
            gone = rules[:1] if len(ours) == len(rules) - 1 else ours
            yield from (Edit(start + rule.start, start + rule.end, b"") for rule in gone)
