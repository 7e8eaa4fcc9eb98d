"""Compiles a mapping for one table: a leaf per payload path, with its converter."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, replace

from rowpost.catalog import Catalog, Field, FieldKind, fold
from rowpost.mapping.columns import ColumnReader
from rowpost.mapping.converters.amount import amount_converter
from rowpost.mapping.converters.base import Converter
from rowpost.mapping.converters.dates import as_date_time, date_converter
from rowpost.mapping.converters.identifier import compact, identifier_converter, plain_organization
from rowpost.mapping.converters.parts import with_part, without_prefix
from rowpost.mapping.converters.phone import phone_converter
from rowpost.mapping.converters.text import text_converter
from rowpost.mapping.converters.words import boolean_converter, enum_converter
from rowpost.mapping.decisions import Decisions
from rowpost.mapping.document import DateOrder, FieldRule, Mapping
from rowpost.mapping.leaves import ColumnLeaf, ConstantLeaf, JoinedLeaf, Leaf
from rowpost.mapping.results import Flawed, Target, WireValue
from rowpost.mapping.targets import find
from rowpost.model.cells import Kind
from rowpost.model.table import Table, TextPool
from rowpost.model.trouble import Remedy, Trouble

_TIDY_FORMS = {
    "organizationNumber": plain_organization,
    "identificationNumber": compact,
    "ocrReferenceNumber": compact,
}
_DEBTOR_TYPE = re.compile(r"debtors\[[0-9]+\]\.type")
_NO_TABLE = Table("", 0, (), TextPool(b"", (0,)), ())
_SPECIAL_WORDS = {"credit": "left_out.credit_note", "debt_collection": "enum.no_word_yet"}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes leaves for one table. `country` is where the creditor is at home."""

    table: Table
    catalog: Catalog
    decisions: Decisions
    country: str
    currency: str

    def leaves(self, mapping: Mapping) -> dict[str, Leaf]:
        """Return the leaves by path, in the catalog's order; fields that join another are part of it."""
        order = {field.key: place for place, field in enumerate(self.catalog.fields)}
        found = [(*find(self.catalog, rule.field), rule) for rule in mapping.rules]
        found.sort(key=lambda one: (order[one[0].key], one[1].path))
        leaves: dict[str, Leaf] = {}
        for field, target, rule in found:
            if is_debtor_type(target) and not rule.columns and rule.constant is None:
                continue  # told by what else is known of the debtor
            leaf = self._leaf(field, target, rule)
            before = leaves.get(target.path)
            leaves[target.path] = JoinedLeaf(before.target, (before, leaf), ", ") if before else leaf
        return leaves

    def otherwise(self, mapping: Mapping) -> dict[str, str]:
        """Return what debtors are that nothing tells, by the path of their type."""
        found = ((*find(self.catalog, rule.field), rule) for rule in mapping.rules if rule.default)
        return {
            target.path: str(constant(self._converter(field, target, rule), rule.default, field.key))
            for field, target, rule in found
            if is_debtor_type(target)
        }

    def _leaf(self, field: Field, target: Target, rule: FieldRule) -> Leaf:
        converter = self._converter(field, target, rule)
        if rule.constant is not None or not rule.columns:
            same = rule.default if rule.constant is None else rule.constant
            return ConstantLeaf(target, constant(converter, same, field.key))
        if rule.default and not is_debtor_type(target):
            converter = replace(converter, empty=constant(converter, rule.default, field.key))
        parts = [
            ColumnLeaf(target, ColumnReader(self.table, column, converter), column) for column in rule.columns
        ]
        return parts[0] if len(parts) == 1 else JoinedLeaf(target, parts, rule.joiner)

    def _converter(self, field: Field, target: Target, rule: FieldRule) -> Converter:
        converter = self._plain_converter(field, target, rule)
        if rule.strip_prefix:
            converter = without_prefix(converter, rule.strip_prefix)
        return with_part(converter, rule.part) if rule.part else converter

    def _plain_converter(self, field: Field, target: Target, rule: FieldRule) -> Converter:
        epoch = self.table.epoch_1904
        make: dict[FieldKind, Callable[[], Converter]] = {
            FieldKind.TEXT: lambda: text_converter(target, epoch),
            FieldKind.IDENTIFIER: lambda: self._identifier(field, target, rule),
            FieldKind.AMOUNT: lambda: self._amount(target, rule),
            FieldKind.DATE: lambda: self._date(field, target, rule),
            FieldKind.DATE_TIME: lambda: self._date(field, target, rule),
            FieldKind.BOOLEAN: lambda: boolean_converter(target, self.catalog.markers, epoch),
            FieldKind.ENUM: lambda: enum_converter(target, field, rule.values, self._special(field), epoch),
        }
        return make[field.kind]()

    def _amount(self, target: Target, rule: FieldRule) -> Converter:
        style = self.decisions.number_style(rule)
        return amount_converter(target, self.table.epoch_1904, style, self.currency)

    def _identifier(self, field: Field, target: Target, rule: FieldRule) -> Converter:
        if is_phone(target):
            return phone_converter(target, self.table.epoch_1904, self.country)
        return identifier_converter(
            target,
            self.table.epoch_1904,
            may_lack_zeros=bool(field.lengths) and rule.pad,
            tidy_form=_TIDY_FORMS.get(field.key, str),
        )

    def _date(self, field: Field, target: Target, rule: FieldRule) -> Converter:
        wire = as_date_time if field.kind is FieldKind.DATE_TIME else str
        # a person's own value with points is day first wherever points are written
        dotted = DateOrder.DAY_MONTH if "." in (rule.constant or "") else None
        order = self.decisions.date_order(rule) or dotted
        return date_converter(
            target, self.table.epoch_1904, order, wire, century=field.kind is FieldKind.DATE_TIME
        )

    def _special(self, field: Field) -> ReadOnlyMapping[str, str]:
        if field.key != "invoiceType":
            return {}
        markers = self.catalog.markers
        return {fold(word): code for name, code in _SPECIAL_WORDS.items() for word in markers.get(name, ())}


def constant(converter: Converter, text: str, key: str) -> WireValue | None:
    """Return the value of a text that stands for every row. Trouble if it does not fit the field."""
    value = converter.of(Kind.TEXT, "@")(text)
    if isinstance(value, Flawed):
        if value.value is None:
            values = {"field": key, "value": text}
            if options := value.flaw.values.get("options"):
                listed = {**values, "options": options}
                raise Trouble("mapping.constant_not_listed", Remedy.FIX_SETTINGS, listed)
            raise Trouble("mapping.constant_not_fit", Remedy.FIX_SETTINGS, values)
        return value.value
    return value


def refuse_unfit(catalog: Catalog, key: str, text: str) -> None:
    """Trouble if a text cannot be the value of a field for all rows."""
    rules = (FieldRule(key, constant=text),)
    Compiler(_NO_TABLE, catalog, Decisions(), "", "").leaves(Mapping(rules=rules))


def is_debtor_type(target: Target) -> bool:
    """Whether the leaf says if a debtor is a person or a company."""
    return _DEBTOR_TYPE.fullmatch(target.path) is not None


def is_phone(target: Target) -> bool:
    """Whether the leaf is a whole entry of the list of phone numbers."""
    return target.path.rpartition(".")[2].startswith("phoneNumbers[")
