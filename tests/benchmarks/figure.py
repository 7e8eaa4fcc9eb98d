"""A measured figure beside the goal it has to reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark: `goal` is '' where the figure is only told, `ok` then True."""

    name: str
    value: float
    unit: str
    goal: str = ""
    ok: bool = True


def at_most(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that must not be larger than `limit`."""
    return Figure(name, value, unit, f"<= {limit:g}", value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that must not be smaller than `limit`."""
    return Figure(name, value, unit, f">= {limit:g}", value >= limit)
