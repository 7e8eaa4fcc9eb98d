"""Settings: what a person chooses is kept for the next start."""

from __future__ import annotations

from collections.abc import Callable

from rowpost.gui.actions.desk import Desk
from rowpost.gui.views.settings import Chosen
from rowpost.host import folders, settings
from rowpost.model.targets import Target


class ChoiceDeeds:
    """What can be done on the Settings page."""

    def __init__(self, desk: Desk, put: Callable[[Chosen], None]) -> None:
        self._desk = desk
        self._put = put

    def change(self, chosen: Chosen) -> None:
        """Look and speak otherwise, now and at the next start."""
        self._put(chosen)
        changes = {
            "appearance.language": chosen.language,
            "appearance.color_scheme": chosen.appearance.value,
            "appearance.text_percent": chosen.text_percent,
        }
        self._desk.quietly(lambda _stop, _progress: settings.save(folders.find(), changes), lambda _: None)

    def choose_target(self, target: Target) -> None:
        """Send elsewhere; what was judged for another target is judged again."""
        if target.name != self._desk.state.target.name:
            self._desk.store.update(target=target, assessment=None, index=None)
