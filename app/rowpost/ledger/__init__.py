"""The memory (SQLite): intent before action, verdicts, who and when."""

from __future__ import annotations

from rowpost.ledger.claims import ClaimLookup
from rowpost.ledger.epoch import FileWitness, Witness
from rowpost.ledger.ledger import Ledger
from rowpost.ledger.reader import Reader

__all__ = ["ClaimLookup", "FileWitness", "Ledger", "Reader", "Witness"]
