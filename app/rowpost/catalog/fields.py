"""A field: one thing that can be uploaded, with all that the program says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LANGUAGES = ("en", "nb", "sv", "da", "fi")


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
    """One word of an enum: the wire word, what people call it per language, cell values that mean it.

    `aliases` include the labels. `assumed`: Amili has not published the word; it is ours until it does.
    """

    value: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One mapping target.

    `key` is short and unique (`zipCode`); `path` its place in the payload
    (`debtors[0].addresses[0].zipCode`). Texts are per language code (en, nb, sv, da, fi).
    `aliases` are headings, unfolded, of all languages; `spoken` the same per language; `vague` those
    of them that give way to any other name of the field ('Bilagsnr' beside 'Fakturanr').
    `required` is what the schema demands of every invoice; `derived` fields can be made by the
    program where the sheet has none; a field with `unless` is required where those fields are
    not all filled. `joins` is the key of the field that this one is appended to, after a comma;
    `sets` what else it decides (payload path -> value). `open_options`: words beside the options
    may stand. `max_length` is in characters, 0 for none. `lengths` are the digits that an
    identifier has, by country code; `fixed_length` is the Norwegian one, 0 for none.
    `advanced` fields are rarely wanted and not in the empty template; of a list with `codes`
    people know the wire words (NOK) better than their labels.
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
    fixed_length: int = 0
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: bool = False
    unless: tuple[str, ...] = ()
    joins: str = ""
    sets: Mapping[str, str] = field(default_factory=dict)
    open_options: bool = False
    lengths: Mapping[str, int] = field(default_factory=dict)
    advanced: bool = False
    codes: bool = False
    vague: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """All fields of one kind of upload, and the schema they come from.

    `schema` judges a whole request, `item_schema` one item of it (an invoice); both carry the
    extended lists of words. `ask` are folded headings that need a person's choice (ambiguous
    amounts) -> candidate field keys; `split` folded headings of columns that hold two things ->
    their field keys; `never` folded headings of look-alikes; `markers` words in cells, by purpose
    (`credit`, `total`, `true`, `false`, `debt_collection`: a stage without a published word, `company`:
    a word of names that are hardly a person's), and in headings (`debtor`: what stands before the
    number of a further debtor, 'Debitor 2 navn'; `date`: a day of which they say no more;
    `gross`: that VAT is in an amount).
    """

    kind: str
    schema: Mapping[str, Any]
    item_schema: Mapping[str, Any]
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
