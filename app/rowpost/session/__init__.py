"""The door: what the window and the command line hold, and nothing else."""

from rowpost.session.door import Parts, Session

__all__ = ["Parts", "Session"]
