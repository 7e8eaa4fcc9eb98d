"""The house rules over one invoice, beyond what the schema can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from rowpost.checks.dates import DateRules
from rowpost.checks.debtors import debtor_flaws
from rowpost.checks.rulebook import RULES
from rowpost.identifiers import is_plausible_reference
from rowpost.model.drafts import Flaw

_ORIGINAL = "originalInvoiceAmount"
_REST = "claims[0].remainingAmount"
_ZERO = Decimal(0)
_REFERENCE = "ocrReferenceNumber"
_MONEY_OF = MappingProxyType({"NOK": "NO", "SEK": "SE", "DKK": "DK", "EUR": "FI"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules need to know beside the invoice: the day, the creditor's country, the limits."""

    today: date
    dates: DateRules
    country: str = "NO"


def rule_flaws(payload: Mapping[str, Any], around: Circumstances) -> list[Flaw]:
    """Return what the rules have to say about an invoice; leaves that are missing are passed over."""
    get = payload.get
    found = list(
        around.dates.flaws(get("invoiceDate"), get("dueDate"), get("collectionNoticeDate"), get("type"))
    )
    found += _amount_flaws(payload)
    for place, debtor in enumerate(get("debtors", ())):
        found += debtor_flaws(debtor, f"debtors[{place}]", around.country, around.today)
    if not get("description"):
        found.append(_NO_DESCRIPTION)
    found += _reference_flaws(get(_REFERENCE), (around.country, _MONEY_OF.get(str(get("currency")))))
    return found


_NO_DESCRIPTION = Flaw(
    "description.missing", RULES["description.missing"].severity, "description", {"field": "description"}
)


def _reference_flaws(reference: str | None, countries: Iterable[str | None]) -> Iterator[Flaw]:
    """A reference is made where the creditor is, or where the money is: in euro a viitenumero."""
    if reference is None or any(is_plausible_reference(reference, one) for one in countries if one):
        return
    code = "reference.not_plausible"
    yield Flaw(code, RULES[code].severity, _REFERENCE, {"field": _REFERENCE, "value": reference})


def _amount_flaws(payload: Mapping[str, Any]) -> Iterator[Flaw]:
    original, claims = payload.get(_ORIGINAL), payload.get("claims")
    if original is None or not claims:
        return
    principal = _principal(claims)
    if principal > original:
        code = "amount.principal_above_original"
        values = {"field": "remainingAmount", "value": principal, "other": original}
        yield Flaw(code, RULES[code].severity, _REST, values, (_ORIGINAL,))


def _principal(claims: Sequence[Mapping[str, Any]]) -> Decimal:
    total = _ZERO
    for claim in claims:
        if claim.get("type") == "PRINCIPAL":
            total += claim.get("remainingAmount", _ZERO)
    return total
