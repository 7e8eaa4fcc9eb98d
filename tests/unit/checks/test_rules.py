"""Every rule of the house, with its vector or source beside it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rowpost.checks import EXAMPLES, RULES, Circumstances, Policy, SchemaCheck, rule_flaws, severities_for
from rowpost.checks.dates import DateRules
from rowpost.checks.history import SentBefore, sent_before
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Severity
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.wording import LANGUAGES, Wording
from tests.support.catalogs import invoice_catalog

TODAY = date(2026, 11, 21)
AROUND = Circumstances(TODAY, DateRules(TODAY, 14, 36, 30), "NO")
GOOD: dict[str, Any] = {
    "type": "PAYMENT_REMINDER",
    "invoiceNumber": "10234",
    "invoiceDate": "2026-08-15T00:00:00Z",
    "dueDate": "2026-09-01T00:00:00Z",
    "originalInvoiceAmount": Decimal("4500.00"),
    "currency": "NOK",
    "description": "Strøm",
    "ocrReferenceNumber": "20260001233",
    "uniqueSourceInvoiceId": "A-1",
    "debtors": [
        {
            "type": "PRIVATE",
            "name": "Kari Prøve",
            "identificationNumber": "10915596784",
            "addresses": [{"street": "Storgata 1", "zipCode": "0150", "city": "Oslo", "countryCode": "NO"}],
        }
    ],
    "claims": [{"type": "PRINCIPAL", "remainingAmount": Decimal("4500.00")}],
}
SYNTHETIC = "id.synthetic"  # every published number is; the policy of practice and staging drops it


def with_changes(*changes: tuple[str, Any], debtor: dict[str, Any] | None = None) -> dict[str, Any]:
    payload = deepcopy(GOOD)
    for name, value in changes:
        if value is None:
            payload.pop(name, None)
        else:
            payload[name] = value
    for name, value in (debtor or {}).items():
        if value is None:
            payload["debtors"][0].pop(name, None)
        else:
            payload["debtors"][0][name] = value
    return payload


def codes(payload: dict[str, Any]) -> list[str]:
    return [flaw.code for flaw in rule_flaws(payload, AROUND) if flaw.code != SYNTHETIC]


def at(day: date) -> str:
    return f"{day}T00:00:00Z"


def test_a_good_invoice_has_nothing_to_say() -> None:
    assert codes(GOOD) == []
    assert SchemaCheck(invoice_catalog()).flaws(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("dueDate", at(date(2026, 8, 1)))], "date.due_before_invoice"),
        ([("dueDate", at(TODAY + timedelta(1)))], "date.due_in_future"),
        ([("dueDate", at(TODAY - timedelta(9)))], "date.too_early"),
        ([("dueDate", at(TODAY - timedelta(13)))], "date.too_early"),
        # inkassoloven section 9: sent after the due date
        ([("collectionNoticeDate", at(date(2026, 9, 1)))], "date.notice_before_due"),
        ([("collectionNoticeDate", at(TODAY + timedelta(1)))], "date.notice_in_future"),
        ([("collectionNoticeDate", at(date(2026, 10, 1)))], "date.notice_not_needed"),
        # foreldelsesloven section 2: three years
        ([("invoiceDate", None), ("dueDate", at(date(2023, 11, 21)))], "date.limitation"),
        ([("invoiceDate", None), ("dueDate", at(date(2023, 11, 22)))], "date.limitation_soon"),
        ([("invoiceDate", None), ("dueDate", at(date(2024, 5, 21)))], "date.limitation_soon"),
        # inkassoloven section 10
        ([("description", None)], "description.missing"),
        ([("originalInvoiceAmount", Decimal(4499))], "amount.principal_above_original"),
        ([("ocrReferenceNumber", "20260001231")], "reference.not_plausible"),
        ([("ocrReferenceNumber", "123452"), ("currency", "EUR")], "reference.not_plausible"),
    ],
)
def test_rules_over_the_invoice(changes: list[tuple[str, Any]], code: str) -> None:
    assert codes(with_changes(*changes)) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        [("dueDate", at(TODAY - timedelta(14)))],  # exactly 14 days are accepted
        [("dueDate", at(date(2026, 8, 15)))],  # due on the day of the invoice
        [("invoiceDate", None), ("dueDate", at(date(2024, 5, 22)))],
        [("ocrReferenceNumber", None)],
        [("ocrReferenceNumber", "20260001230")],  # MOD11
        [("ocrReferenceNumber", "123453"), ("currency", "EUR")],  # a viitenumero
        [("ocrReferenceNumber", "RF18539007547034"), ("currency", "EUR")],
    ],
)
def test_what_the_rules_let_pass(changes: list[tuple[str, Any]]) -> None:
    assert codes(with_changes(*changes)) == []


@pytest.mark.parametrize(
    ("debtor", "code"),
    [
        ({"identificationNumber": None}, "debtor.private_without_id"),
        ({"type": "COMPANY", "identificationNumber": None}, "debtor.company_without_number"),
        ({"addresses": None}, "debtor.no_contact"),
        ({"identificationNumber": "10915596785"}, "id.person_wrong"),
        ({"organizationNumber": "923609017"}, "id.organization_wrong"),
    ],
)
def test_rules_over_the_debtor(debtor: dict[str, Any], code: str) -> None:
    assert codes(with_changes(debtor=debtor)) == [code]


@pytest.mark.parametrize(
    "debtor",
    [
        {"identificationNumber": None, "dateOfBirth": "1955-11-10"},
        {"addresses": None, "emails": [{"value": "kari@example.no"}]},
        {"addresses": None, "phoneNumbers": [{"value": "22334455"}]},
        {"identificationNumber": "640823-3234", "addresses": [{"countryCode": "SE", "city": "Lund"}]},
        {"identificationNumber": "X1", "addresses": [{"countryCode": "DE", "city": "Kiel"}]},
    ],
)
def test_debtors_that_pass(debtor: dict[str, Any]) -> None:
    assert codes(with_changes(debtor=debtor)) == []


def test_too_early_says_from_which_day_on() -> None:
    (flaw,) = AROUND.dates.flaws("2026-10-01T00:00:00Z", "2026-11-12T00:00:00Z", None, None)
    assert (flaw.values["count"], flaw.values["days"], flaw.values["date"]) == (9, 14, date(2026, 11, 26))


def test_limitation_at_the_end_of_february() -> None:
    rules = DateRules(date(2027, 2, 28), 14, 36, 30)
    (flaw,) = rules.flaws(None, "2024-02-29T00:00:00Z", None, None)
    assert (flaw.code, flaw.values["date"]) == ("date.limitation_soon", date(2027, 3, 1))


def test_synthetic_numbers_are_an_error_in_production_only() -> None:
    found = rule_flaws(GOOD, AROUND)
    assert [flaw.code for flaw in Policy({}, Environment.PRODUCTION).apply(found)] == [SYNTHETIC]
    assert Policy({}, Environment.STAGING).apply(found) == []
    assert Policy({}, Environment.PRACTICE).apply(found) == []


def test_severities_can_be_chosen_but_not_for_everything() -> None:
    chosen = {
        "date.too_early": "warning",
        "description.missing": "off",
        "debtor.no_contact": "error",
        "duplicate.invoice_number": "off",
        "date.not_a_date": "off",
    }
    policy = Policy(chosen, Environment.PRODUCTION)
    given = [Flaw(code, RULES[code].severity if code in RULES else Severity.ERROR) for code in chosen]
    assert [(flaw.code, flaw.severity.value) for flaw in policy.apply(given)] == [
        ("date.too_early", "warning"),
        ("debtor.no_contact", "error"),
        ("duplicate.invoice_number", "error"),
        ("date.not_a_date", "error"),
    ]


class Ledger:
    """Two claims that were sent."""

    def by_source_id(self, source_id: str) -> SentBefore | None:
        return SentBefore("r1", date(2026, 11, 3), "accepted", 7, "a.xlsx") if source_id == "A-1" else None

    def by_number(self, normalized_number: str) -> SentBefore | None:
        return SentBefore("r2", date(2026, 11, 4), "accepted") if normalized_number == "17" else None


@pytest.mark.parametrize(
    ("source_id", "number", "code"),
    [("A-1", "10234", "duplicate.sent_before"), ("B", "17", "duplicate.number_sent_before")],
)
def test_what_was_sent_before_is_not_sent_again(source_id: str, number: str, code: str) -> None:
    flaw = sent_before(Ledger(), source_id, number, number)
    assert flaw is not None
    assert (flaw.code, flaw.severity) == (code, Severity.ERROR)
    assert sent_before(Ledger(), "B", "18", "18") is None


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("accepted", "duplicate.sent_before"),
        ("waiting", "duplicate.waiting"),
        ("not_known", "duplicate.not_known"),
    ],
)
def test_what_may_not_have_been_sent_is_not_called_sent(state: str, code: str) -> None:
    class Held(Ledger):
        def by_source_id(self, source_id: str) -> SentBefore | None:
            return SentBefore("r1", date(2026, 11, 3), state)

    flaw = sent_before(Held(), "A-1", "10234", "10234")
    assert flaw is not None
    assert (flaw.code, flaw.severity) == (code, Severity.ERROR)


def test_every_rule_has_a_source() -> None:
    assert all(rule.source and rule.code == code for code, rule in RULES.items())
    assert all(rule.source.startswith("source.") for rule in RULES.values())


def test_every_rule_has_an_example() -> None:
    assert EXAMPLES.keys() == RULES.keys()
    for language in LANGUAGES:
        wording = Wording(language, invoice_catalog())
        told = {code: wording.say(code, values) for code, values in EXAMPLES.items()}
        assert not [code for code, sentence in told.items() if "…" in sentence or "{" in sentence]
        assert not [code for code in RULES if not wording.knows(f"{code}.help")]


HERE = Target("mine", Environment.STAGING, "", "", "", "")


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.adjustable])
@pytest.mark.parametrize("place", ["", "staging/", "mine/"])
def test_the_severity_of_every_rule_can_be_changed_for_one_target(code: str, place: str) -> None:
    chosen = severities_for({f"{place}{code}": "note"}, HERE)
    flaw = Flaw(code, RULES[code].severity)
    found = Policy(chosen, Environment.PRODUCTION).apply([flaw])
    assert [one.severity for one in found] == [Severity.NOTE]
    assert severities_for({f"production/{code}": "note", f"other/{code}": "off"}, HERE) == {}


def test_the_closer_choice_wins() -> None:
    chosen = {"mine/date.too_early": "off", "staging/date.too_early": "note", "date.too_early": "warning"}
    assert severities_for(chosen, HERE) == {"date.too_early": "off"}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("debtor.no_identity", "checks.no_such_rule"),
        ("production/date.not_a_date", "checks.no_such_rule"),
        ("duplicate.sent_before", "checks.not_adjustable"),
        ("date.due_in_future", "checks.not_adjustable"),
    ],
)
def test_what_cannot_be_chosen_is_refused_not_passed_over(key: str, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        severities_for({key: "off"}, HERE)
    assert (caught.value.code, caught.value.remedy) == (code, Remedy.FIX_SETTINGS)


# Published test numbers (Skatteverket, CPR-kontoret's form, Erhvervsstyrelsen, Finnish and Norwegian ones).
ELSEWHERE = [
    ("identificationNumber", "198112189876", "NO", "SE"),
    ("identificationNumber", "890201-3286", "NO", "SE"),
    ("identificationNumber", "131052-308T", "NO", "FI"),
    ("identificationNumber", "10915596784", "SE", "NO"),
    ("identificationNumber", "0101010000", "NO", "DK"),
    ("organizationNumber", "13585628", "NO", "DK"),
    ("organizationNumber", "0737546-2", "NO", "FI"),
    ("organizationNumber", "5560360793", "NO", "SE"),
    ("organizationNumber", "923609016", "SE", "NO"),
]


@pytest.mark.parametrize(("leaf", "number", "home", "there"), ELSEWHERE)
def test_a_number_of_another_country_is_told_with_the_country(
    leaf: str, number: str, home: str, there: str
) -> None:
    around = Circumstances(TODAY, DateRules(TODAY, 14, 36, 30), home)
    wanted = {"identificationNumber": None, "organizationNumber": None, "addresses": None, leaf: number}
    found = {flaw.code: flaw for flaw in rule_flaws(with_changes(debtor=wanted), around)}
    whose = "person" if leaf == "identificationNumber" else "organization"
    assert f"id.{whose}_wrong" not in found
    told = found[f"id.{whose}_elsewhere"].values
    assert (told["country"], told["iso"], told["other_country"]) == (there, there, home)
