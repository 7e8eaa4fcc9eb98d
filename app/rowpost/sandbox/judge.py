"""Judges requests to create invoices, by the schemas and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jsonschema_rs

from rowpost.sandbox.scenario import place_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place; `index` is the invoice's, counted from 0, None if it is none's."""

    index: int | None
    place: str
    message: str


class Judge:
    """Holds `schemas["create-invoices"]`, compiled; the other documents are there to be referred to."""

    def __init__(self, schemas: Mapping[str, Mapping[str, Any]]) -> None:
        named = [(str(schema["$id"]), dict(schema)) for schema in schemas.values() if "$id" in schema]
        self._validator = jsonschema_rs.validator_for(
            dict(schemas["create-invoices"]),
            validate_formats=True,
            registry=jsonschema_rs.Registry(named) if named else None,
        )

    def findings(self, document: object) -> list[Finding]:
        """Return all that the schema says against the document, in its order."""
        return [_finding(error) for error in self._validator.iter_errors(document)]


def _finding(error: jsonschema_rs.ValidationError) -> Finding:
    path = error.instance_path
    named = len(path) > 1 and path[0] == "invoices" and isinstance(path[1], int)
    return Finding(int(path[1]) if named else None, place_of(path), error.message)


def read_json(body: bytes) -> Any:
    """Read strict JSON; amounts become Decimals, exactly as written. ValueError if it is none."""
    return json.loads(body, parse_float=Decimal, parse_constant=_no_constant)


def _no_constant(word: str) -> None:
    raise ValueError(word)
