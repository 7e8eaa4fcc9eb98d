"""The door: what the window and the command line hold, and nothing else."""

from rowpost.session.door import Session
from rowpost.session.parts import Memory, Parts

__all__ = ["Memory", "Parts", "Session"]
