"""The schema's judgement: every error, as a flaw at its leaf. No validator text leaves this file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from rowpost.catalog import Catalog, Field
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Severity, Value

_ENTRY = re.compile(r"\[[0-9]+\]")
_NAMES = ("name", "firstname", "lastname")


class SchemaCheck:
    """Judges payloads by the schema of one item. Made once, used for every row."""

    def __init__(self, catalog: Catalog) -> None:
        self._validator = Draft202012Validator(dict(catalog.item_schema))
        self._fields: dict[str, Field] = {}
        for field in catalog.fields:
            self._fields.setdefault(_anywhere(field.path), field)
        self.fits: Callable[[Mapping[str, Any]], bool] = self._validator.is_valid

    def flaws(self, payload: Mapping[str, Any]) -> list[Flaw]:
        """Return everything that keeps the payload from fitting, one flaw a leaf; [] if it fits."""
        found: dict[str, Flaw] = {}
        for error in self._validator.iter_errors(payload):
            for flaw in self._flaws_of(error, payload):
                found.setdefault(flaw.path, flaw)
        return list(found.values())

    def _flaws_of(self, error: ValidationError, payload: Mapping[str, Any]) -> Iterator[Flaw]:
        path = _dotted(error.instance_path)
        word = error.kind.name
        if word == "anyOf":
            yield self._flaw("debtor.no_name", f"{path}.name", {}, [f"{path}.{name}" for name in _NAMES[1:]])
        elif word == "required":
            yield self._flaw("value.missing", f"{path}.{error.kind.as_dict()['property']}".lstrip("."), {})
        elif word == "additionalProperties":
            for name in error.kind.as_dict()["unexpected"]:
                yield self._flaw("value.unexpected", f"{path}.{name}".lstrip("."), {})
        else:
            yield self._flaw(*self._told(word, path, error, _at(payload, error.instance_path)))

    def _told(
        self, word: str, path: str, error: ValidationError, value: object
    ) -> tuple[str, str, dict[str, Value]]:
        told: dict[str, Value] = {"value": value if isinstance(value, Decimal) else str(value)}
        if word == "enum":
            return "enum.not_one_of", path, {**told, "options": ", ".join(error.kind.as_dict()["options"])}
        if word == "maxLength" and self._form(path) in _FIXED_LENGTH:
            return self._form(path), path, told
        if word in _LIMITS:
            limit = error.kind.as_dict()["limit"]
            return _LIMITS[word], path, {**told, "limit": Decimal(str(limit)) if "imum" in word else limit}
        if word == "pattern":
            return self._form(path), path, told
        return "value.not_fit", path, told

    def _form(self, path: str) -> str:
        """Some patterns have a name among people."""
        field = self._fields.get(_anywhere(path))
        return _FORMS.get(field.key if field else "", "value.wrong_form")

    def _flaw(
        self, code: str, path: str, values: Mapping[str, Value], related: list[str] | None = None
    ) -> Flaw:
        field = self._fields.get(_anywhere(path))
        named: dict[str, Value] = {"field": field.key if field else path}
        if field:
            named["example"] = field.example
        return Flaw(code, Severity.ERROR, path, {**named, **values}, tuple(related or ()))


_LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "minLength": "value.missing",
        "maxLength": "value.too_long",
        "exclusiveMinimum": "amount.not_positive",
        "minimum": "amount.not_positive",
        "maximum": "amount.too_large",
    }
)
_FIXED_LENGTH = frozenset({"zip_code.wrong_form", "country.not_a_code"})  # too long is another form
_FORMS: Mapping[str, str] = MappingProxyType(
    {"email": "email.not_an_address", "zipCode": "zip_code.wrong_form", "countryCode": "country.not_a_code"}
)


def _at(payload: Any, path: list[str | int]) -> object:
    """The value at a path: the validator's own copy has lost cents."""
    for step in path:
        payload = payload[step]
    return payload


def _dotted(path: list[str | int]) -> str:
    """['debtors', 0, 'name'] -> 'debtors[0].name'."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _anywhere(path: str) -> str:
    """The path without saying which entry of a list: all claims have the same fields."""
    return _ENTRY.sub("[]", path)
