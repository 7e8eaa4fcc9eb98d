"""What the badge offers: the targets, signing in, and Settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from rowpost.gui.views.targets import title
from rowpost.gui.words import Words
from rowpost.model.targets import Target


def target_menu(
    parent: QWidget,
    words: Words,
    targets: tuple[Target, ...],
    current: str,
    act: Callable[[str], None],
) -> QMenu:
    """Make the menu; what is chosen goes to `act` as `target:<name>`, `sign_in:<name>` or `go:settings`."""
    menu = QMenu(parent)
    menu.setAccessibleName(words("badge.menu"))
    group = QActionGroup(menu)
    for target in targets:
        text = words("badge.entry", word=words(f"badge.{target.environment}"), target=title(target, words))
        entry = _add(menu, text, partial(act, f"target:{target.name}"))
        entry.setCheckable(True)
        entry.setChecked(target.name == current)
        group.addAction(entry)
    menu.addSeparator()
    if current != targets[0].name:
        _add(menu, words("badge.sign_in"), partial(act, f"sign_in:{current}"))
    _add(menu, words("badge.settings"), partial(act, "go:settings"))
    return menu


def _add(menu: QMenu, text: str, chosen: Callable[[], None]) -> QAction:
    made = menu.addAction(text.replace("&", "&&"))
    made.triggered.connect(lambda _checked: chosen())
    return made
