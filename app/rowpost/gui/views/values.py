"""The values of one column as a list: each once, with how often it stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rowpost.catalog import Catalog
from rowpost.gui.table.grid import Quality
from rowpost.gui.views.finding import Key, shown, texts_of
from rowpost.gui.words import Words
from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Opened
from rowpost.shown import Habits

_BLOCK = 1 << 15  # cells counted at a time, so that the window's thread gets its turn in between
_MOST = 1000  # values listed


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a column with their counts, the most frequent first; `distinct` counts them all."""

    column: int
    values: tuple[tuple[str, int], ...]
    distinct: int


def values_of(table: Table, layout: Layout, column: int, habits: Habits) -> Values:
    """Count what a column shows in the rows of the table; '' are its empty cells."""
    cells, first, last = table.columns[column - 1], layout.first_row, layout.last_row + 1
    low, high = max(first - cells.first_row, 0), max(last - cells.first_row, 0)
    keys: Counter[Key] = Counter()
    for start in range(low, min(high, len(cells.kinds)), _BLOCK):
        part = slice(start, min(start + _BLOCK, high))
        keys.update(zip(cells.kinds[part], cells.refs[part], cells.formats[part], strict=True))
    counts: Counter[str] = Counter()
    for key, text in texts_of(table, keys, habits):
        counts[text] += keys[key]
    counts[""] += last - first - keys.total()
    plain = table.with_edits({})
    for row, at in table.edits:
        if at == column and first <= row < last:
            counts[shown(plain, row, column, habits)] -= 1
            counts[shown(table, row, column, habits)] += 1
    there = Counter({text: count for text, count in counts.items() if count > 0})
    return Values(column, tuple(there.most_common(_MOST)), len(there))


def values_in(opened: Opened, _: Catalog, column: int, habits: Habits) -> Values:
    """Count what a column of a sheet shows."""
    return values_of(opened.table, opened.layout, column, habits)


@dataclass(frozen=True, slots=True)
class ValuesView:
    """What the list shows; `values` pair a value with its count, '' are the empty cells."""

    column: int
    title: str
    quality: str
    values: tuple[tuple[str, int], ...]
    more: str


def values_view(title: str, found: Values, quality: Quality | None, words: Words) -> ValuesView:
    """Return the list of a column."""
    hidden = found.distinct - len(found.values)
    return ValuesView(
        found.column,
        title,
        quality_sentence(quality, words),
        found.values,
        words("review.values.more", count=hidden) if hidden > 0 else "",
    )


def quality_sentence(quality: Quality | None, words: Words) -> str:
    """Say what the bar under a heading shows."""
    if quality is None:
        return words("review.not_sent_column")
    parts = {"ok": quality.ok, "check": quality.check, "must_fix": quality.must_fix, "empty": quality.empty}
    return ", ".join(words(f"review.quality.{name}", count=count) for name, count in parts.items() if count)
