"""The side that sends and remembers: runs in the ledger, and what the agency holds of them.

Its methods must be called from one and the same thread at a time, because they share the ledger's
connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from rowpost.model.outside import Hurries, StopToken, no_hurry
from rowpost.model.targets import Target
from rowpost.model.workbook import Opened
from rowpost.session import diary, runs
from rowpost.session.again import setup_bytes
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.attempts import Rejection, RowChange, RunMeta
    from rowpost.model.books import RowState
    from rowpost.model.results import RunResult, RunStatus, RunSummary
    from rowpost.sending import OnEvent


class Remembering(Side):
    """From an assessment to a verdict per row."""

    def create_run(
        self,
        opened: Opened,
        assessment: Assessment,
        target: Target,
        *,
        mapping: ColumnMapping | None = None,
    ) -> str:
        """Write down what is about to be sent; nothing is sent yet. Return the run's name.

        With `mapping` the workbook can be read in the same way once more.
        """
        from rowpost.mapping import to_document

        document = to_document(mapping) if mapping is not None else None
        about = runs.meta(opened, assessment, target, self._parts.who)
        return self.write_down(replace(about, setup=setup_bytes(document, opened.table.edits)), assessment)

    def write_down(self, about: RunMeta, assessment: Assessment) -> str:
        """Write a run down of which everything is told; return its name."""
        run = self._ledger_to_write.create_run(about, assessment.ready, assessment.staying)
        diary.created(self.log, run, assessment, about.target)
        return run

    def send(
        self,
        run: str,
        *,
        secret: str | None = None,
        stop: StopToken,
        pause: StopToken,
        hurries: Hurries = no_hurry,
        on_event: OnEvent,
    ) -> RunStatus:
        """Go on with a run until nothing more can be done now; see `sending.loop`."""
        from rowpost.sending import carry_out

        ledger = self._ledger_to_write
        run = ledger.full_name(run)
        target = self._reachable(ledger.summary(run).target)
        with closing(self.agency(target, secret)) as agency:
            return carry_out(
                run,
                ledger,
                agency,
                self._pace(target),
                clock=self.clock,
                stop=stop,
                pause=pause,
                hurries=hurries,
                on_event=diary.noting(self.log, run, on_event),
                who=self._parts.who,
            )

    def leave_open(self, run: str) -> None:
        """Let a run be found as one that was cut off: it was ended, but not because a person stopped it."""
        from rowpost.model.results import RunStatus

        self._ledger_to_write.finish(run, RunStatus.PAUSED)

    def invoices_by_state(self, run: str) -> Mapping[RowState, int]:
        """How many invoices of a run are in which state; rows that made none count as one each."""
        return self.memory.ledger.invoices_by_state(run)

    def under_way(self, run: str) -> tuple[RowChange, ...]:
        """The rows of a run that may have left this machine and are not decided."""
        return self.memory.ledger.under_way(run)

    def unsent(self, opened: Opened, assessment: Assessment, target: Target) -> RunResult:
        """Tell of a workbook of which nothing was sent, in the form of a run."""
        return runs.unsent(opened, assessment, target, self.clock.now())

    def runs(self) -> Sequence[RunSummary]:
        """All runs, the latest first."""
        return self.memory.ledger.runs()

    def result(self, run: str) -> RunResult:
        """A run with all its rows. Trouble if there is no such run."""
        return self.memory.ledger.result(run)

    def rejections(self, target: Target) -> Sequence[Rejection]:
        """Why the agency has rejected invoices of this organisation, the most frequent reason first."""
        return self.memory.ledger.rejections(target.environment, target.organization_id)

    def release(self, run: str, rows: Sequence[int] | None, reason: str) -> int:
        """Let rows that are not known (all: None) be sent again; return how many invoices."""
        ledger = self._ledger_to_write
        return ledger.release(ledger.full_name(run), rows, reason, self._parts.who)

    def close_row(self, run: str, row: int, *, there: bool, reason: str) -> None:
        """A person says how a row stands that contradicts itself, or was looked for in vain."""
        ledger = self._ledger_to_write
        name = ledger.full_name(run)
        ledger.close_row(name, row, there=there, reason=reason, who=self._parts.who)
