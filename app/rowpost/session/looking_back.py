"""The side that looks back: what was sent before is found, forgotten, exported.

As with `remembering`, its methods share the ledger's connection: one thread at a time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.model.outside import OnProgress, StopToken
from rowpost.session import searching
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.model.history import Found, Personal
    from rowpost.model.results import RunSummary


class LookingBack(Side):
    """From a question about the past to its answer."""

    def as_of(self) -> datetime | None:
        """The time of what is read now; None where nobody else writes, so that it will not change."""
        return self.clock.now() if self.memory.owned is None else None

    def search(self, text: str) -> Found:
        """Find runs and rows by a number, key, customer, case, amount or day, as a person writes them."""
        return self.memory.ledger.search(searching.wanted(text, self.clock.now()))

    def summary(self, run: str) -> RunSummary:
        """Return a run without its rows; the beginning of its name is enough."""
        return self.memory.ledger.summary(run)

    def personal(self, run: str) -> Personal:
        """Say what of a run is personal, and what of it is still open."""
        return self.memory.ledger.personal(run)

    def forget(self, run: str, *, give_up_waiting: bool = False) -> None:
        """Erase a run's personal data; claims, totals and verdicts stay.

        Trouble while something of it is not known, or waits and is not given up.
        """
        ledger = self._ledger_to_write
        name = ledger.full_name(run)
        ledger.erase(name, self._parts.who, give_up_waiting=give_up_waiting)
        self.log.write("forgotten", run=name)

    @property
    def forgotten_at_start(self) -> int:
        """Of how many runs the personal data was erased as the ledger was opened: their days were over."""
        _ = self.memory
        return self._forgotten

    def export_ledger(self, out: Path, *, stop: StopToken, progress: OnProgress) -> int:
        """Save everything the ledger knows as CSV; return how many rows. Stopped leaves no file."""
        from rowpost.reports.ledger_csv import write_ledger_csv

        known = self.memory.ledger.everything()
        now = self.clock.now()
        return write_ledger_csv(known, out, self.wording, now=now, stop=stop, progress=progress)
