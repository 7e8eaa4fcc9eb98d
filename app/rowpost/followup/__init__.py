"""What became of the invoices at the agency: asked again, never guessed."""

from rowpost.followup.tracking import Asked, ReadSide, Tracked, track

__all__ = ["Asked", "ReadSide", "Tracked", "track"]
