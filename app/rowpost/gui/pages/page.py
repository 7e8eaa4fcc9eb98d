"""What every page is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.state import Place, State, Step
from rowpost.gui.words import Words

Act = Callable[[str], None]


class Page(QWidget):
    """A view of the state. It keeps nothing that is not on the screen."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self.setObjectName("page")
        self.look = look
        self.words = words

    def show_state(self, state: State) -> None:
        """Show what is known now; called often, so compare before changing anything."""
        raise NotImplementedError

    def arrive(self) -> None:
        """The page has come into view: put the keyboard where work begins."""

    def tell_of(self, step: Step) -> None:
        """The page is asked for from another step."""

    @property
    def place(self) -> Place:
        """Where on the page a person is, to be gone back to at the next start."""
        return Place()

    def return_to(self, place: Place) -> None:
        """Go back to where a person was."""

    def complete(self) -> bool:
        """Whether all that is to be seen is there; large pages are built a little at a time."""
        return True

    def areas(self) -> Sequence[QWidget]:
        """The places F6 goes to within the page."""
        return ()
