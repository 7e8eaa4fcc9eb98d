"""Private person or company: told by the numbers and names a row has, where no column says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

PRIVATE, COMPANY = "PRIVATE", "COMPANY"
_OF_A_COMPANY = ("organizationNumber",)
_OF_A_PERSON = ("identificationNumber", "dateOfBirth", "firstname", "lastname")
_LEGAL_FORM = re.compile(
    r"(?:^|[ ,])(?:AS|ASA|ANS|DA|SA|NUF|BA|KS|AB|HB|KB|ApS|A/S|IVS|I/S|K/S|Oy|Oyj|Ab|Ky|Ltd|GmbH)\.?$"
)


def debtor_types(columns: Mapping[str, Sequence[object]], count: int) -> list[str | None]:
    """Return PRIVATE, COMPANY or None (cannot be told) for every row.

    `columns` are the values of one debtor by leaf name. An organisation number makes a company, a
    national identity number, date of birth or first and last name a person; a row that has both
    is told by neither. A name alone makes a company only by its legal form ("... AS", "... Oy").
    """
    company = _any(columns, _OF_A_COMPANY, count)
    person = _any(columns, _OF_A_PERSON, count)
    names = columns.get("name") or [None] * count
    return [_told(*one) for one in zip(company, person, names, strict=True)]


def or_else(told: Sequence[str | None], word: str, cells: Sequence[Sequence[object]]) -> list[str | None]:
    """Return `word` for the rows that nothing told; None where no cell of the row speaks of a debtor.

    `cells` are the values of one debtor that came from columns.
    """
    rows: Iterable[tuple[object, ...]] = zip(*cells, strict=True) if cells else repeat((), len(told))
    return [
        kind or (word if any(value is not None for value in row) else None)
        for kind, row in zip(told, rows, strict=True)
    ]


def _told(company: bool, person: bool, name: object) -> str | None:
    if company != person:
        return COMPANY if company else PRIVATE
    if not company and isinstance(name, str) and _LEGAL_FORM.search(name):
        return COMPANY
    return None


def _any(columns: Mapping[str, Sequence[object]], wanted: tuple[str, ...], count: int) -> list[bool]:
    found = [columns[name] for name in wanted if name in columns]
    if len(found) == 1:
        return [value is not None for value in found[0]]
    return [any(value is not None for value in row) for row in zip(*found, strict=True)] or [False] * count
