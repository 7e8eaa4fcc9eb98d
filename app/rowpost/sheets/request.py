"""What the child process is asked to do. Goes from parent to child only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rowpost.model.workbook import Reading


@dataclass(frozen=True, slots=True)
class Words:
    """What the child must know of the catalog: headings and the words of total rows, folded.

    `headings` maps a folded heading to its field key ('' for one that is known but no target);
    `identifiers` are the keys of fields whose digits must arrive exactly, with the length the
    field fixes (0 for none).
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    totals: frozenset[str] = frozenset()
    identifiers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes of address space (where the system can hold to it), seconds."""

    memory: int = 4 << 30
    seconds: float = 120.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Request:
    """One file to read. `rows` limits a preview; None reads all."""

    path: str
    reading: Reading
    words: Words
    password: str | None = None
    rows: int | None = None
    limits: Limits = DEFAULT_LIMITS


OnStage = Callable[[str, int, int], None]  # wording code, done, total


def no_stage(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""
