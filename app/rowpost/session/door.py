"""The one object that the window and the command line hold.

Every method blocks and knows no threads; the window calls them from its workers. The methods
under "The memory" must be called from one and the same thread at a time, because they share the
ledger's connection. All of them raise `Trouble`, or `Stopped` once `stop` is set.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rowpost.catalog import Catalog
from rowpost.model.books import RowState
from rowpost.model.outside import Clock, OnProgress, StopToken
from rowpost.model.settings import Settings
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.session import files_out, mappings, runs, targets
from rowpost.session.checkup import examine
from rowpost.wording import Wording

if TYPE_CHECKING:
    from rowpost.amili import AmiliClient
    from rowpost.followup import Asked, Tracked
    from rowpost.host.folders import Folders
    from rowpost.host.secrets import Secrets
    from rowpost.intake import IntakeRules, Rechecker
    from rowpost.ledger import Ledger
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.problems import Problem
    from rowpost.model.results import RunResult, RunStatus, RunSummary
    from rowpost.sending import OnEvent
    from rowpost.session.known import Known

# The sample's dates are fixed. It is judged as of this day, so that the practice run never grows old.
SAMPLE_DAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Memory:
    """The ledger; `occupied` says why it can only be read: another copy of the program works with it."""

    ledger: Ledger
    occupied: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the session is put together from; see `wiring`."""

    settings: Settings
    catalog: Catalog
    wording: Wording
    clock: Clock
    places: Folders
    sample: Path
    who: str
    secrets: Secrets
    open_memory: Callable[[ExitStack], Memory]
    start_practice: Callable[[ExitStack], Target]
    reach: Callable[[Target, str | None], AmiliClient]


