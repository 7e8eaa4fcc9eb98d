"""A scenario: what the practice server does, as values, read from a file that its own schema describes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs
import msgspec

from rowpost.model.problems import Values
from rowpost.model.trouble import Remedy, Trouble

Operation = Literal[
    "token", "createInvoices", "getBatch", "getBatches", "getInvoices", "getInvoice", "getCases"
]
Ending = Literal["keep", "close", "reset", "hang"]


class Rejection(msgspec.Struct, frozen=True, rename="camel"):
    """An invoice that the batch reports as failed."""

    invoice_number: str
    code: str
    message: str


class Settlement(msgspec.Struct, frozen=True, rename="camel"):
    """What became of an accepted invoice later; amounts in major units."""

    invoice_number: str
    paid: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    status: str = ""
    sub_status: str = ""
    after_seconds: float = 0


class Refusal(msgspec.Struct, frozen=True, rename="camel"):
    """An invoice because of which the whole part is refused."""

    invoice_number: str
    status: int = 422
    message: str = "The invoice cannot be processed."
    names_row: bool = True


class RateLimit(msgspec.Struct, frozen=True, rename="camel"):
    """At most `requests` within `seconds`."""

    requests: int
    seconds: float
    retry_after: Literal["seconds", "date", "none"] = "seconds"


class RetryAfter(msgspec.Struct, frozen=True, rename={"form": "as"}):
    """A Retry-After header, as a number of seconds or as a date."""

    seconds: float
    form: Literal["seconds", "date"] = "seconds"


class Fault(msgspec.Struct, frozen=True, rename="camel"):
    """One way to spoil an answer; the schema of scenarios says what each part means."""

    at: tuple[Operation, ...]
    name: str = ""
    invoice_number: str = ""
    skip: int = 0
    times: int | None = None
    applied: bool = False
    early: bool = False
    status: int | None = None
    headers: Mapping[str, str | None] = {}
    retry_after: RetryAfter | None = None
    json: Any = None
    text: str | None = None
    hex: str | None = None
    patch: tuple[Mapping[str, Any], ...] = ()
    pad_bytes: int = 0
    raw: str | None = None
    delay_seconds: float = 0
    drip_seconds: float = 0
    cut_after: int | None = None
    cut_head: int | None = None
    ending: Ending = "keep"


class Scenario(msgspec.Struct, frozen=True, rename="camel"):
    """What the practice server does; without arguments it accepts everything at once."""

    description: str = ""
    generation: Literal[1, 2] = 2
    organizations: tuple[str, ...] = ()
    latency_seconds: float = 0
    token_seconds: float = 3600
    queued_seconds: float = 0
    queued_polls: int = 0
    lookup_lag_seconds: float = 0
    reject: tuple[Rejection, ...] = ()
    settle: tuple[Settlement, ...] = ()
    refuse: tuple[Refusal, ...] = ()
    schema_errors: Literal["part", "row"] = "part"
    duplicates: Literal["accept", "reject", "refuse"] = "accept"
    idempotency_header: str = ""
    max_invoices: int | None = None
    max_body_bytes: int | None = None
    rate_limit: RateLimit | None = None
    paging: Literal["both", "cursor", "skip"] = "both"
    page_size: int = 100
    failed_shape: Literal["message", "errors", "index", "sourceId", "text"] = "message"
    faults: tuple[Fault, ...] = ()


def read_scenario(path: Path, schema: Mapping[str, Any]) -> Scenario:
    """Read a scenario file; `schema` is `schemas/scenario.schema.json`. Trouble if it cannot be used."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise _trouble("not_readable", {"file": str(path)}) from error
    except UnicodeDecodeError as error:
        raise _trouble("not_text", {"file": str(path)}) from error
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        values: Values = {"file": str(path), "line": error.lineno, "column": error.colno}
        raise _trouble("not_json", values) from error
    return parse_scenario(document, schema)


def parse_scenario(document: object, schema: Mapping[str, Any]) -> Scenario:
    """Turn a scenario document into a Scenario. Trouble names the first place that is wrong."""
    for error in jsonschema_rs.validator_for(dict(schema), validate_formats=True).iter_errors(document):
        raise _trouble_at(error)
    return msgspec.convert(document, Scenario)


def _trouble_at(error: jsonschema_rs.ValidationError) -> Trouble:
    place = place_of(error.instance_path) or "(top)"
    detail = error.kind.as_dict() if hasattr(error.kind, "as_dict") else {}
    match error.kind.name:
        case "additionalProperties":
            names = ", ".join(detail.get("unexpected", ()))
            return _trouble("unknown_name", {"place": place, "name": names})
        case "required":
            return _trouble("missing_name", {"place": place, "name": str(detail.get("property", ""))})
        case "enum":
            allowed = ", ".join(str(option) for option in detail.get("options", ()))
            return _trouble("not_one_of", {"place": place, "allowed": allowed})
        case _:
            return _trouble("wrong_value", {"place": place, "detail": error.message})


def place_of(path: list[str | int]) -> str:
    """Write a path into a JSON document as people do: `faults[0].at`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _trouble(code: str, values: Values) -> Trouble:
    return Trouble(f"sandbox.scenario.{code}", Remedy.FIX_SETTINGS, values)
