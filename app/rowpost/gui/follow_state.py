"""What the window knows of a follow-up at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from rowpost.model.followup import Sums
from rowpost.model.outside import Progress

if TYPE_CHECKING:
    from rowpost.model.answers import Batch, BatchesAnswer
    from rowpost.model.followup import FollowUp, Known
    from rowpost.model.targets import Target
    from rowpost.sending import Adoption


class FollowTab(StrEnum):
    """What the Follow-up page shows."""

    INVOICES = "invoices"
    BATCHES = "batches"


@dataclass(frozen=True, slots=True)
class FollowState:
    """Everything the Follow-up page shows.

    `asking` is set while the agency is being asked, with the newest `progress`. `owners` names our
    run of each batch; `adoption` is what adopting the batch shown came to.
    """

    tab: FollowTab = FollowTab.INVOICES
    asking: bool = False
    progress: Progress | None = None
    today: date = date.min
    follow: FollowUp | None = None
    sums: Sums = field(default_factory=Sums)  # of its lines; added up beside the window, there may be many
    known: Known | None = None
    batches: BatchesAnswer | None = None
    batches_of: Target | None = None
    owners: Mapping[str, str] = field(default_factory=dict)
    batch: Batch | None = None
    adoption: Adoption | None = None
