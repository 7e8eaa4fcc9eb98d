"""The values of one column as a list: each once, with how often it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.table.grid import Quality
from rowpost.gui.words import Words
from rowpost.mapping import ColumnProfile


@dataclass(frozen=True, slots=True)
class ValuesView:
    """What the list shows; `values` pair a value with its count, '' are the empty cells."""

    column: int
    title: str
    quality: str
    values: tuple[tuple[str, int], ...]
    more: str


def values_view(title: str, profile: ColumnProfile, quality: Quality | None, words: Words) -> ValuesView:
    """Return the list of a column."""
    empty = (("", profile.empty),) if profile.empty else ()
    hidden = profile.distinct - len(profile.values)
    return ValuesView(
        profile.column,
        title,
        quality_sentence(quality, words),
        tuple(sorted((*profile.values, *empty), key=lambda pair: -pair[1])),
        words("review.values.more", count=hidden) if hidden > 0 else "",
    )


def quality_sentence(quality: Quality | None, words: Words) -> str:
    """Say what the bar under a heading shows."""
    if quality is None:
        return words("review.not_sent_column")
    parts = {"ok": quality.ok, "check": quality.check, "must_fix": quality.must_fix, "empty": quality.empty}
    return ", ".join(words(f"review.quality.{name}", count=count) for name, count in parts.items() if count)
