"""Undo: one stack for everything a person changes before sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

V = TypeVar("V")


class Swap(QUndoCommand, Generic[V]):
    """Puts one frozen value in the place of another, and back; `done`: the new one is there already."""

    def __init__(
        self, text: str, before: V, after: V, put: Callable[[V], None], *, done: bool = False
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._put = before, after, put
        self._done = done

    def redo(self) -> None:
        """Put the new value in place."""
        if self._done:
            self._done = False
            return
        self._put(self._after)

    def undo(self) -> None:
        """Put the old value back."""
        self._put(self._before)
