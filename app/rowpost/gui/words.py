"""Sentences of the window: a short way to the wording, and the numbers people write."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rowpost.catalog.fields import Catalog, Field
from rowpost.model.problems import Problem, Value
from rowpost.shown import Habits, habits_of
from rowpost.shown.habits import NO_BREAK_SPACE
from rowpost.wording import Wording


class Words:
    """What the window says in one language; every code of its own begins with `gui.`."""

    def __init__(self, wording: Wording, catalog: Catalog) -> None:
        self.wording = wording
        self.catalog = catalog
        self.habits: Habits = habits_of(wording.language)

    @property
    def language(self) -> str:
        """The language's code."""
        return self.wording.language

    def __call__(self, code: str, **values: Value) -> str:
        """Return the window's sentence `gui.<code>`."""
        return self.wording.say(f"gui.{code}", values)

    def problem(self, problem: Problem) -> str:
        """Return the sentence of a problem."""
        return self.wording.say(problem.code, {"field": problem.field, **problem.values})

    def part(self, code: str, part: str, values: Mapping[str, Value]) -> str:
        """Return `<code>.<part>` (title, cure, help), '' where there is none."""
        full = f"{code}.{part}"
        return self.wording.say(full, values) if self.wording.knows(full) else ""

    def label(self, field: Field) -> str:
        """What people call a field."""
        return field.labels.get(self.language) or field.labels.get("en", field.key)

    def number(self, value: int) -> str:
        """Write a count."""
        return self.wording.write(value)

    def money(self, amounts: Mapping[str, Decimal]) -> str:
        """Write totals per currency: 477 751,50 NOK + 1 200,00 SEK."""
        return " + ".join(self.amount(amount, currency) for currency, amount in amounts.items())

    def amount(self, amount: Decimal | None, currency: str) -> str:
        """Write one amount and its currency, never on two lines; '' where there is none."""
        return "" if amount is None else f"{self.wording.write(amount)}{NO_BREAK_SPACE}{currency}".strip()
