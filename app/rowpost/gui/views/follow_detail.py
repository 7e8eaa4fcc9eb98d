"""One invoice in full, as the agency holds it, as a value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rowpost.followup import days_past_due, has_changed, standing, standing_of
from rowpost.followup.telling import standing_word
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.following import TONES
from rowpost.gui.words import Words
from rowpost.model.answers import CaseFacts, ClaimFacts, InvoiceFacts
from rowpost.model.followup import FollowLine, Known, Seen

_KIND = "invoiceType"  # the field whose words the agency uses

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FollowDetail:
    """A title, how it stands, what changed, and sections of label and value pairs."""

    title: str
    tone: Tone
    standing: str
    changed: str
    sections: tuple[tuple[str, Pairs], ...]
    raw: str  # the answers as the agency wrote them, as JSON
    ask: str  # what asking about it is called


def follow_detail(line: FollowLine, known: Known | None, today: date, words: Words) -> FollowDetail:
    """Return one invoice in full; `known` is None until it has been read."""
    seen = line.seen or Seen()
    number = seen.invoice_number or line.asked.invoice_number or line.asked.source_id
    full = known if known is not None and known.asked == line.asked else Known(line.asked)
    how = standing(line)
    sections = (
        (words("follow.section.amounts"), _amounts(seen, today, words)),
        *_invoices(full.found, words),
        *_cases(full.cases, words),
        (words("follow.section.odd"), tuple(_odd(full))),
    )
    return FollowDetail(
        words("results.invoice", number=number),
        TONES[how],
        standing_word(how, words.wording),
        _changed(line, words),
        tuple((title, pairs) for title, pairs in sections if pairs),
        _raw(full),
        words("follow.ask_one" if line.seen is None else "follow.again"),
    )


def _changed(line: FollowLine, words: Words) -> str:
    if line.before is None or line.before_at is None or not has_changed(line):
        return ""
    before = line.before
    amount = words.amount(before.remaining, before.currency) or words("follow.not_said")
    return words(
        "follow.before",
        day=line.before_at.astimezone().date(),
        standing=standing_word(standing_of(before), words.wording),
        amount=amount,
        status=" · ".join(filter(None, (before.status, before.case_status, before.sub_status))),
    )


def _amounts(seen: Seen, today: date, words: Words) -> Pairs:
    days = days_past_due(seen, today)
    return _said(
        ("original", words.amount(seen.original, seen.currency)),
        ("paid", words.amount(seen.paid, seen.currency)),
        ("credited", words.amount(seen.credited, seen.currency)),
        ("remaining", words.amount(seen.remaining, seen.currency)),
        ("due", _day(seen.due_date, words)),
        ("days", "" if days is None else words.number(days)),
        words=words,
    )


def _invoices(found: Iterable[InvoiceFacts], words: Words) -> Iterator[tuple[str, Pairs]]:
    for facts in found:
        yield (
            words("follow.section.invoice"),
            _said(
                ("status", facts.status),
                ("kind", _kind(facts.kind, words)),
                ("invoice_date", _day(facts.invoice_date, words)),
                ("reference", facts.reference),
                ("debtors", ", ".join(facts.debtors)),
                ("source_id", facts.source_id),
                ("invoice_id", facts.invoice_id),
                words=words,
            ),
        )
        yield from _claims(facts.claims, words)


def _cases(cases: Iterable[CaseFacts], words: Words) -> Iterator[tuple[str, Pairs]]:
    for case in cases:
        registered = case.registered_at
        closed = case.closed_at
        yield (
            words("follow.section.case", number=case.case_number or case.case_id),
            _said(
                ("status", case.status),
                ("sub_status", case.sub_status),
                ("kind", case.kind),
                ("registered", words.wording.write(registered.astimezone()) if registered else ""),
                ("closed", words.wording.write(closed.astimezone()) if closed else ""),
                ("case_remaining", words.amount(case.remaining_amount, "")),
                ("principal", words.amount(case.remaining_principal, "")),
                ("account", case.account_number),
                ("reference", case.payment_reference),
                ("debtors", ", ".join(case.debtors)),
                ("invoices", ", ".join(filter(None, (one.invoice_number for one in case.invoices)))),
                words=words,
            ),
        )
        yield from _claims(case.claims, words)


def _claims(claims: Iterable[ClaimFacts], words: Words) -> Iterator[tuple[str, Pairs]]:
    for claim in claims:
        yield (
            words("follow.section.claim", kind=claim.kind),
            _said(
                ("original", words.amount(claim.original_amount, claim.currency)),
                ("paid", words.amount(claim.paid_amount, claim.currency)),
                ("credited", words.amount(claim.credited_amount, claim.currency)),
                ("remaining", words.amount(claim.current_amount, claim.currency)),
                words=words,
            ),
        )


def _kind(told: str, words: Words) -> str:
    """What people call a kind of invoice, the agency's own word beside it; a new one stays as it is."""
    ours = words.wording.option(_KIND, told)
    return ours if ours == told else words("follow.kind", ours=ours, theirs=told)


def _odd(known: Known) -> Iterator[tuple[str, str]]:
    odd = [told for facts in known.found for told in facts.odd]
    odd += [told for case in known.cases for told in case.odd]
    for told in odd:
        name, _, value = told.partition(": ")
        yield name, value


def _said(*pairs: tuple[str, str], words: Words) -> Pairs:
    return tuple((words(f"follow.fact.{name}"), value) for name, value in pairs if value)


def _day(text: str, words: Words) -> str:
    """Write a date the way people do; what is none is shown as it is."""
    try:
        return words.wording.write(date.fromisoformat(text))
    except ValueError:
        return text


def _raw(known: Known) -> str:
    documents = [dict(facts.document) for facts in known.found]
    documents += [dict(case.document) for case in known.cases]
    return json.dumps(documents, ensure_ascii=False, indent=2, default=str) if documents else ""
