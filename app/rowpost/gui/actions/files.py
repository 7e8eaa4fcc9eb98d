"""Choosing files: the only places where a dialog of the desktop appears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import sleep

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.actions.reading import ReadingDeeds
from rowpost.gui.dialogs.confirm import ask_before_losing
from rowpost.gui.state import Work
from rowpost.gui.words import Words
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.problems import Problem
from rowpost.model.results import RunSummary
from rowpost.model.targets import Target
from rowpost.session import Session

_KINDS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt"
_LANE = "files"
_BREATH = 0.02  # seconds that the window gets after every few pages of a receipt
Save = Callable[[Path], object]
Told = Callable[[Path], tuple[Problem, ...]]  # what a copy cannot keep


class FileDeeds:
    """Opening and saving."""

    def __init__(
        self, desk: Desk, window: QWidget, words: Callable[[], Words], reading: ReadingDeeds
    ) -> None:
        self._desk = desk
        self._window = window
        self._words = words
        self._reading = reading

    def choose(self) -> None:
        """Ask which workbook, and open it."""
        path = self.ask_which(self._words()("files.open"))
        if path:
            self._reading.open(path)

    def ask_file(self, title: str, kinds: str) -> str:
        """Ask which file to read; '' for none."""
        path, _ = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        return path

    def ask_which(self, title: str) -> str:
        """Ask which workbook; '' where none was chosen."""
        kinds = f"{self._words()('files.workbooks')} ({_KINDS})"
        return QFileDialog.getOpenFileName(self._window, title, str(self._folder()), kinds)[0]

    def _folder(self) -> Path:
        """Where a person's workbooks are: beside the one at hand, beside the latest, else the documents."""
        state, sample = self._desk.state, str(self._desk.session.sample)
        known = [path for path in (state.path, *(run.file_path for run in state.runs)) if path != sample]
        folders = (Path(path).parent for path in known if path)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return next((folder for folder in folders if folder.is_dir()), Path(documents))

    def ask_where(self, title: str, proposed: str) -> Path | None:
        """Ask where to save; None for nowhere. A name without an ending gets the proposed one."""
        ending = Path(proposed).suffix
        place = self._folder() / proposed
        while chosen := QFileDialog.getSaveFileName(self._window, title, str(place), f"*{ending}")[0]:
            path = Path(chosen)
            if path.suffix[1:].isalpha():
                return path
            place = path.with_name(path.name + ending)
            if not place.exists():
                return place  # else the desktop has to ask whether that one may be replaced
        return None

    def ask_password(self) -> None:
        """Ask for the password of the workbook that is being opened."""
        words = self._words()
        hidden = QLineEdit.EchoMode.Password
        password, given = QInputDialog.getText(
            self._window, words("open.password"), words("open.password_hint"), hidden
        )
        if given and password:
            self._reading.unlock(password)

    def open_sample(self, scenario: str | None = None) -> None:
        """Open the sample on a practice server to which nothing has been sent yet."""
        session = self._desk.session
        if self._desk.occupied():
            return

        def ready(target: Target) -> None:
            self._desk.store.update(target=target)
            self._reading.open(str(session.sample))

        self._desk.quietly(lambda _stop, _progress: session.fresh_practice(scenario), ready, lane=LEDGER)

    def save(self, title: str, proposed: str, write: Save) -> None:
        """Ask where to, write a file that needs nothing of the ledger in the background, and say so."""
        path = self.ask_where(title, proposed)
        if path is not None:
            self._desk.quietly(partial(_write, write, path), self.saved, lane=_LANE)

    def save_template(self) -> None:
        """Save an empty template in the language of the window."""
        words, session = self._words(), self._desk.session
        self.save(
            words("files.template"),
            words("files.template_name"),
            lambda path: session.write_template(path, words.language),
        )

    def save_problems(self) -> None:
        """Save a copy of the workbook in which the problems are marked."""
        words, session, state = self._words(), self._desk.session, self._desk.state
        opened, assessment = state.opened, state.assessment
        if opened is not None and assessment is not None:
            name = f"{Path(opened.file_name).stem} - {words('files.problems_name')}.xlsx"
            seen = replace(opened, table=opened.table.with_edits(state.edits))
            self._save_copy(
                words("files.problems"),
                name,
                lambda path: session.problems_losses(seen, path),
                lambda path: session.write_problems(seen, assessment, path),
            )

    def save_results(self, run: RunSummary | None = None) -> None:
        """Save a copy of the workbook with what became of every row, of a run or of the one on Results."""
        words, session, summary = self._words(), self._desk.session, run or self._shown()
        if summary is not None:
            name = f"{Path(summary.file_name).stem} - {words('files.results_name')}.xlsx"
            self._save_copy(
                words("files.results"),
                name,
                lambda path: session.results_losses(summary.run, path),
                lambda path: session.write_results(summary.run, path),
            )

    def _save_copy(self, title: str, proposed: str, look: Told, write: Told) -> None:
        """Ask where to save a copy of the workbook; save it after a person has seen what it cannot keep."""
        path = None if self._desk.occupied() else self.ask_where(title, proposed)
        if path is None:
            return

        def looked(losses: tuple[Problem, ...]) -> None:
            words = self._words()
            said = [words.problem(loss) for loss in losses]
            if not said or ask_before_losing(self._window, title, said, words):
                done = partial(self._saved_copy, path, losses)
                self._desk.begin(Work.SAVING, lambda _stop, _progress: write(path), done, lane=LEDGER)

        self._desk.quietly(lambda _stop, _progress: look(path), looked, lane=LEDGER)

    def _saved_copy(self, path: Path, known: tuple[Problem, ...], remarks: tuple[Problem, ...]) -> None:
        """Say that it has been written, and what showed only while it was."""
        self.saved(path)
        news = [self._words().problem(one) for one in remarks if one not in known]
        self._desk.store.update(said=" ".join((self._desk.state.said, *news)))

    def save_receipt(self, run: RunSummary | None = None) -> None:
        """Save a run's receipt as a document that keeps; a long one takes seconds, and can be stopped."""
        words, summary = self._words(), run or self._shown()
        if summary is None or self._desk.occupied():
            return
        name = f"{Path(summary.file_name).stem} - {words('files.receipt_name')}.pdf"
        path = self.ask_where(words("files.receipt"), name)
        if path is not None:
            task = partial(_write_receipt, self._desk.session, summary.run, path)
            self._desk.begin(Work.SAVING, task, self.saved, lane=LEDGER)

    def _shown(self) -> RunSummary | None:
        result = self._desk.state.result
        return result.summary if result is not None else None

    def saved(self, path: Path) -> None:
        """Say that a file has been written."""
        said = self._words()("files.saved", file=str(path))
        self._desk.store.update(said=said, saved=str(path), trouble=None)

    def open_saved(self) -> None:
        """Show the file that was written last in the program that the desktop has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._desk.state.saved))


def gently(progress: OnProgress, breath: float = _BREATH) -> OnProgress:
    """Return a progress that gives the window some seconds of its own at every report of work beside it."""

    def breathe(news: Progress) -> None:
        progress(news)
        sleep(breath)

    return breathe


def _write(write: Save, path: Path, _stop: StopToken, _progress: OnProgress) -> Path:
    write(path)
    return path


def _write_receipt(session: Session, run: str, path: Path, stop: StopToken, progress: OnProgress) -> Path:
    from rowpost.gui.receipt.draw import draw_receipt

    session.write_receipt(run, path, draw_receipt, stop=stop, progress=gently(progress))
    return path
