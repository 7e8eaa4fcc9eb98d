"""Reading cases as the agency holds them: requests say `firstname`, cases answer `firstName`, `fullName`."""

from __future__ import annotations

from rowpost.amili import invoices, odd
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
        debtors=tuple(filter(None, map(_name, odd.as_list(item.get("debtors"))))),
        invoices=tuple(facts for facts in found if facts is not None),
        document=item,
    )


def _name(debtor: Json) -> str:
    document = odd.as_document(debtor)
    parts = (odd.text(document, "firstName", "firstname"), odd.text(document, "lastName", "lastname"))
    return odd.text(document, "fullName", "name") or " ".join(filter(None, parts))
