"""Asks the agency of invoices that are gone from the sheet, whether they are still open there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rowpost.followup.tracking import Shelf, track
from rowpost.model.answers import Cause, InvoiceFacts
from rowpost.model.difference import AtAgency, Change, Difference, DifferenceLine
from rowpost.model.followup import Asked
from rowpost.model.outside import OnProgress, StopToken

_OPEN = "open"  # the agency's own word, in whichever case


def ask_of_gone(
    difference: Difference, agency: Shelf, now: datetime, *, stop: StopToken, progress: OnProgress
) -> Difference:
    """Return the difference with what the agency says. The first question that fails ends the asking.

    What was not answered stays not known. Stopped once `stop` is set.
    """
    places = [place for place, line in enumerate(difference.lines) if is_asked_of(line)]
    lines, cause = list(difference.lines), None
    wanted = [Asked(line.invoice_number, line.source_id) for line in map(lines.__getitem__, places)]
    for place, tracked in zip(places, track(wanted, agency, stop=stop, progress=progress), strict=False):
        cause = tracked.cause
        if cause is not None:
            break
        lines[place] = told(lines[place], tracked.found)
    return replace(difference, lines=tuple(lines), asked_at=now, cause=cause)


def is_asked_of(line: DifferenceLine) -> bool:
    """Whether only the agency can tell how an invoice stands."""
    return line.change is Change.GONE and line.at_agency is AtAgency.NOT_KNOWN


def not_asked(difference: Difference, cause: Cause) -> Difference:
    """Return the difference with why nobody could be asked."""
    return replace(difference, cause=cause)


def told(line: DifferenceLine, found: Sequence[InvoiceFacts]) -> DifferenceLine:
    """Put what the agency holds beside a line; of several that stand under one key, an open one counts."""
    if not found:
        return replace(line, at_agency=AtAgency.ABSENT)
    facts = min(found, key=lambda one: list(AtAgency).index(standing(one)))
    return replace(
        line,
        at_agency=standing(facts),
        status=facts.status,
        remaining=facts.current_amount,
        case_id=facts.case_id,
    )


def standing(facts: InvoiceFacts) -> AtAgency:
    """Say whether an invoice is open: by what remains, else by its state, if we know that word."""
    if facts.document.get("closedAt") or facts.current_amount == 0:
        return AtAgency.CLOSED
    if facts.current_amount is not None and facts.current_amount > 0:
        return AtAgency.OPEN
    return AtAgency.OPEN if facts.status.casefold() == _OPEN else AtAgency.NOT_KNOWN
