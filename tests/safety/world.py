"""A small world for the safety tests: rules, a clock that jumps, ledgers, runs, the audit of both books."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from rowpost.ledger import Ledger, Reader
from rowpost.model.attempts import RunMeta
from rowpost.model.books import RowState
from rowpost.model.invoices import ReadyInvoice
from rowpost.model.outside import Clock, StopToken, no_hurry
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.settings import NetworkSettings, SendingSettings
from rowpost.model.targets import Environment, Target
from rowpost.sending import Agency, carry_out
from tests.support.catalogs import schema_documents
from tests.support.practice import invoice

KEY = bytes(range(32))
ORGANIZATION = "3f0e2f6c-8a3b-4a57-9c1e-5d2b7a90c4d1"


def _defaults(section: str) -> dict[str, Any]:
    rules = schema_documents()["settings"]["properties"][section]["properties"]
    return {name: rule.get("default") for name, rule in rules.items()}


def sending_rules(**changes: Any) -> SendingSettings:
    """The sending settings as they are published, but for some."""
    return SendingSettings(**{**_defaults("sending"), "canary": False, **changes})


def network_rules(**changes: Any) -> NetworkSettings:
    """The network settings as they are published, but for some."""
    return NetworkSettings(**{**_defaults("network"), "proxy": "none", **changes})


class JumpingClock:
    """Time that passes only when somebody waits for it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.slept)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float, stop: StopToken) -> bool:
        seconds = max(seconds, 0.001)  # else a sum of floats could stand still
        self.seconds += seconds
        self.slept += seconds
        return stop.is_set()


class MemoryWitness:
    """Remembers how far a ledger had come, outside of it."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def seen(self, ledger_id: str) -> int | None:
        return self.known.get(ledger_id, 0)

    def note(self, ledger_id: str, attempt: int) -> None:
        self.known[ledger_id] = attempt


@dataclass(slots=True)
class Switch:
    """A stop token that somebody may set."""

    on: bool = False

    def is_set(self) -> bool:
        return self.on

    def wait(self, timeout: float | None = None) -> bool:
        return self.on


def open_ledger(path: Path, clock: Any = None, witness: Any = None, **more: Any) -> Ledger:
    """Open the ledger in a folder."""
    return Ledger.open(path, KEY, clock=clock or JumpingClock(), witness=witness or MemoryWitness(), **more)


def look_into(path: Path) -> Reader:
    """Open the ledger in a folder as somebody who is not its owner."""
    return Reader.look_into(path, KEY, clock=JumpingClock())


def target_at(base: str, organization: str = ORGANIZATION) -> Target:
    """The organisation at a practice server that listens at `base`."""
    return Target(
        name="practice",
        environment=Environment.PRACTICE,
        api_url=f"{base}/collection/v1",
        token_url=f"{base}/token",
        organization_id=organization,
        client_id="practice",
    )


def ready(numbers: Iterable[str], **changes: Any) -> list[ReadyInvoice]:
    """Invoices that are fit to send, one for each number; their rows count from 2."""
    return [
        ReadyInvoice(
            rows=(row,),
            invoice_number=number,
            source_id=f"source-{number}",
            currency="NOK",
            amount=Decimal("1250.5"),
            payload=json.dumps(invoice(number, **changes)).encode(),
        )
        for row, number in enumerate(numbers, start=2)
    ]


def make_run(ledger: Ledger, target: Target, invoices: Sequence[ReadyInvoice], *, follows: str = "") -> str:
    """Write a run of these invoices down, nothing sent yet."""
    worth = sum((each.amount for each in invoices), Decimal(0))
    meta = RunMeta(
        target,
        "book.xlsx",
        "/tmp/book.xlsx",
        "0" * 64,
        "Sheet1",
        1,
        len(invoices),
        {"NOK": worth},
        "tester",
        follows,
    )
    return ledger.create_run(meta, invoices, ())


def carry_on(
    name: str, ledger: Ledger, agency: Agency, rules: SendingSettings, clock: Clock, seed: int = 0
) -> RunStatus:
    """Send what waits and ask what is open; the same chance each time. Some persons want to know at once."""
    stop, pause, chance = Switch(), Switch(), random.Random(seed)
    hurries = Impatience(seed) if seed % 5 == 1 else no_hurry
    return carry_out(
        name,
        ledger,
        agency,
        rules,
        clock=clock,
        stop=stop,
        pause=pause,
        hurries=hurries,
        who="tester",
        chance=chance,
    )


class Impatience:
    """A person who has the agency asked before its time, now and then; `every` times that they are asked."""

    def __init__(self, seed: int = 0, every: int = 1000) -> None:
        self._chance = random.Random(seed)
        self._every = every
        self.wished = 0

    def __call__(self) -> int:
        """How often it was wished."""
        self.wished += self._chance.randrange(self._every) == 0
        return self.wished


@dataclass(slots=True)
class Findings:
    """What the audit found against us; all empty is the only good result."""

    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lying: list[str] = field(default_factory=list)
    unbalanced: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.doubled or self.lost or self.lying or self.unbalanced)


def audit(result: RunResult, books: Mapping[str, Any], organization: str = ORGANIZATION) -> Findings:
    """Compare what the ledger says of a run with what the practice server holds.

    Doubled: taken more than once. Lost: nowhere, though neither side says why it would be. Lying:
    accepted but not held, rejected but held, or said to wait (never sent) but held.
    """
    held = {e["invoiceNumber"]: e["times"] for e in books["invoices"] if e["organizationId"] == organization}
    findings = Findings(unbalanced=not result.summary.books.balanced)
    findings.doubled = [number for number, times in held.items() if times > 1]
    known = {row.invoice_number for row in result.rows}
    findings.lost = [number for number in held if number not in known]
    for row in result.rows:
        times = held.get(row.invoice_number, 0)
        if (row.state is RowState.ACCEPTED) != (times > 0) and row.state is not RowState.NOT_KNOWN:
            findings.lying.append(f"{row.invoice_number} is {row.state} and was taken {times} times")
    return findings
