"""What a person says once for the whole sheet: fixed values, and how written dates and amounts are read."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping.document import DateOrder, FieldRule, Grouping, GroupKind, Mapping, NumberStyle
from rowpost.mapping.targets import find
from rowpost.model.trouble import Remedy, Trouble

_ORDER, _STYLE, _VALUES = "date_order", "number_style", ".values."
_GROUPING, _BY = "grouping", "grouping.by"
_CURRENCY = "currency"
DEBTOR_TYPE = "debtorType"
_OTHERWISE = f"{DEBTOR_TYPE}.otherwise"
_SHORT = {
    "dmy": DateOrder.DAY_MONTH,
    "mdy": DateOrder.MONTH_DAY,
    ",": NumberStyle.COMMA,
    ".": NumberStyle.POINT,
}
_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
Choice = TypeVar("Choice", bound=StrEnum)


def with_constants(mapping: Mapping, constants: ReadOnlyMapping[str, str], catalog: Catalog) -> Mapping:
    """Return the mapping with fixed values for whole columns.

    Keys are field keys or payload paths; `date_order` (day_month, month_day) and `number_style`
    (comma, point) choose for all columns, `dueDate.date_order` for one; `debtorType.otherwise` is what
    debtors are whom neither a column nor their numbers and name tell; `grouping` (claims,
    debtors, none) says what rows with one `grouping.by` are; `invoiceType.values.Purring` is what
    a word of that column stands for.
    A currency is for the rows whose own column names none. Trouble for a key or a choice that is not there.
    """
    for name, value in constants.items():
        field, _, choice = name.rpartition(".")
        if name in {_GROUPING, _BY}:
            mapping = replace(mapping, grouping=_grouping(mapping.grouping, catalog, name, value))
        elif _VALUES in name:
            mapping = mapping.with_rules([_with_word(mapping, catalog, name, value)])
        elif name == _OTHERWISE:
            mapping = mapping.with_rules([otherwise(mapping, catalog, value)])
        elif choice == _ORDER:
            mapping = _chosen(mapping, catalog, field, date_order=_choice(DateOrder, name, value))
        elif choice == _STYLE:
            mapping = _chosen(mapping, catalog, field, number_style=_choice(NumberStyle, name, value))
        else:
            mapping = mapping.with_rules([_constant(mapping, catalog, name, value)])
    return mapping


def _constant(mapping: Mapping, catalog: Catalog, name: str, value: str) -> FieldRule:
    field, target = find(catalog, name)
    written = mapping.rule(field.key)
    if field.key == _CURRENCY and written and written.columns:
        return replace(written, default=value)  # 20 EUR never become 20 NOK: the value is for empty cells
    key = name if "debtors[" in target.path and "debtors[0]" not in target.path else field.key
    return FieldRule(key, constant=value, reason="mapping.reason.constant")


def otherwise(mapping: Mapping, catalog: Catalog, value: str) -> FieldRule:
    """Return the rule that says what debtors are whom nothing tells to be persons or companies."""
    written = mapping.rule(DEBTOR_TYPE)
    field, target = find(catalog, DEBTOR_TYPE)
    options = [option.value for option in field.options]
    if value not in options:
        values = {"name": target.key, "value": value, "options": ", ".join(options)}
        raise Trouble("mapping.unknown_choice", Remedy.FIX_SETTINGS, values)
    if written and written.columns:
        return replace(written, default=value)
    return FieldRule(DEBTOR_TYPE, default=value, reason="mapping.reason.otherwise")


def _grouping(grouping: Grouping, catalog: Catalog, name: str, value: str) -> Grouping:
    if name == _BY:
        return replace(grouping, by=find(catalog, value)[0].key)
    word = value.strip().casefold()
    if word != "none" and word not in set(GroupKind) - {GroupKind.NONE}:
        values = {"name": name, "value": value, "options": ", ".join((*list(GroupKind)[1:], "none"))}
        raise Trouble("mapping.unknown_choice", Remedy.FIX_SETTINGS, values)
    none = word == "none"
    return replace(grouping, kind=GroupKind.NONE if none else GroupKind(word), chosen=none)


def _with_word(mapping: Mapping, catalog: Catalog, name: str, value: str) -> FieldRule:
    """Add a word to the value table of a column."""
    key, _, word = name.partition(_VALUES)
    field, target = find(catalog, key)
    rule = mapping.rule(field.key)
    if rule is None or not rule.columns or field.kind is not FieldKind.ENUM:
        raise Trouble("mapping.unknown_field", Remedy.FIX_FILE, {"name": name})
    options = [option.value for option in field.options]
    if value not in options and not field.open_options:
        values = {"name": target.key, "value": value, "options": ", ".join(options)}
        raise Trouble("mapping.unknown_choice", Remedy.FIX_SETTINGS, values)
    return replace(rule, values={**rule.values, word: value})


def _choice(choices: type[Choice], name: str, value: str) -> Choice:
    try:
        return choices(_SHORT.get(value.strip().casefold(), value.strip().casefold()))
    except ValueError:
        values = {"name": name, "value": value, "options": ", ".join(choices)}
        raise Trouble("mapping.unknown_choice", Remedy.FIX_SETTINGS, values) from None


def _chosen(
    mapping: Mapping,
    catalog: Catalog,
    only: str,
    *,
    date_order: DateOrder | None = None,
    number_style: NumberStyle | None = None,
) -> Mapping:
    wanted = find(catalog, only)[0].key if only else ""
    changed = []
    for rule in mapping.rules:
        field = find(catalog, rule.field)[0]
        if not rule.columns or wanted not in {"", field.key}:
            continue
        if date_order and field.kind in _DATES:
            changed.append(replace(rule, date_order=date_order))
        if number_style and field.kind is FieldKind.AMOUNT:
            changed.append(replace(rule, number_style=number_style))
    return mapping.with_rules(changed)
