"""The side that sends again: the rejected and released rows of a run, read as they were read then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened
from rowpost.session import again
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.model.results import RunResult, RunSummary
    from rowpost.session.again import Setup
    from rowpost.session.suggesting import Suggestion


class Repeating(Side):
    """From the verdicts of one run to the assessment of the next."""

    def setup(self, run: str) -> Setup:
        """How the workbook of a run was read, as far as that is still known."""
        return again.read_setup(self.memory.ledger.setup(run))

    def as_then(self, opened: Opened, run: str) -> tuple[Opened, Suggestion | None]:
        """Read a workbook as a run has read it: its mapping, and its edits where it is the same file.

        None where the run's mapping is no longer known.
        """
        from rowpost.session import suggesting

        found = self.setup(run)
        edits = again.with_edits(opened, self.memory.ledger.summary(run), found.edits)
        table = opened.table.with_edits({**edits, **opened.table.edits})
        opened = replace(opened, table=table)
        if found.mapping is None:
            return opened, None
        fitted = suggesting.fitted(opened, self.catalog, found.mapping, self.settings.reading)
        facts = tuple(fact for fact in fitted.facts if fact.code != "mapping.saved_used")
        return opened, replace(fitted, facts=facts)

    def again(self, result: RunResult, opened: Opened, target: Target) -> Opened:
        """Return the workbook as one that is opened to send again what it can of a run.

        Trouble where there are none, or where they went to another organisation.
        """
        again.refuse_other_target(result.summary, target)
        return replace(opened, again=again.what_goes(result, opened))

    def workbook_of(self, summary: RunSummary) -> Path:
        """Where the workbook of a run lies. Trouble where it is no longer there."""
        path = Path(summary.file_path)
        if not path.is_file():
            values = {"file": summary.file_name, "run": summary.run}
            raise Trouble("again.source_gone", Remedy.FIX_FILE, values)
        return path

    def target_of(self, summary: RunSummary) -> Target:
        """The target of a run, ready to be sent to again."""
        return self._reachable(summary.target)
