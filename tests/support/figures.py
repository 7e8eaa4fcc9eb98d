"""The figures that tests measure, printed together at the end of the run. A plugin of pytest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Figure = Callable[[str, object], None]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Give a function that notes a figure of this test: a name and a value."""

    def note(name: str, value: object) -> None:
        record_property(f"figure {name}", str(value))

    return note


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures, one a line."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if getattr(report, "when", "") == "call"
    ]
    figures: dict[str, str] = {}
    for report in reports:
        for name, value in report.user_properties:
            if name.startswith("figure "):
                figures[name] = _sum(figures.get(name), value)
    if figures:
        terminalreporter.section("figures")
        for name, value in figures.items():
            terminalreporter.write_line(f"{name.removeprefix('figure '):<66} {value}")


def _sum(before: str | None, value: str) -> str:
    """Add numbers up that several tests gave for one figure."""
    return value if before is None else str(int(before) + int(value))
