"""How far it is from a first look to results, counted in clicks of a mouse on what can be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.state import State, Step
from rowpost.gui.workplace import Workplace
from tests.support.window import children, dialog_of, wait_for_state, wait_until

MOST = 6  # clicks


class Mouse:
    """Clicks what a person can see and reach, and counts."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, button: QPushButton) -> None:
        """Click in the middle of it."""
        window = button.window()
        middle = button.mapTo(window, button.rect().center())
        assert button.isEnabled()
        assert window.rect().contains(middle)
        assert window.childAt(middle) is button, "something lies over it"
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def primary(window: QWidget) -> QPushButton:
    """The one button that stands out."""
    (found,) = (one for one in children(window, QPushButton) if one.property("kind") == "primary")
    return found


def named(window: QWidget, word: str) -> QPushButton:
    (found,) = (one for one in children(window, QPushButton) if one.text() == word)
    return found


def test_the_sample_is_at_its_results_after_six_clicks(workplace: Workplace) -> None:
    mouse, window = Mouse(), workplace.window

    def go_on_to(reached: Step) -> None:
        wait_until(lambda: primary(window).isEnabled())
        mouse.click(primary(window))
        wait_for_state(workplace, lambda state: state.step is reached and can_go_on(state))

    mouse.click(named(window, workplace.words("open.sample")))
    wait_for_state(workplace, lambda state: state.opened is not None and can_go_on(state))
    for step in (Step.MAP, Step.REVIEW, Step.SEND):
        go_on_to(step)
    wait_until(lambda: primary(window).isEnabled())
    dialog_of(Question, lambda: mouse.click(primary(window)), lambda asked: mouse.click(asked.yes))
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS and state.result is not None)
    assert mouse.clicks <= MOST
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.books.balanced


def can_go_on(state: State) -> bool:
    return state.busy is None
