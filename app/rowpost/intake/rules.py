"""What fitness means: for which day, target and creditor, and how strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rowpost.checks import KnownClaims, RejectedBefore
from rowpost.model.again import Again
from rowpost.model.settings import CheckSettings
from rowpost.model.targets import Environment


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """Everything that decides beside the sheet and the mapping.

    `include_hidden` None: nobody has answered yet. `left_out` are rows that a person leaves out.
    `country` is where numbers that name none are from. `known` are the claims sent before,
    `rejected` those that were rejected, by source id. With `again` only what may be sent once more
    of an earlier run is looked at.
    """

    today: date
    environment: Environment
    organization_id: str
    checks: CheckSettings
    include_hidden: bool | None = None
    country: str = "NO"
    left_out: frozenset[int] = frozenset()
    known: KnownClaims | None = None
    rejected: Mapping[str, RejectedBefore] = field(default_factory=dict)
    again: Again | None = None
