"""JSON read strictly: no NaN, no key twice, numbers exact."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import cast

from rowpost.model.answers import Json


def read(body: bytes) -> Json:
    """Read a document. ValueError for anything that is not exactly one JSON document in UTF-8."""
    try:
        document = json.loads(
            body.decode("utf-8"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_without_doubles,
        )
    except RecursionError:
        raise ValueError("too deep") from None
    return cast("Json", document)


def _refuse(word: str) -> None:
    raise ValueError(word)


def _without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key twice")
    return document
