"""Reading debtors: requests say `firstname`, cases answer `firstName`, `fullName`."""

from __future__ import annotations

from rowpost.amili import odd
from rowpost.model.answers import Json


def names(item: odd.Document) -> tuple[str, ...]:
    """Return what each debtor is called; those without a name are left out."""
    return tuple(filter(None, map(_name, odd.as_list(item.get("debtors")))))


def customers(item: odd.Document) -> tuple[str, ...]:
    """Return the customer numbers of the debtors."""
    found = (odd.text(odd.as_document(each), "customerNumber") for each in odd.as_list(item.get("debtors")))
    return tuple(filter(None, found))


def _name(debtor: Json) -> str:
    document = odd.as_document(debtor)
    parts = (odd.text(document, "firstName", "firstname"), odd.text(document, "lastName", "lastname"))
    return odd.text(document, "fullName", "name") or " ".join(filter(None, parts))
