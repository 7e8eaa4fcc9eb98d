"""An example for every rule: values of a row that it would speak of. Invented or published as tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from rowpost.model.problems import NO_VALUES, Values

_SENT: Values = {
    "value": "10234",
    "date": date(2026, 11, 3),
    "run": "bado-47",
    "other_row": 17,
    "file": "november.xlsx",
}
EXAMPLES: Mapping[str, Values] = MappingProxyType(
    {
        "date.due_before_invoice": {"value": date(2026, 11, 1), "other": date(2026, 12, 3)},
        "date.due_in_future": {"value": date(2026, 12, 24)},
        "date.too_early": {"count": 9, "days": 14, "date": date(2026, 11, 26), "value": date(2026, 11, 12)},
        "date.notice_before_due": {"value": date(2026, 9, 1), "other": date(2026, 9, 15)},
        "date.notice_in_future": {"value": date(2026, 12, 24)},
        "date.notice_not_needed": {"value": date(2026, 9, 20)},
        "date.limitation": {"value": date(2023, 9, 1), "date": date(2026, 9, 1)},
        "date.limitation_soon": {"value": date(2024, 2, 1), "date": date(2027, 2, 1)},
        "description.missing": NO_VALUES,
        "amount.principal_above_original": {"value": Decimal("4501.00"), "other": Decimal("4500.00")},
        "debtor.private_without_id": NO_VALUES,
        "debtor.company_without_number": NO_VALUES,
        "debtor.no_contact": NO_VALUES,
        "id.person_wrong": {"value": "10915596785"},
        "id.person_elsewhere": {"value": "198112189876", "country": "SE", "other_country": "NO"},
        "id.organization_wrong": {"value": "923609017"},
        "id.organization_elsewhere": {"value": "13585628", "country": "DK", "other_country": "NO"},
        "id.synthetic": {"value": "10915596784"},
        "reference.not_plausible": {"value": "20260001231"},
        "duplicate.invoice_number": {"value": "10234", "row": 48},
        "duplicate.source_id": {"value": "10234", "row": 48},
        "duplicate.same_claim": {"value": "10235", "row": 48},
        "duplicate.sent_before": _SENT,
        "duplicate.waiting": _SENT,
        "duplicate.not_known": _SENT,
        "duplicate.number_sent_before": _SENT,
        "duplicate.same_content": _SENT,
        "duplicate.same_totals": _SENT,
        "rejected.before": {"count": 12, "date": date(2026, 11, 3), "reason": "Invalid postal code"},
    }
)
