"""Golden rows: three masked rows by which a mapping notices that a newer program reads it differently."""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections.abc import Sequence
from dataclasses import replace

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping.build import build
from rowpost.mapping.document import GoldenRow, Mapping
from rowpost.mapping.targets import find
from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Column, Table, TextPool
from rowpost.model.workbook import Layout

_MOST = 3
_SEEN_AS_THEY_ARE = frozenset(
    {FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.AMOUNT, FieldKind.ENUM, FieldKind.BOOLEAN}
)
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"[0-9]")
_BETWEEN = "\t"  # kind, number format and stored text of a cell


def with_golden(mapping: Mapping, table: Table, layout: Layout, catalog: Catalog) -> Mapping:
    """Return the mapping with the first rows of this sheet as its golden rows.

    Letters become x and digits 1 in everything but dates, amounts and words of lists, so that no
    person is in the saved file.
    """
    open_columns = _open_columns(mapping, catalog)
    rows = []
    for row in range(layout.first_row, min(layout.last_row, layout.first_row + _MOST - 1) + 1):
        cells = [table.cell(row, column) for column in range(1, len(mapping.headings) + 1)]
        masked = [cell if column in open_columns else _masked(cell) for column, cell in enumerate(cells, 1)]
        rows.append(_golden(masked, table.epoch_1904, mapping, catalog))
    return replace(mapping, golden=tuple(rows))


def changed_rows(mapping: Mapping, catalog: Catalog) -> tuple[int, ...]:
    """Return which golden rows (from 1) become something else than when they were kept."""
    found = []
    for number, row in enumerate(mapping.golden, 1):
        cells = [_cell(text) for text in row.cells]
        if _golden(cells, row.epoch_1904, mapping, catalog).fingerprint != row.fingerprint:
            found.append(number)
    return tuple(found)


def _golden(cells: Sequence[Cell], epoch_1904: bool, mapping: Mapping, catalog: Catalog) -> GoldenRow:
    layout = Layout((1,), 2, 2, mapping.headings)
    drafts = build(_one_row(cells, epoch_1904), layout, mapping, catalog)
    made = [[draft.payload, [placed.flaw.code for placed in draft.flaws], draft.left_out] for draft in drafts]
    told = json.dumps(made, sort_keys=True, default=str)
    texts = tuple(_BETWEEN.join((cell.kind.name, cell.format, cell.stored)) for cell in cells)
    return GoldenRow(texts, hashlib.sha256(told.encode()).hexdigest(), epoch_1904)


def _cell(text: str) -> Cell:
    kind, number_format, stored = text.split(_BETWEEN, 2)
    return Cell(Kind[kind], stored, number_format)


def _masked(cell: Cell) -> Cell:
    return replace(cell, stored=_DIGIT.sub("1", _LETTER.sub("x", cell.stored)))


def _open_columns(mapping: Mapping, catalog: Catalog) -> set[int]:
    return {
        column
        for rule in mapping.rules
        if find(catalog, rule.field)[0].kind in _SEEN_AS_THEY_ARE
        for column in rule.columns
    }


def _one_row(cells: Sequence[Cell], epoch_1904: bool) -> Table:
    """A table whose row 2 holds these cells."""
    texts = ["", *(cell.stored for cell in cells)]
    offsets = array("Q", [0])
    for text in texts:
        offsets.append(offsets[-1] + len(text.encode("utf-8", "surrogatepass")))
    columns = [
        Column(2, bytes([cell.kind]), array("I", [place]), array("I", [place - 1]))
        for place, cell in enumerate(cells, 1)
    ]
    pool = TextPool("".join(texts).encode("utf-8", "surrogatepass"), offsets)
    return Table("", 2, columns, pool, [cell.format for cell in cells], epoch_1904)
