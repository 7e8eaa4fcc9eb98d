"""What a screen reader is told: roles, names, states, and what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox, QTableView, QWidget

from rowpost.gui.parts.rail import RailButton
from rowpost.gui.state import Step
from rowpost.gui.workplace import Workplace
from tests.gui.test_sending import check_sample
from tests.support.window import children

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QSpinBox, QTableView)


def role(widget: QWidget) -> QAccessible.Role:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.role()


def test_one_of_several_is_heard_as_such(workplace: Workplace) -> None:
    check_sample(workplace)
    for kind in ("rail", "chip"):
        made = [one for one in children(workplace.window, QAbstractButton) if one.property("kind") == kind]
        chosen = [one for one in made if one.isCheckable()]
        assert chosen, kind
        assert {role(one) for one in chosen} == {QAccessible.Role.RadioButton}, kind
        assert sum(one.isChecked() for one in chosen) == 1, kind


def test_every_control_of_every_page_has_a_name(workplace: Workplace) -> None:
    check_sample(workplace)
    for step in Step:
        workplace.go(step)
        for kind in CONTROLS:
            for made in children(workplace.window, kind):
                if made.focusPolicy() is Qt.FocusPolicy.NoFocus:
                    continue  # the inside of another widget
                found = QAccessible.queryAccessibleInterface(made)
                assert found is not None
                assert found.text(QAccessible.Text.Name), f"{step}: {made!r}"


def test_the_rail_is_gone_through_by_arrows_and_opened_by_space(workplace: Workplace) -> None:
    rail = {made.text(): made for made in children(workplace.window, RailButton)}
    rail["Open"].setFocus()
    QTest.keyClick(rail["Open"], Qt.Key.Key_Down)
    now = workplace.window.focusWidget()
    assert isinstance(now, RailButton)
    assert now.text() != "Open"
    QTest.keyClick(now, Qt.Key.Key_Space)
    assert workplace.store.state.step is not Step.OPEN
    assert [made.text() for made in rail.values() if made.isChecked()] == [now.text()]


def test_an_entry_that_stays_as_it_is_asks_for_no_new_layout(workplace: Workplace) -> None:
    before = {made: made.icon().cacheKey() for made in children(workplace.window, RailButton)}
    workplace.store.update(said="Saved.")
    assert {made: made.icon().cacheKey() for made in before} == before
    workplace.go(Step.SETTINGS)
    changed = [made for made, key in before.items() if made.icon().cacheKey() != key]
    assert len(changed) == 2, "the entry that was left, and the one that is in view"


def test_only_the_entry_in_view_has_a_coloured_icon(workplace: Workplace) -> None:
    rail = {made.text(): made for made in children(workplace.window, RailButton)}

    def drawn(name: str) -> QImage:
        return rail[name].icon().pixmap(rail[name].iconSize()).toImage()

    plain = drawn("Settings")
    workplace.go(Step.SETTINGS)
    assert drawn("Settings") != plain
    workplace.go(Step.HELP)
    assert drawn("Settings") == plain


def test_f6_goes_round_and_comes_back(workplace: Workplace) -> None:
    check_sample(workplace)
    seen = []
    for _ in range(8):
        QTest.keyClick(workplace.window, Qt.Key.Key_F6)
        seen.append(workplace.window.focusWidget())
    assert len({id(one) for one in seen}) >= 3
    assert any(isinstance(one, RailButton) for one in seen)
    assert any(isinstance(one, QTableView) for one in seen)


def test_what_a_screen_reader_toggles_is_pressed(workplace: Workplace) -> None:
    check_sample(workplace)
    rail = {made.text(): made for made in children(workplace.window, RailButton)}
    toggle(rail["History"])
    assert workplace.store.state.step is Step.HISTORY
    toggle(rail["Review"])
    chips = {made.text().partition(" ")[0]: made for made in children(workplace.window, QAbstractButton)}
    toggle(chips["All"])
    table = next(iter(children(workplace.window, QTableView)))
    assert table.model().rowCount() == 60
    toggle(chips["Ready"])
    assert table.model().rowCount() == 54
    pressed: list[str] = []
    chips["All"].clicked.connect(lambda: pressed.append("once"))
    QTest.keyClick(chips["All"], Qt.Key.Key_Space)
    assert pressed == ["once"]


def toggle(made: QWidget) -> None:
    """What assistive programs do to something that can be checked."""
    found = QAccessible.queryAccessibleInterface(made)
    assert found is not None
    actions = found.actionInterface()
    assert actions is not None
    actions.doAction(QAccessibleActionInterface.toggleAction())
