"""The key by which the agency knows an invoice, where the sheet has none. Stable for ever."""

from __future__ import annotations

import hashlib
import unicodedata
import uuid
from collections.abc import Callable


def normalized_number(invoice_number: str) -> str:
    """Return an invoice number without the differences that do not tell two invoices apart.

    NFKC, then no blanks at all, then casefolded, then without leading zeros ('0' for zeros only):
    ' 00a-17 ' and 'A-17' are the same number. Part of the rule below: it may never change.
    """
    if invoice_number.isascii() and invoice_number.isdigit():
        return invoice_number.lstrip("0") or "0"
    text = invoice_number if invoice_number.isascii() else unicodedata.normalize("NFKC", invoice_number)
    plain = "".join(text.split()).casefold()
    return plain.lstrip("0") or "0"


def source_id_maker(organization_id: str) -> Callable[[str], str]:
    """Return the function from invoice number to derived `uniqueSourceInvoiceId`.

    The rule, fixed for ever: UUID version 5 (RFC 9562) of `normalized_number(invoice_number)` in
    UTF-8, in the name space that is the organisation's own UUID. An organisation id that is no
    UUID is first made one: UUID version 5 of its text in the URL name space. Vectors, for the
    organisation 3f2b8c1e-0d4a-4c5e-9b1a-2f6d7e8c9a10:
    '10234' and ' 010234' -> d91e6d1a-d53a-5451-bdff-5c1dc244d45e,
    'A-17' -> 25f41e0e-278d-56c0-a47e-e37fe0c647f9.
    """
    prefix = hashlib.sha1(_namespace(organization_id).bytes, usedforsecurity=False)

    def derive(invoice_number: str) -> str:
        digest = prefix.copy()
        digest.update(normalized_number(invoice_number).encode())
        text = digest.hexdigest()
        variant = "89ab"[int(text[16], 16) & 3]
        return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"

    return derive


def _namespace(organization_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(organization_id)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, organization_id)
