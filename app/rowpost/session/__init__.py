"""The door: what the window and the command line hold, and nothing else."""

from rowpost.session.door import Memory, Parts, Session

__all__ = ["Memory", "Parts", "Session"]
