"""A window over real parts, and how to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.state import State
from rowpost.gui.workplace import Workplace
from rowpost.session import Session

W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)
LOOK_AGAIN = 5  # milliseconds
LAYOUT_PASSES = 10
PATIENCE = 30_000  # milliseconds


@contextmanager
def window_over(application: QApplication, session: Session) -> Iterator[Workplace]:
    """Show a window until the block ends."""
    workplace = Workplace(application, session)
    workplace.show()
    try:
        yield workplace
    finally:
        wait_until(lambda: not workplace.background.busy)
        workplace.close()
        workplace.window.deleteLater()
        sweep()


def sweep() -> None:
    """Delete now what is to be deleted later, so that no test pays for the widgets of another."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def let_settle() -> None:
    """Let layouts within layouts find their sizes; each pass may ask the one around it for another."""
    for _ in range(LAYOUT_PASSES):
        QCoreApplication.processEvents()


def wait_until(true: Callable[[], bool], milliseconds: int = PATIENCE) -> None:
    """Let the window work until something is true. TimeoutError if it never is."""
    loop, late = QEventLoop(), QTimer()
    look = QTimer()
    look.timeout.connect(lambda: loop.quit() if true() else None)
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    late.start(milliseconds)
    look.start(LOOK_AGAIN)
    if not true():
        loop.exec()
    look.stop()
    if not true():
        raise TimeoutError


def wait_for_state(workplace: Workplace, true: Callable[[State], bool]) -> None:
    """Wait until the state is so; what went wrong in the meantime is raised."""

    store = workplace.store
    wait_until(lambda: store.state.trouble is not None or true(store.state))
    if store.state.trouble is not None:
        raise store.state.trouble


def answer(question: Callable[[], object], press: Callable[[Question], None]) -> None:
    """Ask something that opens a dialog, and press in it."""
    dialog_of(Question, question, press)


def dialog_of(kind: type[D], question: Callable[[], object], use: Callable[[D], None]) -> None:
    """Do something that opens a dialog, and use it. What goes wrong in it closes it and is raised."""
    seen: list[D] = []
    wrong: list[BaseException] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            seen.append(dialog)
            timer.stop()
            try:
                use(dialog)
                wait_until(lambda: not dialog.isVisible())
            except BaseException as error:  # noqa: BLE001 - raised below, out of Qt's sight
                wrong.append(error)
                dialog.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_AGAIN)
    question()
    if wrong:
        raise wrong[0]
    assert seen, "no dialog was opened"


def children(parent: QWidget, kind: type[W]) -> list[W]:
    """Every visible widget of a kind."""
    return [made for made in parent.findChildren(kind) if made.isVisible()]
