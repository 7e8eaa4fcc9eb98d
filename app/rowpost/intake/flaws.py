"""Flaws as bytes: how they travel between processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from rowpost.model.drafts import Flaw
from rowpost.model.problems import Severity, Value


class FlawRecord(msgspec.Struct, array_like=True):
    """A Flaw; values are (name, kind, text)."""

    code: str
    severity: Severity
    path: str
    values: list[tuple[str, str, str]]
    related: tuple[str, ...]


def record_of(flaw: Flaw) -> FlawRecord:
    """Return the record of a flaw."""
    values = [(name, *told(value)) for name, value in flaw.values.items()]
    return FlawRecord(flaw.code, flaw.severity, flaw.path, values, flaw.related)


def flaw_of(record: FlawRecord) -> Flaw:
    """Return the flaw of a record."""
    values = {name: value_of(kind, text) for name, kind, text in record.values}
    return Flaw(record.code, record.severity, record.path, values, record.related)


def told(value: Value) -> tuple[str, str]:
    """Say the kind of a value, and the value as text."""
    return type(value).__name__, value.isoformat() if isinstance(value, date) else str(value)


def value_of(kind: str, text: str) -> Value:
    """Make the value that `told` has said."""
    return _KINDS[kind](text)


_KINDS: Mapping[str, Callable[[str], Value]] = {
    "str": str,
    "int": int,
    "Decimal": Decimal,
    "date": date.fromisoformat,
}
