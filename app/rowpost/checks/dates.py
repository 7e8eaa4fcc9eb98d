"""The rules over an invoice's dates. Every distinct set of dates is judged once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from rowpost.checks.rulebook import RULES
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Value

INVOICE, DUE, NOTICE = "invoiceDate", "dueDate", "collectionNoticeDate"
_MEMO_LIMIT = 65_536
_SENT_BY_AMILI = frozenset(
    {"PAYMENT_REMINDER", "NOTICE"}
)  # Amili's first letter comes before this date could


@dataclass(slots=True)
class DateRules:
    """`days_past_due` is Amili's own condition; the limitation is counted in months from the due date."""

    today: date
    days_past_due: int
    limitation_months: int
    limitation_note_months: int
    _known: dict[tuple[str | None, ...], tuple[Flaw, ...]] = field(default_factory=dict)

    def flaws(self, *dates_and_type: str | None) -> tuple[Flaw, ...]:
        """Judge invoice date, due date, notice date and type as they stand in the payload (or None)."""
        found = self._known.get(dates_and_type)
        if found is None:
            if len(self._known) >= _MEMO_LIMIT:
                self._known.clear()
            invoice, due, notice, kind = dates_and_type
            found = (*self._due(_day(invoice), _day(due)), *self._notice(_day(due), _day(notice), kind))
            self._known[dates_and_type] = found
        return found

    def _due(self, invoice: date | None, due: date | None) -> Iterator[Flaw]:
        if due is None:
            return
        days = (self.today - due).days
        if invoice and due < invoice:
            yield _flaw("date.due_before_invoice", DUE, (INVOICE,), value=due, other=invoice)
        elif days < 0:
            yield _flaw("date.due_in_future", DUE, value=due)
        elif days < self.days_past_due:
            ready = due + timedelta(days=self.days_past_due)
            yield _flaw("date.too_early", DUE, count=days, days=self.days_past_due, date=ready, value=due)
        elif self.today >= _months_later(due, self.limitation_months):
            yield _flaw("date.limitation", DUE, value=due, date=_months_later(due, self.limitation_months))
        elif self.today >= _months_later(due, self.limitation_note_months):
            yield _flaw(
                "date.limitation_soon", DUE, value=due, date=_months_later(due, self.limitation_months)
            )

    def _notice(self, due: date | None, notice: date | None, kind: str | None) -> Iterator[Flaw]:
        if notice is None:
            return
        if notice > self.today:
            yield _flaw("date.notice_in_future", NOTICE, value=notice)
        elif due and notice <= due:
            yield _flaw("date.notice_before_due", NOTICE, (DUE,), value=notice, other=due)
        elif kind in _SENT_BY_AMILI:
            yield _flaw("date.notice_not_needed", NOTICE, ("type",), value=notice)


def _flaw(code: str, path: str, related: tuple[str, ...] = (), **values: Value) -> Flaw:
    return Flaw(code, RULES[code].severity, path, {"field": path, **values}, related)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; the first of the next where that month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
