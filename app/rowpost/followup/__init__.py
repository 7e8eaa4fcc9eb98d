"""What became of the invoices: at the agency, asked and never guessed; in the next month's file."""

from rowpost.followup.difference import Entry, compare
from rowpost.followup.fetching import ReadSide, fetch
from rowpost.followup.seeking import seek
from rowpost.followup.standing import (
    add_up,
    age_of,
    changes,
    days_past_due,
    has_changed,
    seen_of,
    standing,
    standing_of,
    status_of,
    totals,
)
from rowpost.followup.tracking import Tracked, track
from rowpost.followup.vanished import ask_of_gone, is_asked_of, not_asked

__all__ = [
    "Entry",
    "ReadSide",
    "Tracked",
    "add_up",
    "age_of",
    "ask_of_gone",
    "changes",
    "compare",
    "days_past_due",
    "fetch",
    "has_changed",
    "is_asked_of",
    "not_asked",
    "seek",
    "seen_of",
    "standing",
    "standing_of",
    "status_of",
    "totals",
    "track",
]
