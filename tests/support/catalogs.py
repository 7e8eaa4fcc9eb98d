"""The catalog as the program loads it, for tests of every room."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rowpost.catalog import Catalog, load_catalog

SCHEMAS = Path(__file__).parents[2] / "schemas"


@cache
def schema_documents() -> dict[str, dict[str, Any]]:
    """Every document in `schemas/`, by its name without `.schema.json`."""
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
        for path in sorted(SCHEMAS.glob("*.schema.json"))
    }


@cache
def invoice_catalog() -> Catalog:
    """The catalog of invoices, with the lists as they are published."""
    return load_catalog(schema_documents())


def catalog_with(options: Mapping[str, Sequence[str]]) -> Catalog:
    """The catalog of invoices with further words in its lists."""
    return load_catalog(schema_documents(), options=options)
