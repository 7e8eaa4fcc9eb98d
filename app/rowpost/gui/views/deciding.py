"""What only a person can decide of a row, as values: the buttons, and the question behind each."""

from __future__ import annotations

from rowpost.gui.views.confirm import ConfirmView
from rowpost.gui.words import Words
from rowpost.model.results import RowResult

# wording code of a row -> what a person may say of it
_CONTRADICTS = ("close_there", "close_not_there")
_DECISIONS = {
    "row.different": _CONTRADICTS,
    "row.doubled": _CONTRADICTS,
    "row.contradiction": _CONTRADICTS,
    "row.absent": ("release", *_CONTRADICTS),
    "row.closed_not_there": ("release",),
}


def decisions(line: RowResult, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what can be decided of a row: pairs of an action and the word on its button."""
    found = _DECISIONS.get(line.code, ())
    return tuple((f"{name}:{line.rows[0]}", words(f"decide.{name}")) for name in found)


def decision_view(name: str, line: RowResult, words: Words) -> ConfirmView:
    """Return the question before a decision is written down."""
    return ConfirmView(
        words(f"decide.{name}.question", number=line.invoice_number),
        words(f"decide.{name}.detail"),
        words(f"decide.{name}"),
        words("confirm.no"),
        type_hint=words("decide.reason"),
    )
