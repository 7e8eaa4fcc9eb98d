"""All rules of the house: code, severity where the settings say nothing, and the source of the rule."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.model.problems import Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class RuleNote:
    """One rule. Its title, sentence and explanation are in `wording` under `code`.

    `adjustable`: the settings may change the severity, per target.
    """

    code: str
    severity: Severity
    source: str
    adjustable: bool = True


_AMILI = "Amili's conditions for debt collection"
_IDENTIFIERS = "the rules of the authority that issues the number"
_NEVER_TWICE = "a claim is sent once"

RULES = {
    note.code: note
    for note in (
        RuleNote("date.due_before_invoice", ERROR, "a due date follows its invoice"),
        RuleNote("date.due_in_future", ERROR, "inkassoloven § 9", adjustable=False),
        RuleNote("date.too_early", ERROR, _AMILI),
        RuleNote("date.notice_before_due", ERROR, "inkassoloven § 9"),
        RuleNote("date.notice_in_future", ERROR, "inkassoloven § 9"),
        RuleNote("date.notice_not_needed", WARNING, _AMILI),
        RuleNote("date.limitation", WARNING, "foreldelsesloven § 2"),
        RuleNote("date.limitation_soon", NOTE, "foreldelsesloven § 2"),
        RuleNote("description.missing", WARNING, "inkassoloven § 10"),
        RuleNote("amount.principal_above_original", ERROR, "a rest is no more than the whole"),
        RuleNote("debtor.private_without_id", WARNING, _AMILI),
        RuleNote("debtor.company_without_number", WARNING, _AMILI),
        RuleNote("debtor.no_contact", WARNING, "a debtor must be reached"),
        RuleNote("id.person_wrong", ERROR, _IDENTIFIERS),
        RuleNote("id.person_elsewhere", ERROR, _IDENTIFIERS),
        RuleNote("id.organization_wrong", ERROR, _IDENTIFIERS),
        RuleNote("id.organization_elsewhere", ERROR, _IDENTIFIERS),
        RuleNote("id.synthetic", ERROR, "Skatteetaten: test numbers belong to nobody"),
        RuleNote("reference.not_plausible", WARNING, "Bits, Bankgirot, Finans Danmark, Finanssiala"),
        RuleNote("duplicate.invoice_number", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.source_id", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.same_claim", WARNING, _NEVER_TWICE),
        RuleNote("duplicate.sent_before", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.waiting", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.not_known", ERROR, _NEVER_TWICE, adjustable=False),
        RuleNote("duplicate.number_sent_before", ERROR, _NEVER_TWICE),
        RuleNote("duplicate.same_content", WARNING, _NEVER_TWICE),
        RuleNote("duplicate.same_totals", NOTE, _NEVER_TWICE),
        RuleNote("rejected.before", WARNING, "what the agency has answered"),
    )
}
