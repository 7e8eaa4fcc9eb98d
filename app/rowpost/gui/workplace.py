"""Puts the window together: state, deeds, pages, shortcuts. No logic of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QApplication

from rowpost.gui.actions.choices import ChoiceDeeds
from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.files import FileDeeds
from rowpost.gui.actions.matching import MatchingDeeds
from rowpost.gui.actions.reading import ReadingDeeds
from rowpost.gui.actions.results import ResultDeeds
from rowpost.gui.actions.reviewing import ReviewDeeds
from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.actions.sending import SendingDeeds
from rowpost.gui.app import dress, speak
from rowpost.gui.background import Background
from rowpost.gui.frame import Frame, Window
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.pages.help_page import HelpPage
from rowpost.gui.pages.make import Deeds, make_pages
from rowpost.gui.pages.page import Page
from rowpost.gui.state import STEPS, State, Step
from rowpost.gui.store import Store
from rowpost.gui.views.frame import frame_view, missing_for
from rowpost.gui.views.settings import Chosen
from rowpost.gui.words import Words
from rowpost.model.targets import Target
from rowpost.session import Session
from rowpost.wording import Wording


class Workplace(QObject):
    """Everything of one window, for as long as it is open."""

    def __init__(self, application: QApplication, session: Session, *, practice: bool = True) -> None:
        super().__init__()
        self._application = application
        self._session = session
        self.background = Background(self)
        self.store = Store(State(_first_target(session, practice=practice)), self)
        self.undo = QUndoStack(self)
        self.desk = Desk(session, self.store, self.background)
        self.window = Window(self.open, self._may_leave)
        self.deeds = self._make_deeds()
        appearance = session.settings.appearance
        self.chosen = Chosen(
            session.wording.language, Appearance(appearance.color_scheme), appearance.text_percent
        )
        self.words = Words(session.wording, session.catalog)
        self._frame = self._build()
        self._shortcuts()
        self.store.changed.connect(self._refresh)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._rebuild)

    def _make_deeds(self) -> Deeds:
        reading, results = ReadingDeeds(self.desk, self.undo), ResultDeeds(self.desk)
        matching = MatchingDeeds(self.desk)
        files = FileDeeds(self.desk, self.window, lambda: self.words, reading)
        return Deeds(
            files,
            reading,
            ColumnDeeds(self.desk, self.undo),
            SavedMappingDeeds(self.desk, self.undo, files, lambda: self.words),
            matching,
            ReviewDeeds(self.desk, self.undo, matching),
            SendingDeeds(self.desk, self.window, lambda: self.words, results),
            results,
            self.act,
            self.go,
            ChoiceDeeds(self.desk, self.change_look),
        )

    # -- What the window shows ---------------------------------------------------------------

    def show(self) -> None:
        """Show the window; what it needs from the ledger follows."""
        self._refresh()
        self.window.show()
        self.deeds.results.load_runs()
        self.deeds.saved_mappings.load_names()

    def _build(self) -> Frame:
        look = dress(self._application, self.chosen.appearance, self.chosen.text_percent)
        speak(self._application, self.words.language)
        pages = make_pages(look, self.words, self.chosen, self.deeds, self._session)
        names = self.words("rail"), self.words("back")
        frame = Frame(look, frame_view(self.store.state, self.words), pages, names, self.act, self.go)
        self.window.setCentralWidget(frame)
        return frame

    def _rebuild(self, *_: object) -> None:
        self._frame = self._build()
        self._refresh()

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

    def page(self, step: Step) -> Page:
        """Return the page of a step as it is now."""
        return self._frame.pages[step]

    # -- What a person does ------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Open a workbook."""
        self.deeds.reading.open(path)

    def open_sample(self) -> None:
        """Open the sample on a fresh practice server."""
        self.deeds.files.open_sample()

    def go(self, step: Step) -> None:
        """Go to a place, if it can be visited."""
        if not missing_for(step, self.store.state):
            self.store.update(step=step)

    def act(self, name: str) -> None:
        """Do what a button in a bar names; `go:map` and `answer:3:invoiceNumber` carry more."""
        verb, _, rest = name.partition(":")
        if verb == "go":
            self.go(Step(rest))
        elif verb == "run":
            self.deeds.results.open_run(rest)
        elif verb == "answer":
            column, _, key = rest.partition(":")
            self.deeds.columns.choose_column(key, int(column))
        elif verb in (answers := self._answers()):
            answers[verb](rest)
        else:
            self._acts()[verb]()

    def _answers(self) -> dict[str, Callable[[str], object]]:
        """What a bar of the Map page can answer, with what it carries."""
        columns = self.deeds.columns
        return {"settle": columns.settle, "renamed": columns.accept_renamed, "group": columns.choose_groups}

    def _acts(self) -> dict[str, Callable[[], object]]:
        deeds = self.deeds
        return {
            "choose_file": deeds.files.choose,
            "open_sample": deeds.files.open_sample,
            "password": deeds.files.ask_password,
            "save_template": deeds.files.save_template,
            "cancel_reading": self.desk.stop,
            "cancel": self.desk.stop,
            "read_again": deeds.reading.read_again,
            "open_outside": deeds.reading.open_outside,
            "leave_out_hidden": partial(deeds.reading.choose_hidden, include=False),
            "include_hidden": partial(deeds.reading.choose_hidden, include=True),
            "keep_saved": deeds.saved_mappings.update,
            "check": deeds.matching.check,
            "confirm_send": deeds.sending.confirm,
            "stop_after_part": self.desk.ask_to_stop,
            "pause": deeds.sending.pause,
            "resume": deeds.sending.resume,
            "save_results": deeds.files.save_results,
            "save_receipt": deeds.files.save_receipt,
            "dismiss": partial(self.store.update, trouble=None, said=""),
        }

    def _shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+O": self.deeds.files.choose,
            "Alt+Left": self._back,
            "F6": self._next_area,
            "Shift+F6": partial(self._next_area, backwards=True),
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
        page = self.page(Step.HELP)
        if isinstance(page, HelpPage) and self.store.state.step is not Step.HELP:
            page.tell_of(self.store.state.step)
        self.go(Step.HELP)

    def _next_area(self, *, backwards: bool = False) -> None:
        self._frame.next_area(backwards=backwards)

    def _press_primary(self) -> None:
        self._frame.foot.primary.click()

    def _back(self) -> None:
        if self._frame.foot.back.isVisible():
            self._frame.foot.back.click()

    def _may_leave(self) -> bool:
        return self.deeds.sending.may_leave()

    def close(self) -> None:
        """End what is under way."""
        self.background.close()


def _first_target(session: Session, *, practice: bool) -> Target:
    targets = session.targets()
    return targets[0] if practice or len(targets) == 1 else targets[1]
