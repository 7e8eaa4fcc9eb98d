"""Reading a batch, of both generations. `data.status` is the batch's; `summary.status` is only the call's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rowpost.amili import odd, reasons
from rowpost.model.answers import Batch, BatchState, Json, Word

_BATCH_ID = re.compile(r"[A-Za-z0-9-]{1,64}\Z")
_STATES = {
    "SUCCESS": BatchState.SUCCESS,
    "PARTIAL": BatchState.PARTIAL,
    "FAILED": BatchState.FAILED,
}


def batch_id_of(document: Json) -> str:
    """Return the batch id of a 202, '' where it is missing or of another form: it goes into our URLs."""
    found = odd.text(odd.as_document(odd.data(document)), "batchId")
    return found if goes_into_a_path(found) else ""


def goes_into_a_path(name: str) -> bool:
    """Whether an id may become a piece of our own URLs; anything else could lead elsewhere."""
    return _BATCH_ID.match(name) is not None


def read(document: Json) -> Batch | None:
    """Return the batch, None where the answer is not one."""
    data = odd.as_document(odd.data(document))
    status = data.get("status")
    if isinstance(status, dict):
        raw_state, words = (
            odd.text(status, "statuscode", "statusCode", "status"),
            tuple(_first_generation(status)),
        )
    else:
        raw_state, words = odd.text(data, "status"), ()
    if not raw_state:
        return None
    items = tuple(_items(data))
    words = (*_not_said_again(words, items), *items)
    return Batch(
        batch_id=odd.text(data, "batchId", "id"),
        state=_STATES.get(raw_state.upper(), BatchState.OPEN),
        words=words,
        raw_state=raw_state,
        kind=odd.text(data, "type"),
        created_at=odd.moment(data.get("createdAt")),
        finished_at=odd.moment(data.get("finishedAt")),
        created_by=odd.text(data, "createdBy"),
        document=data,
    )


def _not_said_again(words: tuple[Word, ...], items: tuple[Word, ...]) -> Iterator[Word]:
    """Yield what a status of generation 1 says and its lists do not say again, under the same invoice id."""
    times = Counter(word.invoice_id for word in items if word.accepted and word.invoice_id)
    for word in words:
        if not word.accepted or times[word.invoice_id] != 1:
            yield word


def _items(data: odd.Document) -> Iterator[Word]:
    for accepted, name in ((True, "succeeded"), (False, "failed")):
        for item in odd.as_list(data.get(name)):
            if item is not None:
                yield _word(item, accepted=accepted)


def _word(item: Json, *, accepted: bool) -> Word:
    document = odd.as_document(item)
    given = odd.number(document, "index", "objectindex", "objectIndex")
    return Word(
        accepted=accepted,
        invoice_number=odd.text(document, "invoiceNumber"),
        source_id=odd.text(document, "uniqueSourceInvoiceId"),
        # an item's place in its list is not its place in the request: only an index that is given counts
        index=int(given) if given is not None and given >= 0 else -1,
        invoice_id=odd.text(document, "invoiceId", "id"),
        case_id=odd.text(document, "caseId", "caseNumber", "collectionCaseNumber"),
        raw="" if accepted else reasons.reason(item),
    )


def _first_generation(status: odd.Document) -> Iterator[Word]:
    """Read `errors[{objectindex, message}]` and `responses[{objectindex, ledgerref, status_statuscode}]`."""
    for item in odd.as_list(status.get("errors")):
        document = odd.as_document(item)
        yield Word(accepted=False, index=_index(document), raw=reasons.reason(item))
    for item in odd.as_list(status.get("responses")):
        document = odd.as_document(item)
        word = odd.text(document, "status_statuscode", "statuscode").upper()
        yield Word(
            accepted=word in ("", "OK", "SUCCESS"),
            index=_index(document),
            invoice_id=odd.text(document, "ledgerref"),
            raw="" if word in ("", "OK", "SUCCESS") else reasons.reason(item),
        )


def _index(item: odd.Document) -> int:
    found = odd.number(item, "objectindex")
    return int(found) if found is not None and found >= 0 else -1
