"""Follow-ups and batches as documents for a script. Amounts are strings: JSON numbers lose cents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rowpost.cli import documents
from rowpost.followup import days_past_due, has_changed, standing
from rowpost.model.answers import Batch, CaseFacts, ClaimFacts
from rowpost.model.followup import FollowLine, FollowUp, Seen, Sums, Total

if TYPE_CHECKING:
    from rowpost.sending import Adoption

Document = dict[str, object]


def follow_up(follow: FollowUp, lines: Iterable[FollowLine], sums: Sums, today: date) -> Document:
    """`track --json`: the lines that are wanted; totals and changes are those of all."""
    counted = {kind.value if kind else "other": count for kind, count in sums.changes.items()}
    return {
        "run": follow.run,
        "target": follow.target.name,
        "fetched_at": moment(sums.seen_at),
        "totals": {currency: total(one) for currency, one in sums.totals.items()},
        "changes": {"since": moment(sums.since), "counts": counted},
        "remarks": [remark.code for remark in follow.remarks],
        "invoices": [line(one, today) for one in lines],
    }


def line(one: FollowLine, today: date) -> Document:
    """Describe an invoice; `known` is false where the question brought no answer."""
    seen = one.seen or Seen()
    return {
        "row": one.asked.rows[0] if one.asked.rows else None,
        "known": one.seen is not None and one.cause is None,
        "found": seen.answers > 0,
        "standing": str(standing(one)),
        "changed": has_changed(one),
        "invoice_number": seen.invoice_number or one.asked.invoice_number,
        "source_id": seen.source_id or one.asked.source_id,
        "invoice_id": seen.invoice_id,
        "case_id": seen.case_number,
        "case_number": seen.case_number,
        "type": seen.kind,
        "status": seen.status,
        "case_status": seen.case_status,
        "sub_status": seen.sub_status,
        "currency": seen.currency,
        "original_amount": figures(seen.original),
        "current_amount": figures(seen.remaining),
        "paid_amount": figures(seen.paid),
        "credited_amount": figures(seen.credited),
        "due_date": seen.due_date,
        "days_past_due": days_past_due(seen, today),
        "account_number": seen.account_number,
        "payment_reference": seen.payment_reference,
        "odd": list(seen.odd),
        "fetched_at": moment(one.seen_at),
        "before": before(one),
    }


def before(one: FollowLine) -> Document | None:
    """What was said on an earlier day, where it was something else."""
    if one.before is None or not has_changed(one):
        return None
    seen = one.before
    return {
        "fetched_at": moment(one.before_at),
        "status": seen.status,
        "case_number": seen.case_number,
        "case_status": seen.case_status,
        "sub_status": seen.sub_status,
        "current_amount": figures(seen.remaining),
        "paid_amount": figures(seen.paid),
        "credited_amount": figures(seen.credited),
    }


def total(one: Total) -> Document:
    """Describe the sum of one currency; `not_said` counts invoices whose remaining amount is not told."""
    return {
        "count": one.count,
        "original": documents.amount(one.original),
        "paid": documents.amount(one.paid),
        "credited": documents.amount(one.credited),
        "remaining": documents.amount(one.remaining),
        "by_age": {age.value: documents.amount(amount) for age, amount in one.by_age.items()},
        "not_said": one.silent,
    }


def case(facts: CaseFacts) -> Document:
    """Describe a case in full."""
    return {
        "case_id": facts.case_id,
        "case_number": facts.case_number,
        "status": facts.status,
        "sub_status": facts.sub_status,
        "type": facts.kind,
        "registered_at": moment(facts.registered_at),
        "closed_at": moment(facts.closed_at),
        "remaining_amount": figures(facts.remaining_amount),
        "remaining_principal": figures(facts.remaining_principal),
        "account_number": facts.account_number,
        "payment_reference": facts.payment_reference,
        "debtors": list(facts.debtors),
        "claims": [claim(one) for one in facts.claims],
        "invoices": [one.invoice_number for one in facts.invoices],
        "odd": list(facts.odd),
    }


def claim(facts: ClaimFacts) -> Document:
    """Describe one claim."""
    return {
        "type": facts.kind,
        "currency": facts.currency,
        "original_amount": figures(facts.original_amount),
        "current_amount": figures(facts.current_amount),
        "paid_amount": figures(facts.paid_amount),
        "credited_amount": figures(facts.credited_amount),
    }


def batch(facts: Batch, run: str, *, with_rows: bool) -> Document:
    """Describe a batch; `run` is ours that it belongs to, '' where others sent it."""
    described: Document = {
        "batch_id": facts.batch_id,
        "run": run,
        "status": facts.raw_state,
        "ended": facts.state.ended,
        "type": facts.kind,
        "created_at": moment(facts.created_at),
        "finished_at": moment(facts.finished_at),
        "created_by": facts.created_by,
        "accepted": sum(word.accepted for word in facts.words),
        "rejected": sum(not word.accepted for word in facts.words),
    }
    if with_rows:
        described["rows"] = [
            {
                "accepted": word.accepted,
                "invoice_number": word.invoice_number,
                "source_id": word.source_id,
                "index": word.index if word.index >= 0 else None,
                "invoice_id": word.invoice_id,
                "case_id": word.case_id,
                "reason_raw": word.raw,
            }
            for word in facts.words
        ]
    return described


def adoption(found: Adoption) -> Document:
    """Describe what adopting a batch came to."""
    return {
        "run": found.run,
        "batch_id": found.batch_id,
        "settled": found.settled,
        "rows": [
            {
                "row": row.rows[0] if row.rows else None,
                "invoice_number": row.invoice_number,
                "source_id": row.source_id,
                "fate": str(row.fate),
                "reason_raw": row.raw,
            }
            for row in found.rows
        ],
    }


def figures(amount: Decimal | None) -> str | None:
    """Write an amount for a machine, None where the answer has none."""
    return None if amount is None else documents.amount(amount)


def moment(when: datetime | None) -> str | None:
    """Write a moment for a machine."""
    return None if when is None else when.isoformat()
