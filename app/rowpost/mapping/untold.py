"""Debtors whom nothing tells to be persons or companies: counted, with what is likely; never decided here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from rowpost.catalog import Catalog, fold
from rowpost.mapping.build import drafts
from rowpost.mapping.constants import DEBTOR_TYPE
from rowpost.mapping.debtor_type import COMPANY, PRIVATE
from rowpost.mapping.plan import Plan
from rowpost.model.drafts import Draft
from rowpost.model.workbook import Layout

_MOST = 5_000  # invoices looked at
_DOUBTFUL = 5  # at most every fifth name may be hardly a person's, where persons are proposed
_LIST, _TYPE = "debtors", "debtors[0].type"
_NAMES = frozenset({"name", "firstname", "lastname"})
_BETWEEN = re.compile("[ ,.'\N{RIGHT SINGLE QUOTATION MARK}-]+")  # parts of a person's name
_PARTS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Untold:
    """`count` of the `seen` first invoices do not say what their debtor is, such as `example` in `row`.

    `proposed` is what they most likely are, '' where that cannot be said, and `reason` the wording
    code of why; `doubtful` are those of them whose names are hardly a person's, with their rows.
    `whole`: these are all invoices of the sheet.
    """

    count: int
    seen: int
    example: str
    row: int
    proposed: str
    reason: str
    doubtful: tuple[tuple[str, int], ...] = ()
    whole: bool = True


def untold(plan: Plan, layout: Layout) -> Untold | None:
    """Look at the debtors of the sheet; None where all are told, or a person has said what the others are."""
    rule, mapped = plan.mapping.rule(DEBTOR_TYPE), {rule.field for rule in plan.mapping.rules}
    asked = any(one.field == DEBTOR_TYPE for one in plan.mapping.unsure)
    if asked or _NAMES.isdisjoint(mapped) or (rule and (rule.constant is not None or rule.default)):
        return None
    first = list(islice(drafts(plan, layout), _MOST + 1))
    found = [(draft, draft.payload[_LIST][0]) for draft in first[:_MOST] if not draft.left_out]
    silent = [(draft, debtor) for draft, debtor in found if _is_silent(draft, debtor)]
    if not silent:
        return None
    names = [(_name(debtor), draft.rows[0]) for draft, debtor in silent]
    words = _company_words(plan.catalog)
    doubtful = tuple((name, row) for name, row in names if not _is_of_a_person(name, words))
    proposed = PRIVATE if len(doubtful) * _DOUBTFUL <= len(names) else ""
    companies = [debtor for _, debtor in found if debtor.get("type") == COMPANY]
    whole = len(first) <= _MOST
    return Untold(len(silent), len(found), *names[0], proposed, _reason(companies), doubtful, whole)


def _is_silent(draft: Draft, debtor: dict[str, object]) -> bool:
    """Whether nothing says what the debtor is; a word that is not understood is asked about as such."""
    return "type" not in debtor and all(placed.flaw.path != _TYPE for placed in draft.flaws)


def _reason(companies: list[dict[str, object]]) -> str:
    """By what the companies of the sheet are known, which these debtors lack."""
    if any("organizationNumber" in debtor for debtor in companies):
        return "mapping.untold.no_number"
    return "mapping.untold.no_form" if companies else "mapping.untold.names"


def _name(debtor: dict[str, object]) -> str:
    return str(debtor.get("name") or " ".join(str(debtor[name]) for name in sorted(_NAMES & debtor.keys())))


def _company_words(catalog: Catalog) -> frozenset[str]:
    return frozenset(fold(word) for word in catalog.markers.get("company", ()))


def _is_of_a_person(name: str, company_words: frozenset[str]) -> bool:
    """Two to six words of letters, none of which an association or a public body has in its name."""
    parts = [part for part in _BETWEEN.split(name) if part]
    if len(parts) not in _PARTS or not all(map(str.isalpha, parts)):
        return False
    return company_words.isdisjoint(map(fold, parts))
