"""What became of the invoices: at the agency, asked and never guessed; in the next month's file."""

from rowpost.followup.difference import Entry, compare, unnumbered
from rowpost.followup.tracking import Asked, ReadSide, Tracked, track
from rowpost.followup.vanished import ask_of_gone, is_asked_of, not_asked

__all__ = [
    "Asked",
    "Entry",
    "ReadSide",
    "Tracked",
    "ask_of_gone",
    "compare",
    "is_asked_of",
    "not_asked",
    "track",
    "unnumbered",
]