class Session:
    """One person at work. Use it as a context manager, or call `close`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._open = ExitStack()
        self.settings = parts.settings
        self.catalog = parts.catalog
        self.wording = parts.wording
        self.clock = parts.clock
        self.sample = parts.sample

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and stop the practice server, if they were needed."""
        self._open.close()

    # -- The workbook ------------------------------------------------------------------------

    def open(
        self,
        path: Path,
        reading: Reading | None = None,
        *,
        password: str | None = None,
        stop: StopToken,
        progress: OnProgress,
    ) -> Opened:
        """Read a workbook in a child process."""
        from rowpost.sheets import open_workbook

        how = reading or Reading()
        return open_workbook(path, how, self.catalog, password=password, stop=stop, progress=progress)

    def preview(
        self, path: Path, reading: Reading | None = None, *, password: str | None = None, stop: StopToken
    ) -> Opened:
        """Read only the first rows, quickly however long the file is."""
        from rowpost.sheets import preview

        return preview(path, reading or Reading(), self.catalog, password=password, stop=stop)

    def suggest(self, opened: Opened, constants: Mapping[str, str] | None = None) -> ColumnMapping:
        """Suggest which column becomes which field, with reasons."""
        from rowpost.mapping import suggest

        return suggest(opened.table, opened.layout, self.catalog, constants=constants or {})

    def with_constants(self, mapping: ColumnMapping, constants: Mapping[str, str]) -> ColumnMapping:
        """Give fields the same value in all rows."""
        from rowpost.mapping import with_constants

        return with_constants(mapping, constants, self.catalog)

    def assess(
        self,
        opened: Opened,
        mapping: ColumnMapping,
        target: Target,
        *,
        include_hidden: bool | None = None,
        in_child: bool = True,
        stop: StopToken,
        progress: OnProgress,
    ) -> Assessment:
        """Map, build and check every row; in a child process unless there is no window to keep alive."""
        if in_child:
            from rowpost.intake import assess_in_child as do
        else:
            from rowpost.intake import assess as do
        rules = self.rules(opened, target, include_hidden=include_hidden)
        return do(opened.table, opened.layout, mapping, self.catalog, rules, stop=stop, progress=progress)

    def rechecker(
        self, opened: Opened, mapping: ColumnMapping, target: Target, *, include_hidden: bool | None = None
    ) -> Rechecker:
        """Return what judges one row again at once, after an edit. Making it takes a third of `assess`."""
        from rowpost.intake import Rechecker

        rules = self.rules(opened, target, include_hidden=include_hidden)
        return Rechecker(opened.table, opened.layout, mapping, self.catalog, rules)

    def rules(self, opened: Opened, target: Target, *, include_hidden: bool | None = None) -> IntakeRules:
        """What fitness means today, for this target."""
        from rowpost.intake import IntakeRules

        is_sample = Path(opened.path) == self.sample
        return IntakeRules(
            today=SAMPLE_DAY if is_sample else self.clock.now().astimezone().date(),
            environment=target.environment,
            organization_id=target.organization_id,
            include_hidden=self.hidden_rows(include_hidden),
            checks=self.settings.checks,
            country=self.settings.reading.country,
            known=self._known(target),
        )

    def _known(self, target: Target) -> Known:
        """What was sent before to this organisation; the ledger is asked once per check."""
        from rowpost.session.known import Known

        return Known(self.memory.ledger.all_claims(target.environment, target.organization_id))

    def hidden_rows(self, answer: bool | None) -> bool | None:
        """Whether hidden rows count: the answer for this workbook, else the settings', else None: ask."""
        if answer is not None:
            return answer
        return {"include": True, "leave_out": False}.get(self.settings.reading.hidden_rows)

    def refuse_unanswered(self, opened: Opened, include_hidden: bool | None) -> None:
        """Trouble if rows are hidden and nobody has said whether they count: nothing is sent on a guess."""
        hidden = len(opened.layout.hidden_rows)
        if hidden and self.hidden_rows(include_hidden) is None:
            raise Trouble("session.hidden_unanswered", Remedy.FIX_SETTINGS, {"count": hidden})

    # -- Saved mappings ----------------------------------------------------------------------

    def saved_mappings(self) -> tuple[str, ...]:
        """The names of the saved mappings."""
        return mappings.names(self._parts.places.mappings)

    def load_mapping(self, name_or_file: str) -> ColumnMapping:
        """Return a saved mapping, or the one in a file."""
        return mappings.load(self._parts.places.mappings, name_or_file)

    def save_mapping(self, name: str, mapping: ColumnMapping) -> None:
        """Keep a mapping for next month."""
        mappings.save(self._parts.places.mappings, name, mapping)

    # -- Targets -----------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The practice server first (not started by asking), then what the settings name."""
        return (self._practice_unstarted, *self.settings.targets.values())

    def target(self, name: str) -> Target:
        """Return the target of that name, ready to send to. Trouble if there is none, or half of one."""
        return self.practice if name == targets.PRACTICE else targets.named(self.settings.targets, name)

    def target_at(self, api_url: str, token_url: str, organization_id: str, client_id: str) -> Target:
        """Return the target that four arguments describe."""
        return targets.at(api_url, token_url, organization_id, client_id)

    def target_to_check(self, name: str) -> Target:
        """Return a target to check for: no server is started, and its addresses may be missing."""
        if name in {"", targets.PRACTICE}:
            return self._practice_unstarted
        return self.settings.targets.get(name) or targets.named(self.settings.targets, name)

    @cached_property
    def practice(self) -> Target:
        """The practice server, started in a process of its own when it is first needed."""
        return self._parts.start_practice(self._open)

    def fresh_practice(self) -> Target:
        """The practice server under a new organisation, to which nothing has been sent yet."""
        return replace(self.practice, organization_id=str(uuid.uuid4()))

    @property
    def _practice_unstarted(self) -> Target:
        from rowpost.sandbox import PracticeServer

        organization = PracticeServer.organization_id
        return Target(targets.PRACTICE, Environment.PRACTICE, "", "", organization, PracticeServer.client_id)

    # -- The memory --------------------------------------------------------------------------

    @cached_property
    def memory(self) -> Memory:
        """The ledger, opened when it is first needed."""
        return self._parts.open_memory(self._open)

    @property
    def _ledger_to_write(self) -> Ledger:
        if self.memory.occupied:
            raise self.memory.occupied
        return self.memory.ledger

    def create_run(self, opened: Opened, assessment: Assessment, target: Target) -> str:
        """Write down what is about to be sent; nothing is sent yet. Return the run's name."""
        about = runs.meta(opened, assessment, target, self._parts.who)
        return self._ledger_to_write.create_run(about, assessment.ready, assessment.staying)

    def send(
        self,
        run: str,
        *,
        secret: str | None = None,
        stop: StopToken,
        pause: StopToken,
        on_event: OnEvent,
    ) -> RunStatus:
        """Go on with a run until nothing more can be done now; see `sending.loop`."""
        from rowpost.sending import carry_out

        ledger = self._ledger_to_write
        target = self._reachable(ledger.summary(run).target)
        with closing(self._parts.reach(target, secret)) as agency:
            return carry_out(
                run,
                ledger,
                agency,
                self.settings.sending,
                clock=self.clock,
                stop=stop,
                pause=pause,
                on_event=on_event,
                who=self._parts.who,
            )

    def _reachable(self, target: Target) -> Target:
        if target.name != targets.PRACTICE:
            return target
        found = self.practice  # it listens on another port each time
        return replace(target, api_url=found.api_url, token_url=found.token_url)

    def unsent(self, opened: Opened, assessment: Assessment, target: Target) -> RunResult:
        """Tell of a workbook of which nothing was sent, in the form of a run."""
        return runs.unsent(opened, assessment, target, self.clock.now())

    def runs(self) -> Sequence[RunSummary]:
        """All runs, the latest first."""
        return self.memory.ledger.runs()

    def result(self, run: str) -> RunResult:
        """A run with all its rows. Trouble if there is no such run."""
        return self.memory.ledger.result(run)

    def release(self, run: str, rows: Sequence[int] | None, reason: str) -> int:
        """Let rows that are not known (all: None) be sent again; return how many invoices."""
        return self._ledger_to_write.release(run, rows, reason, self._parts.who)

    # -- At the agency -----------------------------------------------------------------------

    def track(
        self, target: Target, wanted: Sequence[Asked], *, stop: StopToken, progress: OnProgress
    ) -> Sequence[Tracked]:
        """Ask the agency what it holds of each invoice."""
        from rowpost.followup import track

        with closing(self._parts.reach(self._reachable(target), None)) as agency:
            return list(track(wanted, agency, stop=stop, progress=progress))

    def track_run(self, run: str, *, stop: StopToken, progress: OnProgress) -> Sequence[Tracked]:
        """Ask for the accepted invoices of a run, '' for the latest. Trouble if there is no run yet."""
        from rowpost.followup import Asked

        found = self.result(run or self._latest_run())
        wanted = [Asked.of_row(row) for row in found.rows if row.state is RowState.ACCEPTED]
        return self.track(found.summary.target, wanted, stop=stop, progress=progress)

    def _latest_run(self) -> str:
        latest = next(iter(self.runs()), None)
        if latest is None:
            raise Trouble("session.no_run_yet", Remedy.FIX_SETTINGS)
        return latest.run

    # -- Files out ---------------------------------------------------------------------------

    def write_template(self, out: Path, language: str = "") -> None:
        """Write an empty workbook with the right columns, in this session's language or another."""
        from rowpost.reports.save import write_whole
        from rowpost.reports.template import template_bytes

        wording = Wording(language, self.catalog) if language else self.wording
        write_whole(out, template_bytes(self.catalog, wording))

    def write_cells(self, opened: Opened, out: Path) -> None:
        """Save every cell of the sheet as Excel shows it, as CSV."""
        files_out.write_cells(opened, out)

    def write_problems(self, opened: Opened, assessment: Assessment, out: Path) -> tuple[Problem, ...]:
        """Save a copy of the workbook with every problem at its cell; return what could not be kept."""
        return files_out.write_problems(self, opened, assessment, out)

    def write_results(self, run: str, out: Path) -> tuple[Problem, ...]:
        """Save what became of every row of a run; return what could not be kept."""
        return files_out.write_results(self, self.result(run), out)

    # -- This machine ------------------------------------------------------------------------

    def doctor(self) -> Sequence[Problem]:
        """What this machine has (notes) and lacks (warnings, errors)."""
        return examine(self, self._parts.places, self._parts.secrets)
