"""Sending: parts, the pure decision what to do next, the loop that obeys it, settling of answers."""

from __future__ import annotations

from rowpost.sending.adopting import AdoptedRow, Adoption, Fate, adopt
from rowpost.sending.events import (
    Event,
    OnEvent,
    PartStarted,
    RowsChanged,
    RunEnded,
    TroubleSeen,
    Waiting,
)
from rowpost.sending.loop import Loop, Outside, carry_out
from rowpost.sending.ports import Agency, Ledger

__all__ = [
    "AdoptedRow",
    "Adoption",
    "Agency",
    "Event",
    "Fate",
    "Ledger",
    "Loop",
    "OnEvent",
    "Outside",
    "PartStarted",
    "RowsChanged",
    "RunEnded",
    "TroubleSeen",
    "Waiting",
    "adopt",
    "carry_out",
]
