"""What will be sent, line by line: every value of the document under the name that people know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rowpost.catalog import Catalog, Field
from rowpost.gui.views.payload import leaf, phone_written, written
from rowpost.gui.words import Words

_ENTRY = re.compile(r"\[([0-9]+)\]")
_DEBTOR = re.compile(r"debtors\[([0-9]+)\]")
_CLAIM = re.compile(r"(claims\[[0-9]+\])\.remainingAmount")
_PHONE = re.compile(r"debtors\[[0-9]+\]\.phoneNumbers\[[0-9]+\]")


def sent_lines(payload: Mapping[str, object], catalog: Catalog, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of everything in the payload of an invoice, nothing left out.

    In the order of the catalog; further debtors after the first, each with its number.
    """
    order = {field.key: place for place, field in enumerate(catalog.fields)}
    lines = [(_field(path, payload, catalog), path, value) for path, value in _leaves(payload)]
    lines.sort(key=lambda line: (_debtor(line[1]), order.get(line[0].key, -1) if line[0] else -1))
    for field, path, value in lines:
        yield _label(field, path, words), _written(value)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and not _PHONE.fullmatch(path):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for at, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{at}]")
    elif value is not None:
        yield path, value


def _field(path: str, payload: Mapping[str, object], catalog: Catalog) -> Field | None:
    """The field that speaks of a leaf; of a claim's amount the one for claims of its kind."""
    claim = _CLAIM.fullmatch(path)
    kind = leaf(payload, f"{claim[1]}.type") if claim else None
    meant = (field for field in catalog.fields if claim and kind in field.sets.values())
    known = (field for field in catalog.fields if field.path in (_first(path), f"{_first(path)}.value"))
    return next(meant, None) or next(known, None)


def _first(path: str) -> str:
    return _ENTRY.sub("[0]", path)


def _debtor(path: str) -> int:
    named = _DEBTOR.match(path)
    return int(named[1]) if named else 0


def _label(field: Field | None, path: str, words: Words) -> str:
    label = words.label(field) if field else path
    *_, inner = [0, *(int(at) for at in _ENTRY.findall(_DEBTOR.sub("", path)))]
    numbered = f"{label} ({inner + 1})" if inner else label
    debtor = _debtor(path)
    return f"{words('map.group.further', number=debtor + 1)}: {numbered}" if debtor else numbered


def _written(value: object) -> str:
    return phone_written(value) if isinstance(value, Mapping) else written(value)
