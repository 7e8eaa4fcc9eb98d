"""Reading what may be odd: a missing field, a number as a string, null for a list, another spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from rowpost.model.answers import Json

Document = Mapping[str, Json]
NOTHING: Document = {}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_MOST_DIGITS = 18  # before and after the point; what is longer is no amount and no count
_OLDEST, _LATEST = 1900, 9000  # years; servers write the year 1 where they have no date
_LONGEST_ODD = 120  # characters


def as_document(value: Json) -> Document:
    """Return the object, an empty one for anything else."""
    return value if isinstance(value, dict) else NOTHING


def as_list(value: Json) -> Sequence[Json]:
    """Return the list, an empty one for anything else."""
    return value if isinstance(value, list) else ()


def text(document: Document, *names: str) -> str:
    """Return the first of the named fields that holds a text or a number, '' where none does."""
    for name in names:
        value = document.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return str(value)
    return ""


def number(document: Document, *names: str) -> Decimal | None:
    """Return the first of the named fields that holds a number, also one written as a text."""
    return next((found for name in names if (found := _number(document.get(name))) is not None), None)


def _number(value: Json) -> Decimal | None:
    if isinstance(value, str):
        value = Decimal(value.strip()) if _NUMBER.match(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    found = Decimal(value)
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        return None
    return found if len(found.as_tuple().digits) <= 2 * _MOST_DIGITS else None


def unread_numbers(document: Document, *names: str) -> Iterator[str]:
    """Yield `name: what stands there` for every field that should hold a number and does not."""
    for name in names:
        value = document.get(name)
        if value is not None and _number(value) is None:
            yield f"{name}: {str(value)[:_LONGEST_ODD]}"


def unread_lists(document: Document, *names: str) -> Iterator[str]:
    """Yield `name: what stands there` for every field that should hold a list and does not."""
    for name in names:
        value = document.get(name)
        if value is not None and not isinstance(value, list):
            yield f"{name}: {str(value)[:_LONGEST_ODD]}"


def code(value: Json) -> str:
    """Return a word, or the `code` of an object that stands for it (currency, in a sample answer)."""
    return (
        value if isinstance(value, str) else text(as_document(value), "code", "currencyCode", "value", "name")
    )


def moment(value: Json) -> datetime | None:
    """Return a date-time, in UTC where no zone is given; None where it cannot be read, or is no real one."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    if not _OLDEST <= found.year <= _LATEST:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def data(document: Json) -> Json:
    """Return what an answer is about: its `data`, or the answer itself where there is no envelope."""
    whole = as_document(document)
    return whole.get("data", document)
