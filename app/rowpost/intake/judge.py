"""Judges one draft: every cause it has, but not the consequences of a cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from rowpost.catalog import Catalog
from rowpost.checks import Circumstances, Policy, SchemaCheck, rule_flaws
from rowpost.checks.dates import DateRules
from rowpost.checks.history import rejected_before, sent_before
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import Plan, normalized_number
from rowpost.model.drafts import Draft, Flaw, Origins, PlacedFlaw
from rowpost.model.problems import Severity

ABOUT_EMPTY_CELLS = frozenset(
    {"description.missing", "debtor.private_without_id", "debtor.company_without_number", "debtor.no_contact"}
)
_TELLS_TYPE = ("organizationNumber", "identificationNumber")
NO_COLUMN = "mapping.no_column"
ENCODE = msgspec.json.Encoder(decimal_format="number").encode  # exactly as it is sent
NUMBER, SOURCE_ID = "invoiceNumber", "uniqueSourceInvoiceId"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything there is to say about a draft, in cells; `code` is the first error's, '' if it is fit."""

    flaws: Sequence[PlacedFlaw]
    code: str


CLEAN = Verdict((), "")


class Judge:
    """Made once for a sheet: the schema, the rules and the policy of its target.

    `everywhere` gathers what would be said of every row alike, because the sheet lacks a column.
    """

    def __init__(self, catalog: Catalog, rules: IntakeRules, plan: Plan) -> None:
        checks = rules.checks
        self._schema = SchemaCheck(catalog)
        self._policy = Policy(checks.severities, rules.environment)
        dates = DateRules(
            rules.today, checks.days_past_due_min, checks.limitation_months, checks.limitation_note_months
        )
        self._around = Circumstances(rules.today, dates, rules.country)
        self._known = rules.known
        self._rejected = rules.rejected
        self._again = rules.again
        missing = plan.mapping.missing(catalog)
        self._unmapped = frozenset(path for field in missing for path in (field.path, *field.sets))
        self._mapped = tuple(plan.leaves)
        self._is_everywhere: dict[str, bool] = {}
        self.everywhere: dict[str, Flaw] = {}

    def leave_out(self, draft: Draft) -> None:
        """Leave out what is not to be sent again, where only that is looked at."""
        if self._again is not None and not draft.left_out:
            draft.left_out = self._again.why_not(draft.payload.get(SOURCE_ID, ""), draft.rows[0])

    def verdict(self, draft: Draft) -> Verdict:
        """Return what is wrong with a draft."""
        found = list(draft.flaws)
        blocked = {one.flaw.path for one in found if one.flaw.severity is Severity.ERROR}
        fits = not blocked and self._schema.fits(draft.payload)  # else it is asked for all its errors at once
        by_rules = self._by_rules(draft)
        if fits and not by_rules and not found:
            return CLEAN
        judged = [] if fits else self._schema.flaws(draft.payload)
        if judged and NUMBER not in draft.payload:
            judged = [flaw for flaw in judged if flaw.path != SOURCE_ID]  # derived from the number
        judged = _without_derived_types(judged, blocked)
        lacking = [flaw for flaw in judged if flaw.path in self._unmapped]
        judged = _fresh(judged, blocked | self._unmapped)
        blocked |= {flaw.path for flaw in (*judged, *lacking)}
        judged += [flaw for flaw in _fresh(by_rules, blocked) if not self._concerns_no_column(flaw)]
        found += [placed(flaw, draft.origins, draft.rows) for flaw in judged]
        errors = (one.flaw.code for one in found if one.flaw.severity is Severity.ERROR)
        return Verdict(found, next(errors, NO_COLUMN if lacking else self._error_everywhere(by_rules)))

    def _error_everywhere(self, flaws: Iterable[Flaw]) -> str:
        """The code of an error that is told once for all rows, because no column could prevent it."""
        errors = (flaw.code for flaw in flaws if flaw.severity is Severity.ERROR)
        return next((code for code in errors if code in self.everywhere), "")

    def by_policy(self, flaw: Flaw) -> list[Flaw]:
        """Return the flaw with its severity here, nothing if it is switched off."""
        return self._policy.apply([flaw])

    def _concerns_no_column(self, flaw: Flaw) -> bool:
        """Whether nothing that a flaw speaks of has a column; it is then kept in `everywhere`."""
        if flaw.code not in ABOUT_EMPTY_CELLS:
            return False
        known = self._is_everywhere.get(flaw.path)
        if known is None:
            about = (flaw.path, *flaw.related)
            known = not any(leaf.startswith(about) for leaf in self._mapped)
            self._is_everywhere[flaw.path] = known
        if known:
            self.everywhere.setdefault(flaw.code, flaw)
        return known

    def _by_rules(self, draft: Draft) -> list[Flaw]:
        payload = draft.payload
        found = rule_flaws(payload, self._around)
        if self._known is not None and NUMBER in payload:
            number = payload[NUMBER]
            before = sent_before(self._known, payload.get(SOURCE_ID, ""), normalized_number(number), number)
            if before:
                found.append(before)
        rejected = self._rejected and self._rejected.get(payload.get(SOURCE_ID, ""))
        if rejected and sha256(ENCODE(payload)).digest() == rejected.sha256:
            found.append(rejected_before(payload[NUMBER], rejected))
        return self._policy.apply(found) if found else found


def _without_derived_types(flaws: Sequence[Flaw], blocked: Set[str]) -> list[Flaw]:
    """Do not ask what kind of debtor it is where the cells that tell it have a cause of their own."""
    nameless = {flaw.path.removesuffix("name") for flaw in flaws if flaw.code == "debtor.no_name"}
    unread = {path.removesuffix(leaf) for leaf in _TELLS_TYPE for path in blocked if path.endswith(leaf)}
    debtors = nameless | unread
    return [flaw for flaw in flaws if not (debtors and flaw.path.removesuffix("type") in debtors)]


def _fresh(flaws: Iterable[Flaw], blocked: Set[str]) -> list[Flaw]:
    """Drop the consequences: what concerns a leaf that has a cause of its own."""
    if not blocked:
        return list(flaws)
    return [flaw for flaw in flaws if blocked.isdisjoint((flaw.path, *flaw.related))]


def placed(flaw: Flaw, origins: Origins, rows: Sequence[int]) -> PlacedFlaw:
    """Put a flaw at its cell; where its sentence speaks of another value, that cell is named too."""
    row, column = origins.place(rows, flaw.path)
    if "other" not in flaw.values:
        return PlacedFlaw(row, column, flaw)
    others = tuple(cell for path in flaw.related for cell in origins.cells(rows, path))
    return PlacedFlaw(row, column, flaw, others)
