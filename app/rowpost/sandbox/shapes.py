"""How the agency words its answers, in both generations of its API."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rowpost.sandbox.books import Batch, Taken, Verdict
from rowpost.sandbox.scenario import Scenario, Settlement

CREDITOR = {"creditorId": "0c5a3a52-6d5e-4f0a-9a39-2b1f5d3c7e11", "creditorNumber": "10001"}


def stamp(seconds: float) -> str:
    """Write a moment, given in Unix seconds, as the agency does."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def word(scenario: Scenario, text: str) -> str:
    """Spell a word of an enum: OPEN in generation 2, Open in generation 1."""
    return text if scenario.generation == 2 else text.capitalize()


def status_of(batch: Batch, *, queued: bool) -> str:
    """Return the word for how far a batch is."""
    if queued:
        return "QUEUED"
    if not batch.failed:
        return "SUCCESS"
    return "FAILED" if len(batch.failed) == len(batch.invoices) else "PARTIAL"


def batch_item(scenario: Scenario, batch: Batch, *, queued: bool) -> dict[str, Any]:
    """Describe a batch; one that is queued has no verdicts yet."""
    status = status_of(batch, queued=queued)
    old = scenario.generation == 1
    return {
        "batchId": batch.batch_id,
        "type": "INVOICE",
        "status": _status_object(batch, status) if old else status,
        "createdAt": stamp(batch.created_at),
        "finishedAt": None if queued else stamp(batch.ready_at),
        "orgId" if old else "organizationId": batch.organization_id,
        "createdBy": "practice",
        "succeeded": [] if queued else [_succeeded(taken, old=old) for taken in batch.accepted()],
        "failed": [] if queued else [_failed(scenario, batch, index) for index in sorted(batch.failed)],
    }


def _succeeded(taken: Taken, *, old: bool) -> dict[str, Any]:
    case = {"caseNumber": taken.case_number} if old else {"caseId": taken.case_id}
    return {
        "$type": "invoiceSuccess",
        "invoiceNumber": taken.payload.get("invoiceNumber"),
        "invoiceId": taken.invoice_id,
        **case,
    }


def _failed(scenario: Scenario, batch: Batch, index: int) -> Any:
    payload, verdict = batch.invoices[index], batch.failed[index]
    number = {"invoiceNumber": payload.get("invoiceNumber")}
    match scenario.failed_shape:
        case "errors":
            return {**number, "errors": {verdict.code: [verdict.message]}}
        case "index":
            return {"index": index, "errorMessage": verdict.message}
        case "sourceId":
            return {
                "uniqueSourceInvoiceId": payload.get("uniqueSourceInvoiceId"),
                "reason": {"code": verdict.code, "detail": verdict.message},
            }
        case "text":
            return f"{verdict.code}: {verdict.message}"
        case _:
            return {
                "$type": "invoiceFailure",
                **number,
                "errorCode": verdict.code,
                "message": verdict.message,
            }


def _status_object(batch: Batch, status: str) -> dict[str, Any]:
    """The batch status of generation 1."""
    done = status != "QUEUED"
    return {
        "statuscode": status,
        "errors": [_error(index, verdict) for index, verdict in sorted(batch.failed.items()) if done],
        "responses": [_response(taken) for taken in batch.accepted() if done],
    }


def _error(index: int, verdict: Verdict) -> dict[str, Any]:
    return {"objectname": "invoice", "objectindex": index, "message": f"{verdict.code}: {verdict.message}"}


def _response(taken: Taken) -> dict[str, Any]:
    return {
        "objectname": "invoice",
        "objectindex": taken.index,
        "ledgerref": taken.invoice_id,
        "status_statuscode": "SUCCESS",
    }


@dataclass(frozen=True, slots=True)
class Held:
    """A claim as it stands now: what it was, what became of it. Amounts in major units."""

    taken: Taken
    settled: Settlement

    @property
    def share(self) -> tuple[Decimal, Decimal]:
        """What was paid and what was credited, at most what there was to pay."""
        amount = amount_of(self.taken.payload)
        paid = min(self.settled.paid, amount)
        return paid, min(self.settled.credited, amount - paid)

    @property
    def remaining(self) -> Decimal:
        """What is left to pay."""
        return amount_of(self.taken.payload) - sum(self.share)


def held(scenario: Scenario, taken: Taken, now: float) -> Held:
    """Tell how a claim stands at a moment, given in Unix seconds."""
    number, age = taken.payload.get("invoiceNumber"), now - taken.batch.created_at
    found = (one for one in scenario.settle if one.invoice_number == number and one.after_seconds <= age)
    return Held(taken, next(found, Settlement(str(number))))


