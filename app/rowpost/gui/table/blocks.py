"""Blocks of cells as text, the way Excel writes and reads them on the clipboard; no Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Block = Sequence[Sequence[str]]


def to_text(block: Block) -> str:
    """Write cells with tabs between columns and line breaks between rows, quoted where needed."""
    out = io.StringIO()
    lines = (map(_with_one_break, line) for line in block)
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return out.getvalue().removesuffix("\n")


def _with_one_break(text: str) -> str:
    """Write every line break as Excel has it in a cell; a lone carriage return would end the block."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def from_text(text: str) -> Block:
    """Read what Excel, or a person, has copied; one line break at the end does not count."""
    lines = _with_one_break(text).removesuffix("\n")
    return list(csv.reader(io.StringIO(lines), dialect="excel-tab")) if lines else [[""]]


def pasted(
    block: Block, rows: Sequence[int], columns: Sequence[int], at: tuple[int, int]
) -> Mapping[tuple[int, int], str]:
    """Return which cells a block changes when its corner is put at a place of the view.

    `rows` and `columns` are those of the view in their order; what would lie outside is left away.
    """
    top, left = at
    return {
        (rows[top + down], columns[left + right]): text
        for down, line in enumerate(block)
        for right, text in enumerate(line)
        if top + down < len(rows) and left + right < len(columns)
    }


def filled_down(cells: Iterable[tuple[int, int]], texts: Mapping[int, str]) -> Mapping[tuple[int, int], str]:
    """Return the same text for all cells of a column: that of its first one."""
    return {(row, column): texts[column] for row, column in cells}
