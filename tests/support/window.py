"""A window over real parts, and how to wait for it."""

from __future__ import annotations

import gc
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
PATIENCE = 120_000  # milliseconds; a machine may be slow, and nobody waits for what is there


@contextmanager
def window_over(application: QApplication, session: Session) -> Iterator[Workplace]:
    """Show a window until the block ends; what it begins by itself at its start has been done by then.

    So the ledger, which has one owner, is free for a test that fills it by hand.
    """
    with rubbish_on_this_thread():
        workplace = Workplace(application, session)
        workplace.show()
        try:
            wait_until(lambda: not workplace.background.busy)
            yield workplace
        finally:
            wait_until(lambda: not workplace.background.busy)
            workplace.close()
            workplace.window.deleteLater()
            sweep()


@contextmanager
def rubbish_on_this_thread() -> Iterator[None]:
    """As in the program Python looks for rubbish on this thread: another would delete what Qt made here.

    What is alive at the end is not looked at again, so that each look is short.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        if looked:
            gc.enable()


def sweep() -> None:
    """Delete now what is to be deleted later, so that no test pays for the widgets of another."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def let_settle() -> None:
    """Let layouts within layouts find their sizes; each pass may ask the one around it for another."""
    for _ in range(LAYOUT_PASSES):
        QCoreApplication.processEvents()


def wait_until(true: Callable[[], bool], milliseconds: int = PATIENCE) -> None:
    """Let the window work until something is true, if only for a moment. TimeoutError if it never is."""
    loop, late = QEventLoop(), QTimer()
    seen = [true()]
    if seen[0]:
        return

    def look_again() -> None:
        seen[0] = seen[0] or true()  # a dialog that is open keeps this loop from ending at once
        if seen[0]:
            loop.quit()

    look = QTimer()
    look.timeout.connect(look_again)
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    late.start(milliseconds)
    look.start(LOOK_AGAIN)
    loop.exec()
    look.stop()
    if not seen[0]:
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
