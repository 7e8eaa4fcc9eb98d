"""What answers come to: how an invoice stands, how old it is, what has changed. Pure, and never a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from rowpost.model.answers import CaseFacts, InvoiceFacts
from rowpost.model.followup import Age, Answer, FollowLine, Seen, Standing, Sums, Total

NOTHING = Decimal(0)
_AGES = ((0, Age.NOT_DUE), (30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))


def seen_of(answer: Answer) -> Seen:
    """Return what a table shows of an answer. Several answers: the first, marked by their number."""
    if not answer.found:
        return Seen()
    invoice, case = answer.found[0], answer.cases[0] if len(answer.cases) == 1 else None
    inner = _in_case(invoice, case) or InvoiceFacts("")
    return Seen(
        answers=len(answer.found),
        invoice_id=invoice.invoice_id,
        invoice_number=invoice.invoice_number,
        source_id=invoice.source_id,
        kind=invoice.kind,
        status=invoice.status,
        case_number=case.case_number if case and case.case_number else invoice.case_id,
        case_status=case.status if case else "",
        sub_status=case.sub_status if case else "",
        currency=invoice.currency or inner.currency,
        original=_first(invoice.original_amount, inner.original_amount),
        remaining=_first(invoice.current_amount, inner.current_amount),
        paid=_first(invoice.paid_amount, inner.paid_amount),
        credited=_first(invoice.credited_amount, inner.credited_amount),
        due_date=invoice.due_date or inner.due_date,
        account_number=case.account_number if case else "",
        payment_reference=case.payment_reference if case else "",
        odd=(*invoice.odd, *(case.odd if case else ())),
    )


def _in_case(invoice: InvoiceFacts, case: CaseFacts | None) -> InvoiceFacts | None:
    """The same invoice as its case shows it: only there stands what was credited."""
    if case is None:
        return None
    same = (one for one in case.invoices if one.invoice_id and one.invoice_id == invoice.invoice_id)
    return next(same, None)


def _first(*amounts: Decimal | None) -> Decimal | None:
    return next((amount for amount in amounts if amount is not None), None)


def standing(line: FollowLine) -> Standing:
    """Say how an invoice stands."""
    return Standing.NOT_ASKED if line.seen is None else standing_of(line.seen)


def standing_of(seen: Seen) -> Standing:
    """Say how an invoice stands, from its amounts alone."""
    if seen.answers != 1:
        return Standing.SEVERAL if seen.answers else Standing.NOT_FOUND
    if seen.remaining is None or seen.remaining < 0:
        return Standing.UNCLEAR
    paid, credited = bool(seen.paid), bool(seen.credited)
    if seen.remaining > 0:
        return Standing.PART if paid or credited else Standing.OPEN
    if paid == credited:
        return Standing.SETTLED
    return Standing.PAID if paid else Standing.CREDITED


def days_past_due(seen: Seen, today: date) -> int | None:
    """Return how many days ago the invoice was due, below 0 before; None where its date cannot be read."""
    try:
        return (today - date.fromisoformat(seen.due_date)).days
    except ValueError:
        return None


def age_of(seen: Seen, today: date) -> Age:
    """Return the age of an invoice."""
    days = days_past_due(seen, today)
    if days is None:
        return Age.NO_DATE
    return next((age for most, age in _AGES if days <= most), Age.OVER_90)


def has_changed(line: FollowLine) -> bool:
    """Whether the newest answer says anything else than the one before."""
    return line.seen is not None and line.before is not None and _told(line.seen) != _told(line.before)


def _told(seen: Seen) -> tuple[object, ...]:
    """What counts as a change; how something odd was spelt does not."""
    amounts = (seen.original, seen.remaining, seen.paid, seen.credited)
    words = (seen.status, seen.case_number, seen.case_status, seen.sub_status, seen.due_date)
    return (seen.answers, *amounts, *words, seen.account_number, seen.payment_reference)


def status_of(line: FollowLine) -> str:
    """Return the agency's own words for where an invoice is, '' where it says nothing."""
    if line.seen is None:
        return ""
    said = (line.seen.case_status or line.seen.status, line.seen.sub_status)
    return " · ".join(filter(None, said))


def add_up(lines: Sequence[FollowLine], today: date) -> Sums:
    """Add everything up that is told of many lines."""
    causes = {line.cause.code: line.cause for line in lines if line.cause is not None}
    return Sums(
        standings=Counter(map(standing, lines)),
        changes=changes(lines),
        since=max((line.before_at for line in lines if line.before_at is not None), default=None),
        seen_at=max((line.seen_at for line in lines if line.seen_at is not None), default=None),
        statuses=Counter(status for line in lines if (status := status_of(line))),
        totals=totals(lines, today),
        causes=tuple(causes.values()),
    )


def changes(lines: Iterable[FollowLine]) -> Mapping[Standing | None, int]:
    """Count the changed invoices by how they stand now; None: as before, but something else changed."""
    counts: dict[Standing | None, int] = {}
    for line in lines:
        if line.seen is not None and line.before is not None and has_changed(line):
            now = standing_of(line.seen)
            kind = now if now is not standing_of(line.before) else None
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def totals(lines: Iterable[FollowLine], today: date) -> Mapping[str, Total]:
    """Add up per currency what one answer each was given of; '' where the currency is not said."""
    sums: dict[str, Total] = {}
    for line in lines:
        if line.seen is not None and line.seen.answers == 1:
            currency = line.seen.currency
            sums[currency] = _with(sums.get(currency, Total()), line.seen, today)
    return sums


def _with(total: Total, seen: Seen, today: date) -> Total:
    by_age = dict(total.by_age)
    if seen.remaining:
        age = age_of(seen, today)
        by_age[age] = by_age.get(age, NOTHING) + seen.remaining
    return Total(
        total.count + 1,
        total.original + (seen.original or NOTHING),
        total.paid + (seen.paid or NOTHING),
        total.credited + (seen.credited or NOTHING),
        total.remaining + (seen.remaining or NOTHING),
        by_age,
        total.silent + (seen.remaining is None),
    )
