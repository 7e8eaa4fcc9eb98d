"""Puts the window together: state, deeds, pages, shortcuts. No logic of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QApplication

from rowpost.gui.actions.choices import chosen_of
from rowpost.gui.actions.desk import Desk
from rowpost.gui.acts import Acts
from rowpost.gui.ahead import Ahead
from rowpost.gui.app import dress, speak
from rowpost.gui.background import Background
from rowpost.gui.deeds import make_deeds
from rowpost.gui.frame import Frame, Window
from rowpost.gui.pages.make import page_makers
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.target_menu import target_menu
from rowpost.gui.state import STEPS, Place, State, Step, Work
from rowpost.gui.store import Store
from rowpost.gui.views.frame import frame_view, missing_for
from rowpost.gui.views.settings import Chosen
from rowpost.gui.warm import warm_up
from rowpost.gui.words import Words
from rowpost.model.settings import Settings
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import Session
from rowpost.wording import Wording

_CALM = 1000  # milliseconds: what begins with the window, reading a file perhaps, comes first


class Workplace(QObject):
    """Everything of one window, for as long as it is open."""

    def __init__(self, application: QApplication, session: Session, *, practice: bool = True) -> None:
        super().__init__()
        self._application = application
        self._session = session
        session.keep_window_alive()
        self.background = Background(self)
        self.store = Store(State(_first_target(session, practice=practice)), self)
        self.undo = QUndoStack(self)
        self._ahead = Ahead(self.store, self.background, lambda: self._frame, self)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(_CALM)
        self._warming.timeout.connect(self._warm_up)
        self.desk = Desk(session, self.store, self.background)
        self.window = Window(self.drop, self._may_leave)
        self.deeds = make_deeds(self)
        self._acts = Acts(self)
        self.chosen = replace(chosen_of(session.settings, ""), language=session.wording.language)
        self.words = Words(session.wording, session.catalog)
        self._frame = self._build()
        self._shortcuts()
        self.deeds.keeping.where = self._place
        self.deeds.keeping.return_to = lambda place: self.page(Step.REVIEW).return_to(place)
        self.store.changed.connect(self._refresh)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._rebuild)
        hints.accessibility().contrastPreferenceChanged.connect(self._rebuild)

    # -- What the window shows ---------------------------------------------------------------

    def show(self) -> None:
        """Show the window; what it needs from the ledger follows."""
        self._refresh()
        self.window.show()
        self.deeds.results.load_runs()
        self.deeds.saved_mappings.load_names()
        self._warming.start()

    def _warm_up(self) -> None:
        self.desk.quietly(warm_up, lambda _: self._ahead.begin(), lane="warm")

    def _build(self) -> Frame:
        look = self.look = dress(self._application, self.chosen.appearance, self.chosen.text_percent)
        speak(self._application, self.words.language)
        makers = page_makers(look, self.words, self.deeds, self._session)
        names = self.words("rail"), self.words("back")
        frame = Frame(look, frame_view(self.store.state, self.words), makers, names, self.act, self.go)
        self.window.setCentralWidget(frame)
        return frame

    def _rebuild(self, *_: object) -> None:
        focused = self.window.focusWidget()
        name = focused.objectName() if focused else ""
        self._ahead.stop()
        held = self._frame.hold()
        self.window.empty()
        self._frame = self._build()
        self._frame.take_over(held)
        self._refresh()
        self._frame.focus_again(name)
        self._warming.start()

    def _refresh(self) -> None:
        view = frame_view(self.store.state, self.words)
        self.window.setWindowTitle(
            " - ".join(part for part in (view.title, view.subtitle, "Rowpost") if part)
        )
        self._frame.show_frame(view, self.store.state)

    def change_look(self, chosen: Chosen) -> None:
        """Speak another language or look otherwise, at once."""
        if chosen.language != self.chosen.language:
            catalog = self._session.catalog
            self.words = Words(Wording(chosen.language, catalog), catalog)
        self.chosen = chosen
        self._rebuild()

    def decided(self, settings: Settings) -> None:
        """Look and speak as the settings say now."""
        self.change_look(chosen_of(settings, self._session.wording.language))

    def go_on(self) -> None:
        """Go on with what was at hand when the window was closed, or the power failed."""
        self.deeds.keeping.go_on()

    def page(self, step: Step) -> Page:
        """Return the page of a step as it is now."""
        return self._frame.page(step)

    def _place(self) -> Place:
        """Where in the sheet a person is: nowhere before Review has been visited."""
        review = self._frame.made(Step.REVIEW)
        return review.place if review else Place()

    # -- What a person does ------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Open a workbook."""
        self.deeds.reading.open(path)

    def drop(self, paths: Sequence[str]) -> None:
        """Open what was dropped on the window: one workbook, for of several none would be the right one."""
        if len(paths) > 1:
            self.desk.fail(Trouble("gui.several_files", Remedy.FIX_FILE, {"count": len(paths)}))
        else:
            self.open("".join(paths))

    def come_forward(self, file: str = "") -> None:
        """Come to the front, and open the file of a second start ('': none)."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.open(file)

    def open_sample(self) -> None:
        """Open the sample on a fresh practice server."""
        self.deeds.files.open_sample()

    def go(self, step: Step) -> None:
        """Go to a place, if it can be visited."""
        if not missing_for(step, self.store.state):
            self.store.update(step=step)

    def act(self, name: str) -> None:
        """Do what a button in a bar names; `go:map` and `answer:3:invoiceNumber` carry more."""
        self._acts.do(name)

    def _shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+O": self.deeds.files.choose,
            "Alt+Left": self._back,
            "F6": self._next_area,
            "Shift+F6": partial(self._next_area, backwards=True),
            "Ctrl+T": self.offer_targets,
            "F1": self._help,
            "Ctrl+Z": self.undo.undo,
            "Ctrl+Y": self.undo.redo,
            "Ctrl+Shift+Z": self.undo.redo,
            "Ctrl+Return": self._press_primary,
        }
        for number, step in enumerate(STEPS, start=1):
            keys[f"Ctrl+{number}"] = partial(self.go, step)
        for key, deed in keys.items():
            QShortcut(QKeySequence(key), self.window).activated.connect(deed)

    def _help(self) -> None:
        if self.store.state.step is not Step.HELP:
            self.page(Step.HELP).tell_of(self.store.state.step)
        self.go(Step.HELP)

    def offer_targets(self) -> None:
        """Show the badge's menu."""
        badge, state = self._frame.badge, self.store.state
        menu = target_menu(badge, self.words, self.deeds.targets.all(), state.target.name, self.act)
        menu.setEnabled(not state.working(Work.SENDING))
        menu.popup(badge.mapToGlobal(badge.rect().bottomLeft()))

    def _next_area(self, *, backwards: bool = False) -> None:
        self._frame.next_area(backwards=backwards)

    def _press_primary(self) -> None:
        if self._frame.foot.primary.isVisible():
            self._frame.foot.primary.click()

    def _back(self) -> None:
        if self._frame.foot.back.isVisible():
            self._frame.foot.back.click()

    def _may_leave(self) -> bool:
        return self.deeds.sending.may_leave()

    def close(self) -> None:
        """End what is under way; the work at hand is written down."""
        self._warming.stop()
        self._ahead.stop()
        self.deeds.keeping.close()
        self.background.close()
        self.deeds.judging.close()


def _first_target(session: Session, *, practice: bool) -> Target:
    targets = session.targets()
    return targets[0] if practice or len(targets) == 1 else targets[1]
