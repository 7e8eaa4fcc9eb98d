"""When Python looks for rubbish in circles: in small bites, so that no frame waits for it.

A look through everything holds all threads; with the results of a million rows that is a second. And
it may run on any thread, which is the wrong place to delete what Qt has made.
"""

from __future__ import annotations

import gc

_YOUNG = 5_000  # objects between two small looks: below a millisecond
_MIDDLE = 10  # small looks until one goes through all that is new: below 10 milliseconds
_EVERYTHING = 500  # of those until everything is looked through: not within one workbook


def collect_calmly() -> None:
    """Set it so; what is there by now (modules, the window) is for good and never looked at again."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _EVERYTHING)
