"""The reason in a refusal, whatever it is called: kept in the agency's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rowpost.amili import odd
from rowpost.model.answers import Json, Word

_NAMES = (
    *("message", "errorMessage", "error", "reason", "description", "detail", "title"),
    *("code", "errorCode", "errors"),
)
_LONGEST = 2_000  # characters
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",")
_INDEX = re.compile(r"invoices\[(\d{1,6})\]", re.IGNORECASE)


def reason(item: Json) -> str:
    """Return the text that says why, else the item's raw JSON."""
    document = odd.as_document(item)
    found = joined(_spell(document.get(name)) for name in _NAMES)
    return (found or raw(item))[:_LONGEST]


def joined(texts: Iterable[str]) -> str:
    """Set texts behind one another, each once and in its own words.

    A semicolon stands between them, or a blank alone behind what ends a sentence by itself.
    """
    line = ""
    for text in dict.fromkeys(filter(None, texts)):
        between = " " if line.endswith(_SENTENCE_ENDS) else "; "
        line = f"{line}{between}{text}" if line else text
    return line


def raw(item: Json) -> str:
    """Return the JSON of an item, compact."""
    if item is None:
        return ""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=_plain)[:_LONGEST]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else repr(value)


def _spell(value: Json) -> str:
    """Write a text, a list, an object or a field-to-list map as one line."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return joined(map(_spell, value))
    if isinstance(value, dict):
        inner = joined(_spell(value.get(name)) for name in _NAMES)
        return inner or joined(f"{k}: {spelt}" for k, v in value.items() if (spelt := _spell(v)))
    return str(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else ""


def named_rows(document: Json) -> tuple[Word, ...]:
    """Return the rows that a refusal of a whole request names, by key or by `invoices[3]`."""
    found = {(word.invoice_number, word.source_id, word.index): word for word in _walk(document)}
    return tuple(found.values())


def _walk(value: Json) -> Iterator[Word]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(item)
    if not isinstance(value, dict):
        return
    word = _named_by_key(value)
    if word is not None:
        yield word
        return
    yield from _named_by_path(value)
    for name in ("errors", "data", "failed", "details", "invoices"):
        inner = value.get(name)
        yield from _walk(inner)


def _named_by_key(item: dict[str, Json]) -> Word | None:
    invoice, source = odd.text(item, "invoiceNumber"), odd.text(item, "uniqueSourceInvoiceId")
    where = odd.text(item, "field", "path", "pointer", "propertyName", "instancePath")
    match = _INDEX.search(where) or re.match(r"/?invoices/(\d{1,6})(?:/|$)", where)
    index = int(match[1]) if match else -1
    if not (invoice or source or match):
        return None
    return Word(accepted=False, invoice_number=invoice, source_id=source, index=index, raw=reason(item))


def _named_by_path(errors: odd.Document) -> Iterator[Word]:
    """ASP.NET's field-to-list map: `{"invoices[3].dueDate": ["..."]}`."""
    texts: dict[int, list[str]] = {}
    for path, value in errors.items():
        match = _INDEX.search(path)
        if match:
            texts.setdefault(int(match[1]), []).append(f"{path}: {_spell(value)}")
    for index, lines in texts.items():
        yield Word(accepted=False, index=index, raw=joined(lines)[:_LONGEST])