def invoice_item(scenario: Scenario, claim: Held) -> dict[str, Any]:
    """Describe an invoice as the look-ups do."""
    taken, payload = claim.taken, claim.taken.payload
    copied = ("invoiceNumber", "type", "originalInvoiceAmount", "currency", "invoiceDate", "dueDate")
    return {
        "id": taken.invoice_id,
        "organization": {"id": taken.batch.organization_id, "organizationNumber": "", "name": "Practice"},
        **{name: payload.get(name) for name in copied},
        "collectionCaseNumber": taken.case_number,
        "status": claim.settled.status or word(scenario, "OPEN"),
        "createdAt": stamp(taken.batch.created_at),
        "closedAt": None,
        "ocrReferenceNumber": payload.get("ocrReferenceNumber"),
        "uniqueSourceInvoiceId": payload.get("uniqueSourceInvoiceId"),
        "currentAmount": claim.remaining,
        "paidAmount": claim.share[0],
        "claims": [_claim(one, claim) for one in payload.get("claims", ())],
        "debtors": payload.get("debtors", []),
    }


def _claim(claim: Mapping[str, Any], held: Held) -> dict[str, Any]:
    """Describe a claim; what came in is told of it only where it is the only one."""
    amount = Decimal(claim.get("remainingAmount") or 0)
    alone = len(held.taken.payload.get("claims", ())) == 1
    return {
        "type": claim.get("type"),
        "originalAmount": amount,
        "currentAmount": held.remaining if alone else amount,
        "paidAmount": held.share[0] if alone else 0,
        "currency": held.taken.payload.get("currency"),
    }


def amount_of(payload: Mapping[str, Any]) -> Decimal:
    """Add up what remains to be paid of an invoice, in major units."""
    amounts = (Decimal(claim.get("remainingAmount") or 0) for claim in payload.get("claims", ()))
    return sum(amounts, Decimal(0))


def case_item(scenario: Scenario, claim: Held) -> dict[str, Any]:
    """Describe the case that was opened for an invoice."""
    taken, payload = claim.taken, claim.taken.payload
    return {
        "caseId": taken.case_id,
        "caseNumber": taken.case_number,
        "organizationId": taken.batch.organization_id,
        **CREDITOR,
        "status": claim.settled.status or word(scenario, "OPEN"),
        "subStatus": claim.settled.sub_status or "DEBT_COLLECTION_LIST_MANUAL",
        "type": payload.get("type"),
        "description": payload.get("description"),
        "registeredAt": stamp(taken.batch.created_at),
        "closedAt": None,
        "invoices": [_case_invoice(claim)],
        "debtors": [_case_debtor(taken, debtor) for debtor in payload.get("debtors", ())],
        "remainingAmount": claim.remaining,
        "remainingPrincipal": claim.remaining,
        "claims": [_case_claim(one, claim) for one in payload.get("claims", ())],
        "caseAccountDetails": {
            "bankAccountDetails": {"accountType": "UNKNOWN", "accountNumber": ""},
            "paymentReference": payload.get("ocrReferenceNumber"),
        },
    }


def _case_claim(claim: Mapping[str, Any], held: Held) -> dict[str, Any]:
    alone = len(held.taken.payload.get("claims", ())) == 1
    told = _claim(claim, held)
    return {
        **told,
        "remainingAmount": told["currentAmount"],
        "creditedAmount": held.share[1] if alone else 0,
    }


def _case_invoice(claim: Held) -> dict[str, Any]:
    taken, payload = claim.taken, claim.taken.payload
    return {
        "invoiceId": taken.invoice_id,
        "invoiceNumber": payload.get("invoiceNumber"),
        "caseId": taken.case_id,
        "invoiceDate": payload.get("invoiceDate"),
        "dueDate": payload.get("dueDate"),
        "batchId": taken.batch.batch_id,
        "registeredAt": stamp(taken.batch.created_at),
        "originalAmount": payload.get("originalInvoiceAmount"),
        "remainingAmount": claim.remaining,
        "remainingPrincipal": claim.remaining,
        "uniqueSourceInvoiceId": payload.get("uniqueSourceInvoiceId"),
        "paidAmount": claim.share[0],
        "creditedAmount": claim.share[1],
        "currency": {"code": payload.get("currency")},
    }


def _case_debtor(taken: Taken, debtor: Mapping[str, Any]) -> dict[str, Any]:
    """Cases spell the names of a debtor otherwise than requests do."""
    names = [str(debtor[part]) for part in ("firstname", "lastname") if debtor.get(part)]
    return {
        "debtorId": str(uuid.uuid5(uuid.UUID(taken.case_id), "debtor")),
        "type": debtor.get("type"),
        "debtorNumber": taken.case_number,
        "customerNumber": debtor.get("customerNumber"),
        "firstName": debtor.get("firstname"),
        "lastName": debtor.get("lastname"),
        "fullName": debtor.get("name") or " ".join(names),
        "identificationNumber": debtor.get("identificationNumber") or debtor.get("organizationNumber"),
        "email": _first(debtor, "emails"),
        "phone": _first(debtor, "phoneNumbers"),
    }


def _first(debtor: Mapping[str, Any], name: str) -> Any:
    values = debtor.get(name) or [{}]
    return values[0].get("value")
