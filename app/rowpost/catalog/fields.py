"""A field: one thing that can be uploaded, with all that the program says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """How a cell becomes a value (see `mapping`)."""

    TEXT = "text"
    IDENTIFIER = "identifier"  # digits that must arrive exactly: never a float, zeros kept
    AMOUNT = "amount"
    DATE = "date"
    DATE_TIME = "date_time"  # a date that goes over the wire as YYYY-MM-DDT00:00:00Z
    BOOLEAN = "boolean"
    ENUM = "enum"


class FieldGroup(StrEnum):
    """Where the field stands on the Map page and in the template."""

    INVOICE = "invoice"
    DEBTOR = "debtor"
    ADDRESS = "address"
    CONTACT = "contact"
    CLAIM = "claim"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Option:
    """One word of an enum: the wire word, what people call it per language, cell values that mean it."""

    value: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One mapping target.

    `key` is short and unique (`zipCode`); `path` its place in the payload
    (`debtors[0].addresses[0].zipCode`). Texts are per language code (en, nb, sv, da, fi).
    `aliases` are headings, unfolded. `max_length` is in characters, 0 for none.
    """

    key: str
    path: str
    kind: FieldKind
    group: FieldGroup
    required: bool
    labels: Mapping[str, str]
    help: Mapping[str, str]
    example: str
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    max_length: int = 0
    pattern: str = ""
    fixed_length: int = 0  # identifiers whose length the field fixes (postcode 4)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All fields of one kind of upload, and the schema they come from.

    `ask` are folded headings that need a person's choice (ambiguous amounts) -> candidate field
    keys; `split` headings that hold two things -> their field keys; `never` folded headings of
    look-alikes; `markers` words in cells, by purpose (`credit`, `total`, `true`, `false`).
    """

    kind: str
    schema: Mapping[str, object]
    fields: tuple[Field, ...]
    ask: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    markers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def field(self, key: str) -> Field:
        """Return the field of that key or path. KeyError where there is none."""
        for candidate in self.fields:
            if key in (candidate.key, candidate.path):
                return candidate
        raise KeyError(key)
