"""What a session is put together from, and what all its sides share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rowpost.catalog import Catalog
from rowpost.model.outside import Clock
from rowpost.model.settings import SendingSettings, Settings
from rowpost.model.targets import PRACTICE_CLIENT, PRACTICE_ORGANIZATION, Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import targets
from rowpost.wording import Wording

if TYPE_CHECKING:
    from rowpost.amili import AmiliClient
    from rowpost.host.folders import Folders
    from rowpost.host.secrets import Secrets
    from rowpost.ledger import Ledger, Reader
    from rowpost.model.outside import StopToken
    from rowpost.model.workbook import Opened
    from rowpost.session.apart import Apart
    from rowpost.session.courier import Courier, StartCourier
    from rowpost.session.diary import Log

T = TypeVar("T")
_LESSON_SECONDS = 30.0  # how long a lost answer stays open while trouble is practised
_DECIDED_SECONDS = 0.2  # the practice server has decided by then, where it plays no trouble


@dataclass(frozen=True, slots=True)
class Memory:
    """The ledger; `owned` is the same where this session is its owner, and may write.

    `occupied` says why it can only be read: another process works with it. `forgotten` counts the runs
    whose personal data was erased when it was opened.
    """

    ledger: Reader
    owned: Ledger | None = None
    occupied: Trouble | None = None
    forgotten: int = 0


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
    log: Log
    open_memory: Callable[[ExitStack], Memory]
    look_into_memory: Callable[[ExitStack], Memory]  # never as its owner, though nobody else were
    start_practice: Callable[[ExitStack, str], Target]
    reach: Callable[[Target, str | None, Settings], AmiliClient]
    change_settings: Callable[[Mapping[str, Any]], Settings]
    start_courier: StartCourier


class Side:
    """The ground that the sides of a session stand on: its parts, its targets, its memory."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._open = ExitStack()
        self._practising = self._open.enter_context(ExitStack())
        self._holding = self._open.enter_context(ExitStack())
        self._memory: Memory | None = None
        self._forgotten = 0  # runs, whenever the ledger was opened
        self._courier: Courier | None = None
        self._run_away = ""
        self._practice: Target | None = None
        self._apart: Apart | None = None
        self._scenario = ""
        self.settings = parts.settings
        self.catalog = parts.catalog
        self.wording = parts.wording
        self.clock = parts.clock
        self.sample = parts.sample
        self.log = parts.log

    def keep_window_alive(self) -> None:
        """From now on what takes long about a long sheet is worked out in a process of its own."""
        from rowpost.session.apart import Apart

        self._apart = Apart(self.catalog)
        self._open.callback(self._apart.close)

    def about(
        self, opened: Opened, task: Callable[..., T], *args: object, stop: StopToken | None = None
    ) -> T:
        """Return `task(opened, catalog, *args)`: here, or apart where a window has to stay alive.

        The task, a function of a module, may look at the table, its edits and the layout only.
        """
        from rowpost.session.apart import is_long

        if self._apart is not None and is_long(opened):
            return self._apart.ask(opened, task, *args, stop=stop)
        return task(opened, self.catalog, *args)

    def targets(self) -> tuple[Target, ...]:
        """The practice server first (not started by asking), then what the settings name."""
        return (self._practice_unstarted, *self.settings.targets.values())

    def target(self, name: str) -> Target:
        """Return the target of that name, ready to send to. Trouble if there is none, or half of one."""
        return self.practice if name == targets.PRACTICE else targets.named(self.settings.targets, name)

    def target_at(self, api_url: str, token_url: str, organization_id: str, client_id: str) -> Target:
        """Return the target that four arguments describe."""
        return targets.at(api_url, token_url, organization_id, client_id)

    def target_to_check(self, name: str, organization_id: str = "") -> Target:
        """Return a target to check for: no server is started, and its addresses may be missing.

        The organisation decides the keys that are derived for invoices without one.
        """
        known = self.settings.targets.get(name)
        if name in {"", targets.PRACTICE}:
            known = self._practice_unstarted
        found = known or targets.named(self.settings.targets, name)
        return replace(found, organization_id=organization_id or found.organization_id)

    @property
    def practice(self) -> Target:
        """The practice server, started in a process of its own when it is first needed."""
        return self.practise(self._scenario)

    def practise(self, scenario: str) -> Target:
        """The practice server, playing a scenario that ships with the program ('': the usual one)."""
        if scenario != self._scenario:
            self.stop_practice()
            self._scenario = scenario
        if self._practice is None:
            self._practice = self._parts.start_practice(self._practising, scenario)
        return self._practice

    def fresh_practice(self, scenario: str | None = None) -> Target:
        """The practice server under a new organisation, to which nothing has been sent yet.

        Without a scenario it plays on with the one it has. Trouble that a scenario holds ready comes
        once, so it begins anew.
        """
        wanted = self._scenario if scenario is None else scenario
        if wanted:
            self.stop_practice()
        return replace(self.practise(wanted), organization_id=str(uuid.uuid4()))

    def stop_practice(self) -> None:
        """End the practice server; what it has taken stands in its books."""
        self._practice = None
        self._practising.close()

    @property
    def practice_place(self) -> tuple[str, str]:
        """Where the practice server listens ('': it does not run), and the scenario it plays."""
        return (self._practice.api_url if self._practice else ""), self._scenario

    def agency(self, target: Target, secret: str | None = None) -> AmiliClient:
        """Return a client for a target, with the settings of this moment."""
        return self._parts.reach(target, secret, self.settings)

    def _reachable(self, target: Target) -> Target:
        """A target of the ledger as it is reached now: the practice server listens elsewhere each time."""
        if target.name != targets.PRACTICE:
            known = self.settings.targets.get(target.name, target)
            same = (known.api_url, known.organization_id) == (target.api_url, target.organization_id)
            return known if same else target  # the sign-in may have been put right meanwhile
        found = self.practice
        return replace(target, api_url=found.api_url, token_url=found.token_url)

    def _pace(self, target: Target) -> SendingSettings:
        """How sending goes about; who practises does not wait for what is there, nor an hour for a lesson."""
        rules = self.settings.sending
        if target.name != targets.PRACTICE:
            return rules
        if self._scenario:
            return replace(rules, settle_seconds=min(rules.settle_seconds, _LESSON_SECONDS))
        return replace(rules, poll_first_seconds=min(rules.poll_first_seconds, _DECIDED_SECONDS))

    @property
    def _practice_unstarted(self) -> Target:
        return Target(targets.PRACTICE, Environment.PRACTICE, "", "", PRACTICE_ORGANIZATION, PRACTICE_CLIENT)

    @property
    def memory(self) -> Memory:
        """The ledger, opened when it is needed first, or again after it was lent."""
        if self._memory is None:
            self._memory = self._parts.open_memory(self._holding)
            self._forgotten += self._memory.forgotten
        return self._memory

    def _let_go(self) -> None:
        """Close the ledger and give up the lock on it, so that another process can take it."""
        self._memory = None
        self._holding.close()

    @property
    def _ledger_to_write(self) -> Ledger:
        """The ledger; whoever had it when it was opened may be gone by now, so it is tried once more."""
        if self.memory.owned is None:
            self._let_go()
        if self.memory.owned is None:
            raise self.memory.occupied or Trouble("ledger.read_only", Remedy.FIX_SETTINGS)
        return self.memory.owned
