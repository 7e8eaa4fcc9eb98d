"""No text is cut off, in any language, at any text size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.state import Step
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from rowpost.wording import LANGUAGES
from tests.support.window import answer, children, let_settle, sweep, wait_for_state, wait_until

SIZES = {100: (1024, 640), 200: (1600, 1000)}  # text percent -> the smallest window that must do


def cut_off(workplace: Workplace) -> Iterator[str]:
    """Name every visible text that has less room than it needs."""
    window = workplace.window
    for label in children(window, QLabel):
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"label: {label.text()!r} {label.size()} needs {label.heightForWidth(label.width())}"
        elif label.sizeHint().width() > label.width() + 1 or label.sizeHint().height() > label.height() + 1:
            yield f"label: {label.text()!r} {label.size()} needs {label.sizeHint()}"
    for kind in (QPushButton, QRadioButton):
        for button in children(window, kind):
            if button.sizeHint().width() > button.width() + 1:
                yield f"button: {button.text()!r} {button.size()} needs {button.sizeHint()}"


def reach_results(workplace: Workplace) -> None:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(workplace, lambda state: state.result is not None)


@pytest.mark.parametrize("percent", SIZES)
def test_no_text_is_cut_off(qapp: QApplication, workplace: Workplace, percent: int) -> None:
    workplace.window.resize(*SIZES[percent])
    found = []
    reach_results(workplace)
    for language in LANGUAGES:
        workplace.change_look(Chosen(language, Appearance.LIGHT, percent))
        sweep()
        for step in Step:
            workplace.go(step)
            wait_until(workplace.page(step).complete)
            let_settle()
            found += [f"{language} {step}: {text}" for text in cut_off(workplace)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_window_has_room_for_its_texts(
    qapp: QApplication, workplace: Workplace, language: str
) -> None:
    for percent, size in SIZES.items():
        workplace.change_look(Chosen(language, Appearance.DARK, percent))
        sweep()
        workplace.window.resize(*size)
        qapp.processEvents()
        assert not list(cut_off(workplace))
