"""From the field named in a rule to its place in the payload."""

from __future__ import annotations

import re

from rowpost.catalog import Catalog, Field
from rowpost.mapping.results import Target
from rowpost.model.trouble import Remedy, Trouble

_ANOTHER_DEBTOR = re.compile(r"debtors\[([1-9][0-9]?)\]")
_OBJECTS = ("phoneNumbers",)  # lists whose entries are made whole from one cell


def find(catalog: Catalog, name: str) -> tuple[Field, Target]:
    """Return the field that a rule names by key or path, and the leaf it fills.

    Trouble where the catalog has no such field.
    """
    debtor = _ANOTHER_DEBTOR.search(name)
    try:
        field = catalog.field(_ANOTHER_DEBTOR.sub("debtors[0]", name))
    except KeyError:
        raise Trouble("mapping.unknown_field", Remedy.FIX_FILE, {"name": name}) from None
    path = field.path.replace("debtors[0]", debtor[0]) if debtor else field.path
    return field, Target(field.key, _whole(path))


def _whole(path: str) -> str:
    parent, _, _ = path.rpartition(".")
    return parent if parent.rpartition(".")[2].startswith(_OBJECTS) else path
