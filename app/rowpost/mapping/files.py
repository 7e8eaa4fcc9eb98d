"""A mapping as a JSON document, checked against `schemas/mapping.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import fields
from typing import Any

from rowpost.mapping.document import (
    VERSION,
    DateOrder,
    FieldRule,
    GoldenRow,
    Grouping,
    GroupKind,
    Mapping,
    NumberStyle,
    Part,
)
from rowpost.model.trouble import Remedy, Trouble

Document = ReadOnlyMapping[str, Any]
_DEFAULTS = FieldRule("")
_READ = {
    "columns": tuple,
    "part": Part,
    "date_order": DateOrder,
    "number_style": NumberStyle,
}


def to_document(mapping: Mapping) -> dict[str, Any]:
    """Return the mapping as JSON values; what is left at its default is not in it.

    The version is the lowest that can hold it, so that older programs read what they can.
    Suggestions that were not taken and open questions belong to a sheet, not to a saved mapping.
    """
    return {
        "version": _version(mapping),
        "kind": mapping.kind,
        "name": mapping.name,
        "headings": list(mapping.headings),
        "fields": {rule.field: _rule_document(rule) for rule in mapping.rules},
        "grouping": _grouping_document(mapping.grouping),
        "leave_out": {"zero": mapping.leave_out_zero, "negative": mapping.leave_out_negative},
        "golden": [
            {"cells": list(row.cells), "fingerprint": row.fingerprint, "epoch_1904": row.epoch_1904}
            for row in mapping.golden
        ],
    }


def from_document(document: object, schema: Document) -> Mapping:
    """Read a mapping; `schema` is the mapping schema. Trouble if the document is not one."""
    from jsonschema import Draft202012Validator  # a tenth of a start that may need no mapping file

    version = document.get("version") if isinstance(document, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise Trouble("mapping.from_newer_version", Remedy.FIX_FILE, {"version": version})
    error = next(iter(Draft202012Validator(schema).iter_errors(document)), None)
    if error is not None or not isinstance(document, dict):
        place = error.json_path.removeprefix("$").removeprefix(".") if error else ""
        raise Trouble("mapping.not_a_mapping", Remedy.FIX_FILE, {"place": place or "-"})
    grouping = document.get("grouping", {})
    leave_out = document.get("leave_out", {})
    return Mapping(
        kind=document["kind"],
        name=document.get("name", ""),
        headings=tuple(document["headings"]),
        rules=tuple(_rule(key, rule) for key, rule in document["fields"].items()),
        grouping=Grouping(
            GroupKind(grouping.get("kind", "")),
            grouping.get("by", "invoiceNumber"),
            grouping.get("chosen", False),
        ),
        leave_out_zero=leave_out.get("zero", True),
        leave_out_negative=leave_out.get("negative", True),
        golden=tuple(
            GoldenRow(tuple(row["cells"]), row["fingerprint"], row.get("epoch_1904", False))
            for row in document.get("golden", ())
        ),
    )


def _version(mapping: Mapping) -> int:
    if any(not rule.columns and rule.constant is None for rule in mapping.rules):
        return 3
    return 2 if mapping.grouping.chosen else 1


def _grouping_document(grouping: Grouping) -> dict[str, Any]:
    chosen = {"chosen": True} if grouping.chosen else {}
    return {"kind": grouping.kind.value, "by": grouping.by, **chosen}


def _rule_document(rule: FieldRule) -> dict[str, Any]:
    found = {one.name: getattr(rule, one.name) for one in fields(rule) if one.name != "field"}
    changed = {name: value for name, value in found.items() if value != getattr(_DEFAULTS, name)}
    return {name: _as_json(value) for name, value in changed.items()}


def _as_json(value: object) -> object:
    match value:
        case tuple():
            return list(value)
        case DateOrder() | NumberStyle() | Part():
            return value.value
        case ReadOnlyMapping():
            return dict(value)
    return value


def _rule(key: str, document: Document) -> FieldRule:
    read = {name: _READ[name](value) if name in _READ else value for name, value in document.items()}
    return FieldRule(key, **read)
