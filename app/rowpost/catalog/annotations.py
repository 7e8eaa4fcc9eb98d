"""Reads a schema's x- annotations: every leaf that a column can fill becomes a Field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rowpost.catalog.fields import Field, FieldGroup, FieldKind, Option

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in the payload that holds a plain value, and whether every item must have it."""

    path: str
    schema: Schema
    required: bool


def leaves(document: Schema, start: Schema, path: str = "", *, required: bool = True) -> Iterator[Leaf]:
    """Walk a schema to its plain values; lists are entered at their first entry."""
    schema = _resolved(document, start)
    if "properties" in schema:
        for name, inner in schema["properties"].items():
            must = required and name in schema.get("required", ())
            yield from leaves(document, inner, f"{path}.{name}" if path else name, required=must)
    elif "items" in schema:
        yield from leaves(document, schema["items"], f"{path}[0]", required=required)
    else:
        yield Leaf(path, schema, required)


def fields_of(leaf: Leaf) -> Iterator[Field]:
    """Make the fields that fill this leaf."""
    for note in leaf.schema.get("x-fields", ()):
        yield _field(leaf, note)


def options_of(schema: Schema) -> tuple[Option, ...]:
    """Return the words of an enum, those without a description under their own name."""
    described = schema.get("x-options", {})
    words = dict.fromkeys([*described, *schema.get("enum", ())])
    return tuple(_option(word, described.get(word, {})) for word in words)


def by_language(words: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Flatten words per language, each once, in their order."""
    return tuple(dict.fromkeys(word for some in words.values() for word in some))


def _field(leaf: Leaf, note: Mapping[str, Any]) -> Field:
    lengths = note.get("lengths", {})
    return Field(
        key=note["key"],
        path=note.get("path", leaf.path),
        kind=FieldKind(note["kind"]),
        group=FieldGroup(note["group"]),
        required=leaf.required and not note.get("optional", False),
        labels=note["labels"],
        help=note["help"],
        example=note["example"],
        aliases=by_language(note["aliases"]),
        options=options_of(leaf.schema),
        max_length=leaf.schema.get("maxLength", 0),
        pattern=leaf.schema.get("pattern", ""),
        fixed_length=lengths.get("NO", 0),
        spoken={language: tuple(words) for language, words in note["aliases"].items()},
        derived=note.get("derived", False),
        unless=tuple(note.get("unless", ())),
        joins=note.get("joins", ""),
        sets=note.get("sets", {}),
        open_options=leaf.schema.get("x-open", False),
        lengths=lengths,
        advanced=note.get("advanced", False),
        codes=note.get("codes", False),
        vague=tuple(note.get("vague", ())),
    )


def _option(word: str, note: Mapping[str, Any]) -> Option:
    labels = note.get("labels", {})
    said = {alias.casefold(): alias for alias in (*labels.values(), *note.get("aliases", ()))}
    return Option(word, labels, tuple(said.values()), note.get("x-assumed", False))


def _resolved(document: Schema, schema: Schema) -> Schema:
    target: Any = schema
    while "$ref" in target:
        target = document["$defs"][target["$ref"].removeprefix("#/$defs/")]
    return target  # type: ignore[no-any-return]  # a schema is JSON: its parts are Any
