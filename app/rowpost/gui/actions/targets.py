"""Targets: where to send, signing in, and the practice server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QWidget

from rowpost.gui.actions.choices import ChoiceDeeds
from rowpost.gui.actions.desk import LEDGER, SETTINGS, Desk
from rowpost.gui.dialogs.sign_in import Failed, SignIn, SignInDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.state import Step, Work
from rowpost.gui.views.sign_in import sign_in_view
from rowpost.gui.views.targets import complete
from rowpost.gui.words import Words
from rowpost.model.targets import Target
from rowpost.model.trouble import Trouble
from rowpost.session import Session
from rowpost.session.deciding import Reached

PRACTICE = "practice"
_JUDGED = (Step.REVIEW, Step.SEND)  # pages that show a judgement, which belongs to a target


class TargetActions:
    """What can be done about where to send."""

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        words: Callable[[], Words],
        look: Callable[[], Look],
        choices: ChoiceDeeds,
        check: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._window = window
        self._words = words
        self._look = look
        self._choices = choices
        self._check = check

    def all(self) -> tuple[Target, ...]:
        """Return all targets, the practice server first."""
        return self._desk.session.targets()

    def choose(self, name: str) -> None:
        """Send elsewhere; what was judged for another target is judged again.

        A target that lacks something is completed first.
        """
        target = self._named(name)
        if target is None or name == self._desk.state.target.name or self._desk.state.working(Work.SENDING):
            return
        if not complete(target):
            self.sign_in(name)
            target = self._named(name)
        if target is None or not complete(target):
            self.look()  # which one is in use is shown again
            return
        self._use(target)

    def _use(self, target: Target) -> None:
        state = self._desk.state
        judged = state.step in _JUDGED and state.mapping is not None
        step = Step.MAP if judged else state.step
        self._desk.store.update(target=target, assessment=None, index=None, step=step)
        if judged:
            self._check()

    def _named(self, name: str) -> Target | None:
        return next((target for target in self.all() if target.name == name), None)

    def sign_in(self, name: str) -> bool:
        """Ask for what signing in at a target needs ('': a new one); True once it is kept."""
        if self._desk.occupied():
            return False
        session, target, words = self._desk.session, self._named(name), self._words()
        where = self._choices.decided.secrets.get(name, "")
        deeds = SignInDeeds(self._test, self._save, self._find_place)
        view = sign_in_view(target, where, session.settings.locked, words)
        dialog = SignIn(self._window, self._look(), words, view, deeds)
        kept = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if kept:
            self._kept(dialog.target())
        return kept

    def _kept(self, target: Target) -> None:
        if target.name == self._desk.state.target.name:
            self._use(target)
        self.look()

    def _test(self, target: Target, secret: str, done: Callable[[Reached], None], failed: Failed) -> None:
        session = self._desk.session
        self._ask(lambda: session.test_connection(target, secret or None), done, failed, lane="connection")

    def _save(self, target: Target, secret: str, done: Callable[[object], None], failed: Failed) -> None:
        session = self._desk.session
        self._ask(lambda: _keep(session, target, secret), done, failed, lane=SETTINGS)

    def _find_place(self, found: Callable[[str], None]) -> None:
        session = self._desk.session
        self._desk.quietly(lambda _stop, _told: session.where_secrets_go(), found, lane=SETTINGS)

    def _ask(
        self, work: Callable[[], object], done: Callable[..., None], failed: Failed, *, lane: str
    ) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, Trouble):
                failed(error)
            else:
                failed(self._desk.unexpected(error))

        self._desk.background.run(lambda _stop, _told: work(), done, refused, lane=lane)

    def remove(self, name: str) -> None:
        """Take a target, and its secret, out of this machine."""
        session = self._desk.session
        if self._desk.occupied():
            return
        if name == self._desk.state.target.name:
            self._use(self.all()[0])
        self._desk.quietly(
            lambda _stop, _told: session.remove_target(name), lambda _: self.look(), lane=SETTINGS
        )

    def look(self) -> None:
        """Find out where secrets are kept and whether the practice server runs."""
        session = self._desk.session

        def found(secrets: dict[str, str]) -> None:
            place, scenario = session.practice_place
            self._choices.show(
                replace(
                    self._choices.decided,
                    settings=session.settings,
                    secrets=secrets,
                    practice=place,
                    scenario=scenario,
                )
            )

        self._desk.quietly(lambda _stop, _told: _secrets(session), found, lane=SETTINGS)

    def practise(self, scenario: str) -> None:
        """Let the practice server play a scenario."""
        session = self._desk.session
        if not self._desk.occupied():
            self._desk.quietly(
                lambda _stop, _told: session.practise(scenario), lambda _: self.look(), lane=LEDGER
            )

    def run_practice(self, running: bool) -> None:
        """Start or stop the practice server."""
        session = self._desk.session

        def do(_stop: object, _told: object) -> None:
            if running:
                _ = session.practice
            else:
                session.stop_practice()

        if not self._desk.occupied():
            self._desk.quietly(do, lambda _: self.look(), lane=LEDGER)


def _keep(session: Session, target: Target, secret: str) -> None:
    session.save_target(target)
    if secret:
        session.keep_secret(target, secret)


def _secrets(session: Session) -> dict[str, str]:
    return {target.name: session.where_secret(target) for target in session.targets() if complete(target)}
