"""What the child needs of the catalog, cut out of it."""

from __future__ import annotations

from rowpost.catalog import Catalog, FieldKind, fold, known_headings
from rowpost.sheets.request import Words


def words_of(catalog: Catalog) -> Words:
    """Make the Words of a catalog."""
    headings = dict.fromkeys((*catalog.never, *catalog.ask, *catalog.split), "")
    headings.update({heading: known.key for heading, known in known_headings(catalog).items()})
    headings.pop("", None)
    return Words(
        headings=headings,
        totals=frozenset(fold(word) for word in catalog.markers.get("total", ())),
        identifiers={
            field.key: field.fixed_length for field in catalog.fields if field.kind is FieldKind.IDENTIFIER
        },
    )
