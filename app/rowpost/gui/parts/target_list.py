"""The targets on Settings: which one is used, where its secret is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.badge import BadgeSign
from rowpost.gui.parts.build import button, clear, column, label, line, row, set_tone
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.picker import Picker
from rowpost.gui.views.targets import TargetLine
from rowpost.gui.words import Words

_WIDEST = 360  # design pixels
TROUBLE_SCENARIO = "practice-trouble.json"
SCENARIOS = ("", TROUBLE_SCENARIO)


@dataclass(frozen=True, slots=True)
class TargetDeeds:
    """What can be done with a target, by its name; `look` finds out where secrets are."""

    choose: Callable[[str], None]
    edit: Callable[[str], object]
    remove: Callable[[str], None]
    look: Callable[[], None]
    practise: Callable[[str], None]
    run_practice: Callable[[bool], None]


class TargetList(QWidget):
    """One line a target, the practice server first."""

    def __init__(self, look: Look, words: Words, deeds: TargetDeeds) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._deeds = deeds
        self._shown: tuple[object, ...] = ()
        self._lines: QVBoxLayout = column(gap=look.px(8))
        add = button(words("target.add"), lambda: deeds.edit(""), kind="link")
        self.setLayout(column(self._lines, row(add, None), gap=look.px(8)))

    def show_lines(self, lines: tuple[TargetLine, ...], current: str, scenario: str) -> None:
        """Show the targets."""
        if (lines, current, scenario) == self._shown:
            return
        now = QApplication.focusWidget()
        focused = now.objectName() if now is not None and self.isAncestorOf(now) else ""
        self._shown = (lines, current, scenario)
        clear(self._lines)
        group = QButtonGroup(self)
        for at, one in enumerate(lines):
            if at:
                self._lines.addWidget(line())
            self._lines.addLayout(self._line(one, group, one.name == current, scenario))
        again = self.findChild(QWidget, focused) if focused else None
        if again is not None:
            again.setFocus()

    def _line(self, one: TargetLine, group: QButtonGroup, chosen: bool, scenario: str) -> QVBoxLayout:
        pick = QRadioButton(one.title)
        pick.setObjectName(f"target.{one.name}")
        pick.setChecked(chosen)
        pick.toggled.connect(lambda on: self._deeds.choose(one.name) if on else None)
        group.addButton(pick)
        badge = BadgeSign(self._look, one.environment, one.badge)
        place = label(one.place, "muted", wrap=True, selectable=True)
        gap, buttons = self._look.px(12), self._buttons(one)
        if self._look.is_large:
            top = Flow(pick, badge, *buttons, gap=gap)
            return column(
                top, row(self._look.px(26), place), self._below(one, scenario), gap=self._look.px(4)
            )
        side = row(pick, badge, place, *buttons, gap=gap)
        side.setStretchFactor(place, 1)
        place.setMinimumWidth(1)
        return column(side, self._below(one, scenario), gap=self._look.px(4))

    def _buttons(self, one: TargetLine) -> list[QWidget]:
        if not one.own:
            return []
        made = [button(self._words("target.edit"), partial(self._deeds.edit, one.name), kind="link")]
        if one.name not in ("staging", "production"):
            made.append(
                button(self._words("target.remove"), partial(self._deeds.remove, one.name), kind="link")
            )
        for each in made:
            each.setAccessibleName(f"{each.text()}: {one.title}")
        return list(made)

    def _below(self, one: TargetLine, scenario: str) -> QHBoxLayout:
        if one.own:
            secret = label(one.secret, "muted", wrap=True)
            set_tone(secret, "" if one.ready else Tone.CHECK.value)
            secret.setVisible(bool(one.secret))
            below = row(self._look.px(26), secret)
            below.setStretchFactor(secret, 1)
            return below
        practice = self._practice(one, scenario)
        below = row(self._look.px(26), practice)
        below.setStretchFactor(practice, 1)
        return below

    def _practice(self, one: TargetLine, scenario: str) -> QWidget:
        words, pick = self._words, Picker(self._look, self._words("practice.scenario"))
        for name in SCENARIOS:
            pick.addItem(words("practice.trouble" if name else "practice.usual"), name)
        pick.setCurrentIndex(max(0, pick.findData(scenario)))
        pick.activated.connect(lambda at: self._deeds.practise(pick.itemData(at)))
        run = button(
            words("practice.stop" if one.running else "practice.start"),
            lambda: self._deeds.run_practice(not one.running),
        )
        made = QWidget()
        pick.setMaximumWidth(self._look.px(_WIDEST))
        pick.setObjectName("practice-scenario")
        run.setObjectName("practice-run")
        made.setLayout(Flow(pick, run, gap=self._look.px(12)))
        return made
