"""All rules of the house: code, severity where the settings say nothing, and the source of the rule."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.model.problems import Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class RuleNote:
    """One rule. `wording` has title, sentence and explanation under `code`, its origin under `source`.

    `adjustable`: the settings may change the severity, per target.
    """

    code: str
    severity: Severity
    source: str
    adjustable: bool = True


_AMILI = "source.amili"
_IDENTIFIERS = "source.identifiers"
_NEVER_TWICE = "source.never_twice"

RULES = {
    note.code: note
    for note in (
        RuleNote("date.due_before_invoice", ERROR, "source.dates"),
        RuleNote("date.due_in_future", ERROR, "source.notice", adjustable=False),
        RuleNote("date.too_early", ERROR, _AMILI),
        RuleNote("date.notice_before_due", ERROR, "source.notice"),
        RuleNote("date.notice_in_future", ERROR, "source.notice"),
        RuleNote("date.notice_not_needed", WARNING, _AMILI),
        RuleNote("date.limitation", WARNING, "source.limitation"),
        RuleNote("date.limitation_soon", NOTE, "source.limitation"),
        RuleNote("description.missing", WARNING, "source.contents"),
        RuleNote("amount.principal_above_original", ERROR, "source.rest"),
        RuleNote("debtor.private_without_id", WARNING, _AMILI),
        RuleNote("debtor.company_without_number", WARNING, _AMILI),
        RuleNote("debtor.no_contact", WARNING, "source.contact"),
        RuleNote("id.person_wrong", ERROR, _IDENTIFIERS),
        RuleNote("id.person_elsewhere", ERROR, _IDENTIFIERS),
        RuleNote("id.organization_wrong", ERROR, _IDENTIFIERS),
        RuleNote("id.organization_elsewhere", ERROR, _IDENTIFIERS),
        RuleNote("id.synthetic", ERROR, "source.test_numbers"),
        RuleNote("reference.not_plausible", WARNING, "source.references"),
        RuleNote("duplicate.invoice_number", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.source_id", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.same_claim", WARNING, _NEVER_TWICE),
        RuleNote("duplicate.sent_before", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.waiting", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.not_known", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.number_sent_before", ERROR, _NEVER_TWICE),
        RuleNote("duplicate.same_content", WARNING, _NEVER_TWICE),
        RuleNote("duplicate.same_totals", NOTE, _NEVER_TWICE),
        RuleNote("rejected.before", WARNING, "source.answers"),
    )
}
