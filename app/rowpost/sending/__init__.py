"""Sending: parts, the pure decision what to do next, the loop that obeys it, settling of answers."""

from __future__ import annotations

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
    "Agency",
    "Event",
    "Ledger",
    "Loop",
    "OnEvent",
    "Outside",
    "PartStarted",
    "RowsChanged",
    "RunEnded",
    "TroubleSeen",
    "Waiting",
    "carry_out",
]
