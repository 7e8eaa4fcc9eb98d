"""Makes the pages that come next while nothing goes on: who gets there finds them ready.

In bites, on the window's own thread, for a page belongs to it: a few modules, or one page, at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from rowpost.gui.background import Background
from rowpost.gui.frame import Frame
from rowpost.gui.state import Step
from rowpost.gui.store import Store

_PAUSE = 100  # milliseconds between two bites
# modules, and the pages that a person comes by; what of them takes longest to import comes before
_BITES: tuple[Step | str, ...] = (
    *(
        Step.MAP,
        "rowpost.gui.table.review_table",
        "rowpost.gui.parts.cell_panel",
        "rowpost.gui.pages.review_page",
        Step.REVIEW,
    ),
    *("rowpost.gui.pages.send_page", Step.SEND, "rowpost.gui.pages.results_page", Step.RESULTS),
    *("rowpost.gui.parts.run_panel", "rowpost.gui.pages.history_page", Step.HISTORY),
    *(
        "rowpost.gui.parts.follow_batches",
        "rowpost.gui.parts.follow_invoices",
        "rowpost.gui.pages.followup_page",
    ),
    *("rowpost.gui.pages.settings_page", "rowpost.gui.parts.reader", "rowpost.gui.pages.help_page"),
)


class Ahead(QObject):
    """Begins anew with every frame."""

    def __init__(
        self, store: Store, background: Background, frame: Callable[[], Frame], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self._background, self._frame = store, background, frame
        self._bites: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Make the pages of the frame as it is now."""
        self._bites = _bites(self._frame())
        self._timer.start()

    def stop(self) -> None:
        """Make no more."""
        self._timer.stop()

    @property
    def done(self) -> bool:
        """Whether nothing is left to be made."""
        return not self._timer.isActive()

    def _go_on(self) -> None:
        """Take a bite; none while work goes on, with which it would have to share the machine."""
        resting = self._store.state.busy is None and not self._background.busy
        if resting and next(self._bites, self) is self:
            self._timer.stop()


def _bites(frame: Frame) -> Iterator[None]:
    for bite in _BITES:
        if isinstance(bite, Step):
            frame.make_ready(bite)
        else:
            import_module(bite)
        yield
