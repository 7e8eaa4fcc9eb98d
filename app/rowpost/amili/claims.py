"""Reading the claims of an invoice or a case."""

from __future__ import annotations

from rowpost.amili import odd
from rowpost.model.answers import ClaimFacts, Json


def read(item: odd.Document) -> tuple[ClaimFacts, ...]:
    """Return what is known of each claim; entries that are no objects are left out."""
    return tuple(_claim(claim) for claim in odd.as_list(item.get("claims")) if isinstance(claim, dict))


def _claim(claim: dict[str, Json]) -> ClaimFacts:
    return ClaimFacts(
        kind=odd.text(claim, "type"),
        currency=odd.code(claim.get("currency")),
        original_amount=odd.number(claim, "originalAmount"),
        current_amount=odd.number(claim, "currentAmount", "remainingAmount"),
        paid_amount=odd.number(claim, "paidAmount"),
        credited_amount=odd.number(claim, "creditedAmount"),
    )
