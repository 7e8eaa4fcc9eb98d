"""The door: the one object that the window and the command line hold.

Every method blocks and knows no threads; the window calls them from its workers. The methods
under "The memory" must be called from one and the same thread, because they share the ledger's
connection. All of them raise `Trouble`, or `Stopped` once `stop` is set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rowpost.catalog.fields import Catalog
from rowpost.model.outside import Clock, OnProgress, StopToken
from rowpost.model.settings import Settings
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.wording import Wording

if TYPE_CHECKING:
    from rowpost.intake import IntakeRules
    from rowpost.ledger import Ledger
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.results import RunResult, RunStatus, RunSummary
    from rowpost.sending.events import OnEvent
    from rowpost.sending.ports import Agency

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the session is put together from; see `wiring`."""

    settings: Settings
    catalog: Catalog
    wording: Wording
    clock: Clock
    mappings: Path
    who: str
    open_ledger: Callable[[], Ledger]
    start_practice: Callable[[ExitStack], Target]
    reach: Callable[[Target, str | None], Agency]


class Session:
    """One person at work. Use it as a context manager, or call `close`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._open = ExitStack()
        self.settings = parts.settings
        self.catalog = parts.catalog
        self.wording = parts.wording
        self.clock = parts.clock

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

        return open_workbook(
            path, reading or Reading(), self.catalog, password=password, stop=stop, progress=progress
        )

    def preview(
        self, path: Path, reading: Reading | None = None, *, password: str | None = None, stop: StopToken
    ) -> Opened:
        """Read only the first 50 rows, quickly however long the file is."""
        from rowpost.sheets import preview

        return preview(path, reading or Reading(), self.catalog, password=password, stop=stop)

    def suggest(self, opened: Opened, constants: Mapping[str, str] | None = None) -> ColumnMapping:
        """Suggest which column becomes which field, with reasons."""
        from rowpost.mapping import suggest

        return suggest(opened.table, opened.layout, self.catalog, constants=constants or {})

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
        """Map, build and check every row; in a child process unless the caller has no window to keep alive."""
        from rowpost.intake import assess, assess_in_child

        do = assess_in_child if in_child else assess
        rules = self.rules(target, include_hidden=include_hidden)
        return do(opened.table, opened.layout, mapping, self.catalog, rules, stop=stop, progress=progress)

    def rules(self, target: Target, *, include_hidden: bool | None = None) -> IntakeRules:
        """What fitness means today, for this target."""
        from rowpost.intake import IntakeRules

        return IntakeRules(
            today=self.clock.now().astimezone().date(),
            environment=target.environment,
            organization_id=target.organization_id,
            include_hidden=include_hidden,
            checks=self.settings.checks,
        )

    # -- Saved mappings ----------------------------------------------------------------------

    def saved_mappings(self) -> tuple[str, ...]:
        """The names of the saved mappings."""
        return tuple(sorted(path.stem for path in self._parts.mappings.glob("*.json")))

    # -- Targets -----------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The practice server first, then what the settings name."""
        return tuple(self.settings.targets.values())

    @cached_property
    def practice(self) -> Target:
        """The practice server, started in a process of its own when it is first needed."""
        return self._parts.start_practice(self._open)

    def target(self, name: str) -> Target:
        """Return the target of that name. Trouble if there is none, or if it is not complete."""
        if name == PRACTICE:
            return self.practice
        target = self.settings.targets.get(name)
        if target is None:
            raise Trouble("target.unknown", Remedy.FIX_SETTINGS, {"target": name})
        return target

    # -- The memory --------------------------------------------------------------------------

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened when it is first needed."""
        ledger = self._parts.open_ledger()
        self._open.callback(ledger.close)
        return ledger

    def runs(self) -> Sequence[RunSummary]:
        """All runs, the latest first."""
        return self.ledger.runs()

    def result(self, run: str) -> RunResult:
        """A run with all its rows. Trouble if there is no such run."""
        return self.ledger.result(run)

    def release(self, run: str, rows: Sequence[int] | None, reason: str) -> int:
        """Let rows that are not known (all: None) be sent again; return how many invoices."""
        return self.ledger.release(run, rows, reason, self._parts.who)
