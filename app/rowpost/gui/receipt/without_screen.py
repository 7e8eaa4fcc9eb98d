"""Draws a receipt for the command line: where no window is open, Qt is started without a screen."""

from __future__ import annotations

import os
import sys
from functools import cache

from PySide6.QtGui import QGuiApplication

from rowpost.gui.receipt.draw import draw_receipt
from rowpost.model.outside import OnProgress, StopToken
from rowpost.reports.receipt import Receipt


def draw(receipt: Receipt, stop: StopToken, progress: OnProgress) -> bytes:
    """Return the PDF file; see `draw_receipt`."""
    if QGuiApplication.instance() is None:
        _start()
    return draw_receipt(receipt, stop, progress)


@cache
def _start() -> QGuiApplication:
    """Start Qt; the application is kept as long as the program runs."""
    if sys.platform != "win32":  # there the desktop's own plugin needs no screen, and knows the fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["rowpost"])
