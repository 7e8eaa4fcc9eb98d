"""Reading what may be odd: a missing field, a number as a string, null for a list, another spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from rowpost.model.answers import Json

Document = Mapping[str, Json]
NOTHING: Document = {}


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
    for name in names:
        value = document.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
            continue
        try:
            found = Decimal(value)
        except InvalidOperation:
            continue
        if found.is_finite():
            return found
    return None


def code(value: Json) -> str:
    """Return a word, or the `code` of an object that stands for it (currency, in a sample answer)."""
    return (
        value if isinstance(value, str) else text(as_document(value), "code", "currencyCode", "value", "name")
    )


def moment(value: Json) -> datetime | None:
    """Return a date-time, in UTC where no zone is given; None where it cannot be read."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def data(document: Json) -> Json:
    """Return what an answer is about: its `data`, or the answer itself where there is no envelope."""
    whole = as_document(document)
    return whole.get("data", document)
