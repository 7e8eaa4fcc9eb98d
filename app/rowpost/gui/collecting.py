"""When Python looks for rubbish in circles: on the window's own thread, in small bites.

Left to itself Python looks on whichever thread has just made an object, which is the wrong place to delete
what Qt has made; and a look through everything holds all threads, with the results of a million rows for
a second.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 100  # milliseconds
_YOUNG = 5_000  # new objects that are worth a look: below a millisecond
_MASS = (
    30_000  # new objects at once: rows of a workbook, which form no circles and stay; below 10 milliseconds
)
_MIDDLE = 10  # small looks until one goes through all that is new
_EVERYTHING = 100  # of those until everything is looked through


class Collector(QObject):
    """Looks for rubbish from now on, on the thread that made it; what is there by now stays for good."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.freeze()
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Look as far as it is due; a mass of new objects is set aside unseen."""
        young, middle, everything = gc.get_count()
        if young >= _MASS:
            gc.freeze()
            gc.collect(0)  # nothing is left to look at: it begins the count anew
        elif young >= _YOUNG:
            gc.collect(2 if everything >= _EVERYTHING else 1 if middle >= _MIDDLE else 0)

    def close(self) -> None:
        """Leave it to Python again."""
        gc.enable()
        gc.unfreeze()
