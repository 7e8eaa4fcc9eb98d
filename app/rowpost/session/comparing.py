"""The side that compares: this month's file beside an earlier run of the same organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rowpost.model.answers import Cause
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.session.remembering import Remembering

if TYPE_CHECKING:
    from rowpost.followup.difference import Entry
    from rowpost.model.assessment import Assessment
    from rowpost.model.difference import Difference
    from rowpost.model.results import RunSummary
    from rowpost.model.workbook import Opened

E = TypeVar("E", bound="Entry")
_EVERY = 250  # invoices between two looks at the stop token


class Comparing(Remembering):
    """From two files to what has become new, gone, or another amount."""

    def earlier_run(self, since: str = "", target: Target | None = None, sha256: str = "") -> RunSummary:
        """Return the run to compare with: the one that is named, else the latest that fits.

        It must be of the target's organisation; without a name it is no run of the same file, and
        none that sent only what another one had left. Trouble if there is none, or it does not fit.
        """
        if since:
            found = self.memory.ledger.summary(since)
            if target is not None and not _same_organisation(found.target, target):
                values = {"run": found.run, "target": target.name}
                raise Trouble("diff.other_organization", Remedy.FIX_SETTINGS, values)
            return found
        for run in self.runs():
            fits = target is None or _same_organisation(run.target, target)
            if fits and not run.follows and run.file_sha256 != sha256:
                return run
        raise Trouble("diff.no_earlier", Remedy.FIX_SETTINGS)

    def compare(
        self,
        earlier: RunSummary,
        opened: Opened,
        assessment: Assessment,
        *,
        stop: StopToken,
        progress: OnProgress,
    ) -> Difference:
        """Compare what a file holds with what a run was about. Nobody is asked; that is `ask_of_gone`."""
        from rowpost.followup import compare
        from rowpost.model.difference import Difference

        ledger, target = self.memory.ledger, earlier.target
        known = ledger.known_claims(target.environment, target.organization_id)
        total = earlier.books.rows + assessment.books.rows
        before = _Watched(ledger.rows(earlier.run), 0, total, stop, progress)
        both: Iterable[Entry] = chain(assessment.ready, assessment.staying)
        now = _Watched(both, earlier.books.rows, total, stop, progress)
        lines = compare(before, now, lambda source_id: known(source_id) is not None)
        return Difference(earlier, opened.file_name, lines, (before.unnumbered, now.unnumbered))

    def ask_of_gone(self, difference: Difference, *, stop: StopToken, progress: OnProgress) -> Difference:
        """Ask the agency of what is gone from the sheet; where it cannot be reached, that is not known."""
        from rowpost.followup import ask_of_gone, is_asked_of, not_asked

        if not any(map(is_asked_of, difference.lines)):
            return difference
        try:
            agency = self.agency(self._reachable(difference.earlier.target))
        except Trouble as trouble:
            return not_asked(difference, Cause(trouble.code, trouble.remedy, trouble.values))
        with closing(agency):
            return ask_of_gone(difference, agency, self.clock.now(), stop=stop, progress=progress)

    def write_difference(self, difference: Difference, out: Path) -> None:
        """Save a difference as a workbook."""
        from rowpost.reports.difference_workbook import write_difference_workbook

        write_difference_workbook(difference, out, self.wording)


class _Watched(Iterable[E]):
    """Hands invoices on, tells how far it is, and counts those that cannot be compared: without a number.

    Stopped once `stop` is set. `before` of `total` had been handed on when it began.
    """

    def __init__(
        self, entries: Iterable[E], before: int, total: int, stop: StopToken, progress: OnProgress
    ) -> None:
        self._entries, self._before, self._total = entries, before, total
        self._stop, self._progress = stop, progress
        self.unnumbered = 0

    def __iter__(self) -> Iterator[E]:
        for done, entry in enumerate(self._entries, start=self._before):
            if done % _EVERY == 0:
                if self._stop.is_set():
                    raise Stopped
                self._progress(Progress("progress.comparing", done, self._total))
            if not entry.invoice_number and entry.currency:
                self.unnumbered += 1
            yield entry


def _same_organisation(one: Target, other: Target) -> bool:
    return (one.environment, one.organization_id) == (other.environment, other.organization_id)
