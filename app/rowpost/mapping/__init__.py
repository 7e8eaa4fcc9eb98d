"""Columns to fields to invoices: suggest a mapping, remember it, build drafts by it."""

from rowpost.mapping.build import build
from rowpost.mapping.constants import with_constants
from rowpost.mapping.document import (
    SURE,
    DateOrder,
    FieldRule,
    Grouping,
    GroupKind,
    Mapping,
    NumberStyle,
    Part,
    Question,
)
from rowpost.mapping.files import from_document, to_document
from rowpost.mapping.plan import Plan, Sender
from rowpost.mapping.source_id import normalized_number, source_id_maker
from rowpost.mapping.suggest import suggest

__all__ = [
    "SURE",
    "DateOrder",
    "FieldRule",
    "GroupKind",
    "Grouping",
    "Mapping",
    "NumberStyle",
    "Part",
    "Plan",
    "Question",
    "Sender",
    "build",
    "from_document",
    "normalized_number",
    "source_id_maker",
    "suggest",
    "to_document",
    "with_constants",
]
