"""Reading cases as the agency holds them."""

from __future__ import annotations

from rowpost.amili import claims, debtors, invoices, odd
from rowpost.model.answers import CaseFacts, Json


def read(item: Json) -> CaseFacts | None:
    """Return what is known of a case, None where the item is no object."""
    if not isinstance(item, dict):
        return None
    account = odd.as_document(item.get("caseAccountDetails"))
    found = (invoices.read(each) for each in odd.as_list(item.get("invoices")))
    return CaseFacts(
        case_id=odd.text(item, "caseId", "id"),
        case_number=odd.text(item, "caseNumber"),
        status=odd.text(item, "status"),
        sub_status=odd.text(item, "subStatus"),
        kind=odd.text(item, "type"),
        registered_at=odd.moment(item.get("registeredAt")),
        closed_at=odd.moment(item.get("closedAt")),
        remaining_amount=odd.number(item, "remainingAmount"),
        remaining_principal=odd.number(item, "remainingPrincipal"),
        account_number=odd.text(odd.as_document(account.get("bankAccountDetails")), "accountNumber"),
        payment_reference=odd.text(account, "paymentReference"),
        debtors=debtors.names(item),
        invoices=tuple(facts for facts in found if facts is not None),
        document=item,
        claims=claims.read(item),
        odd=(
            *odd.unread_numbers(item, "remainingAmount", "remainingPrincipal"),
            *odd.unread_lists(item, "invoices", "debtors", "claims"),
        ),
    )
