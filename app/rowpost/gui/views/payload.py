"""Looks into a payload: the value at a path, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

MIDNIGHT = "T00:00:00Z"  # every date goes over the wire with it; people read better without
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def leaf(payload: object, path: str) -> object:
    """Return the value at a dotted path (`debtors[0].name`), None where there is none."""
    value = payload
    for name, number in _STEP.findall(path):
        if name and isinstance(value, Mapping):
            value = value.get(name)
        elif number and isinstance(value, Sequence) and int(number) < len(value):
            value = value[int(number)]
        else:
            return None
    return value


def written(value: object) -> str:
    """Return a value as it goes over the wire, for people to read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return " ".join(written(part) for part in value.values())
    return str(value)


def phone_written(value: Mapping[str, object]) -> str:
    """Return a phone number as people write it: +47 55123456."""
    return f"+{value.get('countryCode', '')} {value.get('value', '')}"
