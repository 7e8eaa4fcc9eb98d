"""A bar in the page as a value."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.look.tokens import Tone


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a bar says; `actions` pairs the name of an action with the word on its button."""

    tone: Tone
    sentence: str
    cure: str = ""
    actions: tuple[tuple[str, str], ...] = ()
