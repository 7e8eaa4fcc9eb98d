"""The menu of a cell in Review: what the keys do, for those who look for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.cell import CellView
from rowpost.gui.words import Words


def cell_menu(
    view: SheetView,
    cell: CellView,
    words: Words,
    take_back: Callable[[], object],
    leave_out: Callable[[], object],
) -> QMenu:
    """Make the menu for the current cell and the cells that are selected."""
    menu = QMenu(view)
    for code, key, deed in (
        ("cut", "Ctrl+X", view.cut),
        ("copy", "Ctrl+C", view.copy),
        ("paste", "Ctrl+V", view.paste),
        ("fill", "Ctrl+D", view.fill_down),
        ("empty", "Del", view.empty),
    ):
        _add(menu, words(f"review.menu.{code}"), deed, key)
    menu.addSeparator()
    _add(menu, words("review.menu.values"), view.ask_for_values, "Alt+Down")
    if cell.changed:
        _add(menu, words("review.take_back"), take_back)
    if cell.can_leave_out or cell.can_take_in:
        _add(menu, words("review.take_in" if cell.can_take_in else "review.leave_out"), leave_out)
    return menu


def _add(menu: QMenu, text: str, deed: Callable[[], object], key: str = "") -> None:
    action = menu.addAction(text)
    # shown only: the table listens to the keys itself
    action.setText(f"{text}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}".rstrip())
    action.triggered.connect(lambda _checked: deed())
