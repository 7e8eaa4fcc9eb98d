"""Imports what the pages after the first will need, on a thread, while a person looks at the first window.

Nothing of it may import Qt: what Qt has made belongs to the window's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from rowpost.model.outside import StopToken

_NEEDED_SOON = (
    "rowpost.sheets",
    "rowpost.session.suggesting",
    "rowpost.session.apart",
    "rowpost.intake",
    "rowpost.session.review",
    "rowpost.session.known",
    "rowpost.gui.views.review_index",
    "rowpost.gui.views.cell",
    "rowpost.gui.views.proposal",
    "rowpost.gui.views.review",
    "rowpost.gui.views.sending",
    "rowpost.sending",
    "rowpost.followup",
    "rowpost.gui.views.follow_detail",
    "rowpost.gui.views.following",
)


def warm_up(stop: StopToken, _: Callable[[object], None]) -> None:
    """Import one after the other, until stopped."""
    for name in _NEEDED_SOON:
        if not stop.is_set():
            import_module(name)
