"""What `schemas/settings.schema.json` says about a settings document: defaults, types, limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from rowpost.host.resources import schema
from rowpost.model.problems import Value
from rowpost.model.trouble import Remedy, Trouble

Document = dict[str, Any]


def defaults() -> Document:
    """Return a new document in which every setting has its default."""
    document: Document = {}
    for name, section in schema("settings")["properties"].items():
        if "default" in section:
            document[name] = deepcopy(section["default"])
        else:
            document[name] = {key: deepcopy(rule["default"]) for key, rule in section["properties"].items()}
    return document


def rule(name: str) -> Mapping[str, Any]:
    """Return the schema of the setting `section.name`. Trouble where there is none of that name.

    In the free parts (`targets.NAME.api_url`, `checks.severities.CODE`) any name is a setting.
    """
    section, _, rest = name.partition(".")
    properties = schema("settings")["properties"]
    if section == "targets":
        found = schema("settings")["$defs"]["target"]["properties"].get(rest.partition(".")[2])
    else:
        key, _, free = rest.partition(".")
        found = properties.get(section, {}).get("properties", {}).get(key)
        if found and free:
            found = found.get("additionalProperties")
    if not found:
        raise Trouble("settings.unknown", Remedy.FIX_SETTINGS, {"name": name})
    return dict(found)


def in_type(section: str, values: Document) -> Document:
    """Return a section's values as int and float where the schema says so (it takes 5.0 for an integer)."""
    rules = schema("settings")["properties"][section]["properties"]
    return {name: _in_type(rules[name]["type"], value) for name, value in values.items()}


def _in_type(wanted: object, value: Any) -> Any:
    if wanted == "integer":
        return int(value)
    return float(value) if wanted == "number" else value


def verify(document: Document, source: str) -> None:
    """Raise Trouble for the first setting that the schema does not take.

    `source` says where the document came from, for the sentence: a path, or `--option`.
    """
    if not document:
        return
    from jsonschema_rs import Draft202012Validator  # 30 ms that the first window can do without

    validator = Draft202012Validator(schema("settings"))
    error = next(iter(validator.iter_errors(_as_json(document))), None)
    if error is None:
        return
    places = [str(step) for step in error.instance_path]
    if error.kind.name == "additionalProperties":
        places.append(error.kind.unexpected[0])  # type: ignore[attr-defined] # given for this kind alone
        raise Trouble("settings.unknown", Remedy.FIX_SETTINGS, {"name": ".".join(places), "source": source})
    raise _not_taken(".".join(places), error.instance, source)


def _as_json(value: Any) -> Any:
    """Return what a schema can judge: TOML also has dates, infinity and numbers that are none."""
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (str, int, float)) or value is None else str(value)


def _not_taken(name: str, value: object, source: str) -> Trouble:
    values: dict[str, Value] = {"name": name, "value": str(value), "source": source}
    try:
        limits = rule(name)
    except Trouble:
        limits = {}
    if "enum" in limits:
        words = ", ".join(word or '""' for word in limits["enum"])
        return Trouble("settings.not_one_of", Remedy.FIX_SETTINGS, {**values, "words": words})
    if "minimum" in limits:
        span = {"low": str(limits["minimum"]), "high": str(limits["maximum"])}
        return Trouble("settings.out_of_range", Remedy.FIX_SETTINGS, {**values, **span})
    return Trouble("settings.wrong_form", Remedy.FIX_SETTINGS, values)
