"""Holds the state of the window and says when it has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from rowpost.gui.state import State


class Store(QObject):
    """The one changing thing; all else are views of it."""

    changed = Signal()

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    @property
    def state(self) -> State:
        """What is known now."""
        return self._state

    def update(self, **changes: Any) -> None:
        """Replace some fields of the state and tell everybody once."""
        self._state = replace(self._state, **changes)
        self.changed.emit()
