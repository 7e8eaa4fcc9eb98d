"""Makes the Catalog of one kind of upload from the documents in `schemas/`."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rowpost.catalog.annotations import by_language, fields_of, leaves
from rowpost.catalog.fields import Catalog
from rowpost.catalog.headings import fold
from rowpost.model.trouble import Remedy, Trouble

Schema = Mapping[str, Any]
NO_OPTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})


def load_catalog(
    documents: Mapping[str, Schema],
    kind: str = "invoices",
    options: Mapping[str, Sequence[str]] = NO_OPTIONS,
) -> Catalog:
    """Return the catalog of `kind`; `documents` are JSON Schema documents under any names.

    `options` adds words to the lists of enum fields: field key -> words, as the settings say.
    KeyError where no document describes that kind. Trouble(FIX_SETTINGS) `catalog.no_such_list`
    where no field with a list has that key.
    """
    document = _effective(_document(documents, kind), options)
    item = _item(document)
    return Catalog(
        kind=kind,
        schema=document,
        fields=tuple(field for leaf in leaves(document, item) for field in fields_of(leaf)),
        item_schema=item,
        ask=_groups(document, "x-ask"),
        split=_groups(document, "x-split"),
        never=frozenset(fold(word) for word in by_language(document.get("x-never", {}))),
        markers={name: tuple(words) for name, words in document.get("x-markers", {}).items()},
    )


def _document(documents: Mapping[str, Schema], kind: str) -> Schema:
    for document in documents.values():
        if document.get("x-kind") == kind:
            return document
    raise KeyError(kind)


def _effective(document: Schema, options: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return a copy of the document whose lists also hold the added words."""
    extended = copy.deepcopy(dict(document))
    lists = {
        note["key"]: leaf.schema["enum"]
        for leaf in leaves(extended, _item(extended))
        if "enum" in leaf.schema
        for note in leaf.schema.get("x-fields", ())
    }
    for key, words in options.items():
        if key not in lists:
            raise Trouble(
                "catalog.no_such_list", Remedy.FIX_SETTINGS, {"key": key, "known": ", ".join(lists)}
            )
        lists[key].extend(word for word in dict.fromkeys(words) if word not in lists[key])
    return extended


def _item(document: Schema) -> dict[str, Any]:
    items = document["properties"][document["x-items"]]["items"]
    return {"$schema": document["$schema"], **items, "$defs": document["$defs"]}


def _groups(document: Schema, name: str) -> dict[str, tuple[str, ...]]:
    return {
        fold(heading): tuple(group["fields"])
        for group in document.get(name, ())
        for heading in by_language(group["headings"])
    }
