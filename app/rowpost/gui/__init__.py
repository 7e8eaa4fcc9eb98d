"""The window: the only place that knows Qt. Qt is imported when a window is asked for, not before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowpost.model.outside import OnProgress, StopToken
    from rowpost.reports.receipt import Receipt
    from rowpost.session import Session


def open_window(session: Session, start: Path | None = None, *, run: str = "", practice: bool = True) -> int:
    """Open the window, on the workbook `start` or on the results of `run`; return once it is closed."""
    from rowpost.gui.main import show

    return show(session, start, run=run, practice=practice)


def draw_receipt(receipt: Receipt, stop: StopToken, progress: OnProgress) -> bytes:
    """Return a receipt as a PDF file; no screen is needed."""
    from rowpost.gui.receipt.without_screen import draw

    return draw(receipt, stop, progress)
