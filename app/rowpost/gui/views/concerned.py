"""Which field the agency's own text speaks of, where it names one."""

from __future__ import annotations

import re

from rowpost.catalog import Catalog, Field

_NAMES = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def field_concerned(text: str, catalog: Catalog) -> Field | None:
    """Return the field that a text names by the last word of its path, None where it names none, or several.

    "debtors[0].organizationNumber is not valid" speaks of the organisation number.
    """
    names = {name.lower() for name in _NAMES.findall(text)}
    found = {last: field for field in catalog.fields if (last := _last_word(field)).lower() in names}
    return next(iter(found.values())) if len(found) == 1 else None


def _last_word(field: Field) -> str:
    """Only joined words: "name" or "type" may be a word of the sentence."""
    last = field.path.rpartition(".")[2]
    return last if last != last.lower() else ""
