"""No text is cut off, on any page or dialog, in any language, at any text size, in the smallest window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.parts.elided import Elided
from rowpost.gui.state import Step
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from rowpost.wiring import open_session
from rowpost.wording import LANGUAGES
from tests.support.scenes import Scene, scenes
from tests.support.window import answer, children, sweep, wait_for_state, window_over

SMALLEST = (1024, 640)
SIZES = {100: SMALLEST, 200: SMALLEST}  # text percent -> the smallest window that must do
SOLID = (QLabel, QPushButton, QLineEdit, QComboBox, QRadioButton)


def cut_off(shown: QWidget) -> Iterator[str]:
    """Name every visible text that has less room than it needs, or lies where it cannot be seen."""
    yield from (*_labels(shown), *_buttons(shown))
    for area in children(shown, QScrollArea):
        if area.horizontalScrollBar().maximum() > 0:
            content = area.widget().minimumSizeHint().width()
            yield f"sideways: {_path(area)} {area.viewport().width()} needs {content}"
    for parent in {made.parentWidget() for kind in SOLID for made in children(shown, kind)}:
        yield from _out_of_place(parent)


def _labels(shown: QWidget) -> Iterator[str]:
    for label in children(shown, QLabel):
        if isinstance(label, Elided):
            if label.toolTip() != label.text():
                yield f"shortened without a tooltip: {label.text()!r}"
        elif label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"label: {label.text()!r} {label.size()} needs {label.heightForWidth(label.width())}"
        elif label.sizeHint().width() > label.width() + 1 or label.sizeHint().height() > label.height() + 1:
            yield f"label: {label.text()!r} {label.size()} needs {label.sizeHint()}"


def _buttons(shown: QWidget) -> Iterator[str]:
    for kind in (QPushButton, QRadioButton):
        for button in children(shown, kind):
            hint = button.sizeHint()
            if button.hasHeightForWidth():
                hint = QSize(0, button.heightForWidth(button.width()))
            if hint.width() > button.width() + 1 or hint.height() > button.height() + 1:
                yield f"button: {button.text()!r} {button.size()} needs {hint}"


def _out_of_place(parent: QWidget) -> Iterator[str]:
    """Name what reaches beyond its surroundings, or lies over its neighbour."""
    here = [made for made in parent.children() if isinstance(made, SOLID) and made.isVisible()]
    for made in here:
        if not parent.rect().contains(made.geometry()):
            yield f"beyond its surroundings: {_path(made)} {made.geometry()} in {parent.rect()}"
    for one, other in combinations(here, 2):
        common: QRect = one.geometry() & other.geometry()
        if common.width() > 1 and common.height() > 1 and not isinstance(parent, SOLID):
            yield f"over each other: {_path(one)}, {_path(other)}"


def _path(made: QWidget) -> str:
    said = made.text() if isinstance(made, (QLabel, QPushButton, QRadioButton)) else made.accessibleName()
    return f"{type(made).__name__} {said!r} in {type(made.parentWidget()).__name__}"


def reach_results(workplace: Workplace) -> None:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(workplace, lambda state: state.result is not None)


@pytest.fixture(scope="module")
def walked(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workplace, list[Scene]]]:
    """One window with everything done once; each test looks at all of it in its own way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("home")))
        with open_session(language="en") as session, window_over(qapp, session) as workplace:
            yield workplace, list(scenes(workplace, tmp_path_factory.mktemp("books")))


@pytest.mark.parametrize("percent", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_off(walked: tuple[Workplace, list[Scene]], language: str, percent: int) -> None:
    workplace, seen = walked
    workplace.window.resize(*SIZES[percent])
    workplace.change_look(Chosen(language, Appearance.LIGHT, percent))
    sweep()
    assert {scene.state.step for scene in seen} == set(Step)
    found = []
    for scene in seen:
        for shown in scene.show(workplace):
            found += [f"{scene.name}: {text}" for text in cut_off(shown)]
            if shown is not workplace.window:
                shown.close()
            if isinstance(shown, QDialog):
                shown.deleteLater()
        sweep()
    assert not found, "\n".join(found)
