"""Signing in: a target's organisation, client id and secret, tried before they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from rowpost.gui.dialogs.fitting import FittingDialog
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.beside import Beside
from rowpost.gui.parts.build import button, column, label, row, set_tone
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.picker import Picker
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.sign_in import (
    FIELDS,
    SignInView,
    field_at_fault,
    field_label,
    filled,
    sentence,
)
from rowpost.gui.words import Words
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Trouble
from rowpost.session.deciding import Reached

Failed = Callable[[Trouble], None]
_WIDTH = 600  # design pixels
_IN_EARNEST = (Environment.PRODUCTION, Environment.STAGING, Environment.PRACTICE)


@dataclass(frozen=True, slots=True)
class SignInDeeds:
    """What the dialog can ask for; the secret goes no further than these."""

    test: Callable[[Target, str, Callable[[Reached], None], Failed], None]
    save: Callable[[Target, str, Callable[[object], None], Failed], None]
    find_place: Callable[[Callable[[str], None]], None]


class SignIn(FittingDialog):
    """One form. A secret that is kept is never shown again; leaving the field empty keeps it."""

    def __init__(
        self, parent: QWidget, look: Look, words: Words, view: SignInView, deeds: SignInDeeds
    ) -> None:
        super().__init__(parent, look.px(_WIDTH))
        self.setWindowTitle(view.title)
        self._look, self._words, self._view, self._deeds = look, words, view, deeds
        self._over = False
        self.entries: dict[str, QLineEdit] = {}
        self._faults: dict[str, QLabel] = {}
        self.environment = self._make_environment()
        self._notices = Notices(look, lambda _action: None)
        self.test = button(words("sign_in.test"), self._test)
        self.save = button(words("sign_in.save"), self._save, kind="primary")
        self.cancel = button(words("cancel"), self.reject)
        for made in (self.test, self.cancel):
            made.setAutoDefault(False)
        self.save.setDefault(True)
        answers = Beside(row(self.test, None), (self.cancel, self.save), gap=look.px(12), least=look.px(200))
        edge = look.px(24)
        self._promise = label(words("sign_in.promise"), "muted", wrap=True)
        self.fill(
            column(
                label(view.title, "heading", wrap=True),
                self._form(),
                self._promise,
                self._notices,
                answers,
                gap=look.px(12),
                margins=(edge, edge, edge, look.px(20)),
            )
        )
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        deeds.find_place(self._promised)

    def _promised(self, where: str) -> None:
        """Name the place where the secret will be kept, once that is known."""
        if not self._over:
            self._promise.setText(self._words(f"sign_in.goes.{where}"))
            self.fit()

    def _make_environment(self) -> Picker:
        made = Picker(self._look, self._words("sign_in.environment"))
        for one in _IN_EARNEST:
            made.addItem(self._words(f"sign_in.environment.{one}"), one.value)
        made.setCurrentIndex(_IN_EARNEST.index(self._view.target.environment))
        made.setEnabled(self._view.is_new or self._view.target.name not in ("staging", "production"))
        return made

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(16))
        grid.setVerticalSpacing(self._look.px(6))
        grid.setColumnStretch(1, 1)
        names = [name for name in FIELDS if name != "name" or self._view.is_new]
        for at, name in enumerate(names):
            entry, fault = self._entry(name), label(wrap=True)
            set_tone(fault, Tone.MUST_FIX.value)
            fault.hide()
            self.entries[name], self._faults[name] = entry, fault
            self._put(grid, at, label(field_label(name, self._words)), entry, fault)
        self._put(grid, len(names), label(self._words("sign_in.environment")), self.environment)
        return grid

    def _put(self, grid: QGridLayout, at: int, *parts: QWidget) -> None:
        """Put a name, its field and what is wrong with it side by side; with large text below each other."""
        if self._look.is_large:
            grid.addLayout(column(*parts, gap=self._look.px(4)), at, 0, 1, 2)
            return
        for place, part in zip(((0, 0), (0, 1), (1, 1)), parts, strict=False):
            grid.addWidget(part, 2 * at + place[0], place[1])

    def _entry(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(field_label(name, self._words))
        if name == "secret":
            made.setEchoMode(QLineEdit.EchoMode.Password)
            made.setPlaceholderText(self._view.secret_hint)
        else:
            made.setText(getattr(self._view.target, name))
            made.setPlaceholderText(self._words(f"sign_in.example.{name}"))
        made.setEnabled(name not in self._view.locked)
        return made

    def _first(self) -> QLineEdit:
        """The first field that is empty, else the secret: what a person has come for."""
        empty = (one for one in self.entries.values() if one.isEnabled() and not one.text())
        return next(empty, self.entries["secret"])

    def target(self) -> Target:
        """Return the target as it stands in the fields."""
        texts = {name: entry.text() for name, entry in self.entries.items()}
        return filled(self._view.target, texts, Environment(self.environment.currentData()))

    def _test(self) -> None:
        self._begin(self._words("sign_in.testing"))
        self._deeds.test(self.target(), self.entries["secret"].text(), self._reached, self._refused)

    def _save(self) -> None:
        self._begin("")
        self._deeds.save(self.target(), self.entries["secret"].text(), lambda _: self.accept(), self._refused)

    def _begin(self, said: str) -> None:
        for name, fault in self._faults.items():
            fault.hide()
            set_tone(self.entries[name], "")
        self._tell(NoticeView(Tone.INFO, said) if said else None, asking=True)

    def _tell(self, notice: NoticeView | None, *, asking: bool = False) -> None:
        for made in (self.test, self.save):
            made.setEnabled(not asking)
        self._notices.show_notices((notice,) if notice else ())
        self.fit()

    def done(self, code: int) -> None:
        """Close; an answer that comes later is of no interest any more."""
        self._over = True
        super().done(code)

    def _reached(self, reached: Reached) -> None:
        if self._over:
            return
        said = self._words("sign_in.reached", token=reached.token_host, api=reached.api_host)
        who = self._words("sign_in.reached_for", organization=reached.organization)
        self._tell(NoticeView(Tone.OK, said, who))
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, trouble: Trouble) -> None:
        if self._over:
            return
        at = field_at_fault(trouble, self.target())
        entry, fault = self.entries.get(at), self._faults.get(at)
        if entry is None or fault is None:
            cure = self._words.part(trouble.code, "cure", trouble.values)
            said = self._words.wording.say(trouble.code, trouble.values)
            self._tell(NoticeView(Tone.MUST_FIX, said, cure))
            return
        self._tell(None)
        fault.setText(sentence(trouble, at, self._words))
        fault.show()
        set_tone(entry, Tone.MUST_FIX.value)
        entry.setAccessibleDescription(fault.text())
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()
