"""What can be uploaded: fields, made from the documents in `schemas/`."""

from rowpost.catalog.fields import LANGUAGES, Catalog, Field, FieldGroup, FieldKind, Option
from rowpost.catalog.headings import KnownHeading, fold, known_headings
from rowpost.catalog.load import load_catalog

__all__ = [
    "LANGUAGES",
    "Catalog",
    "Field",
    "FieldGroup",
    "FieldKind",
    "KnownHeading",
    "Option",
    "fold",
    "known_headings",
    "load_catalog",
]
