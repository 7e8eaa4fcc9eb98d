"""From rows to drafts: payloads, origins, decisions per column, repair with proof, rows left out."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping import (
    DateOrder,
    FieldRule,
    Mapping,
    Part,
    Plan,
    Sender,
    build,
    normalized_number,
    source_id_maker,
)
from rowpost.mapping.build import drafts_of
from rowpost.model.drafts import Draft
from rowpost.model.trouble import Trouble
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import CONSTANTS, GOOD, HEADINGS, ORGANIZATION, mapped, row_with, sheet_of
from tests.support.tables import Given, error, no_value, number

SENDER = Sender(ORGANIZATION)


def built(*rows: list[Given] | tuple[Given, ...], headings: tuple[str, ...] = HEADINGS) -> list[Draft]:
    table, layout = sheet_of(*rows, headings=headings)
    return list(build(table, layout, mapped(table, layout), invoice_catalog(), SENDER))


def codes(draft: Draft) -> list[str]:
    return [placed.flaw.code for placed in draft.flaws]


def test_the_one_phone_that_is_sent_knows_its_cell() -> None:
    headings = (*HEADINGS[:6], "Telefon")
    (draft,) = built([*GOOD[:6], "55 12 34 56"], headings=headings)
    (phone,) = draft.payload["debtors"][0]["phoneNumbers"]
    assert phone["originalValue"] == "55 12 34 56"
    assert [cell.a1 for cell in draft.origin("debtors[0].phoneNumbers[0].value")] == ["G2"]


def test_a_good_row_becomes_the_payload() -> None:
    (draft,) = built(GOOD)
    assert codes(draft) == []
    assert draft.rows == (2,)
    assert draft.payload == {
        "type": "PAYMENT_REMINDER",
        "invoiceNumber": "10234",
        "invoiceDate": "2026-08-15T00:00:00Z",
        "dueDate": "2026-09-01T00:00:00Z",
        "originalInvoiceAmount": Decimal("4500.00"),
        "currency": "NOK",
        "description": "Strøm",
        "ocrReferenceNumber": "20260001233",
        "uniqueSourceInvoiceId": "d91e6d1a-d53a-5451-bdff-5c1dc244d45e",
        "debtors": [
            {
                "name": "Kari Prøve",
                "identificationNumber": "10915596784",
                "type": "PRIVATE",
                "addresses": [
                    {"street": "Storgata 1", "zipCode": "0150", "city": "Oslo", "countryCode": "NO"}
                ],
                "emails": [{"value": "kari@example.no"}],
                "phoneNumbers": [
                    {"countryCode": "47", "originalValue": "+47 22 33 44 55", "value": "22334455"}
                ],
            }
        ],
        "claims": [{"type": "PRINCIPAL", "remainingAmount": Decimal("4500.00")}],
    }


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("invoiceNumber", "A2"),
        ("claims[0].remainingAmount", "E2"),
        ("debtors[0].addresses[0].zipCode", "J2"),
        ("debtors[0].phoneNumbers[0].value", "N2"),
        ("debtors[0].emails[0].value", "M2"),
        ("uniqueSourceInvoiceId", "A2"),
    ],
)
def test_every_leaf_knows_its_cell(path: str, cell: str) -> None:
    (draft,) = built(GOOD)
    assert [ref.a1 for ref in draft.origin(path)] == [cell]


def test_constants_and_derived_values_have_no_cell() -> None:
    (draft,) = built(GOOD)
    assert draft.origin("currency") == ()
    assert draft.origin("debtors[0].type") == ()


def test_slots_move_up_but_origins_stay() -> None:
    headings = (*HEADINGS, "Telefon", "Renter", "Gebyr")
    (draft,) = built([*row_with(Mobil=None), "22 33 44 66", None, Decimal(35)], headings=headings)
    assert draft.payload["debtors"][0]["phoneNumbers"][0]["value"] == "22334466"
    assert [claim["type"] for claim in draft.payload["claims"]] == ["PRINCIPAL", "FEE"]
    assert [ref.a1 for ref in draft.origin("debtors[0].phoneNumbers[0].value")] == ["Q2"]
    assert [ref.a1 for ref in draft.origin("claims[1].remainingAmount")] == ["S2"]


def test_the_order_of_dates_is_decided_by_the_whole_column() -> None:
    drafts = built(row_with(Forfallsdato="01.02.2026"), row_with(Forfallsdato="13.02.2026"))
    assert drafts[0].payload["dueDate"] == "2026-02-01T00:00:00Z"


def test_a_column_that_fits_both_ways_is_asked() -> None:
    (draft,) = built(row_with(Forfallsdato="01.02.2026"))
    assert codes(draft) == ["date.ambiguous"]
    assert "dueDate" not in draft.payload


def test_columns_that_agree_decide_for_one_that_cannot() -> None:
    first = row_with(Forfallsdato="01.02.2026", Fakturadato="15.01.2026")
    assert built(first)[0].payload["dueDate"] == "2026-02-01T00:00:00Z"


def test_columns_that_contradict_decide_nothing() -> None:
    drafts = built(
        row_with(Forfallsdato="01.02.2026", Fakturadato="15.01.2026"),
        row_with(Forfallsdato="01.02.2026", Fakturadato="01/15/2026"),
    )
    assert codes(drafts[0]) == ["date.ambiguous"]


def test_a_person_decides() -> None:
    table, layout = sheet_of(row_with(Forfallsdato="01.02.2026"))
    mapping = mapped(table, layout, {**CONSTANTS, "dueDate.date_order": "month_day"})
    (draft,) = build(table, layout, mapping, invoice_catalog(), SENDER)
    assert draft.payload["dueDate"] == "2026-01-02T00:00:00Z"


def test_number_styles_by_column() -> None:
    drafts = built(row_with(Restbeløp="1.234"), row_with(Restbeløp="12,50"))
    assert drafts[0].payload["claims"][0]["remainingAmount"] == Decimal("1234.00")
    assert codes(built(row_with(Restbeløp="1.234"))[0]) == ["amount.ambiguous"]


@pytest.mark.parametrize(
    ("country", "stored", "sent"),
    [
        ("Norge", 158, "0158"),
        ("FI", 100, "00100"),
        ("Danmark", 999, "0999"),
        ("Sverige", 11122, "11122"),
        (None, 158, "0158"),
    ],
)
def test_lost_zeros_of_postcodes(country: str | None, stored: int, sent: str) -> None:
    (draft,) = built(row_with(Postnr=stored, Land=country))
    assert draft.payload["debtors"][0]["addresses"][0]["zipCode"] == sent
    assert codes(draft) == (["identifier.zeros_restored"] if len(str(stored)) < len(sent) else [])


def test_lost_zeros_of_national_ids_only_with_proof() -> None:
    proved = built(row_with(Fødselsnummer=1010750160))[0]
    sent = proved.payload["debtors"][0]["identificationNumber"]
    assert (sent, codes(proved)) == ("01010750160", ["identifier.zeros_restored"])
    unproved = built(row_with(Fødselsnummer=1010750161))[0]
    assert unproved.payload["debtors"][0]["identificationNumber"] == "1010750161"


def test_padding_can_be_undone_for_the_column() -> None:
    table, layout = sheet_of(row_with(Postnr=158))
    mapping = mapped(table, layout)
    rule = mapping.rule("zipCode")
    assert rule is not None
    (draft,) = build(table, layout, mapping.with_rules([replace(rule, pad=False)]), invoice_catalog())
    assert draft.payload["debtors"][0]["addresses"][0]["zipCode"] == "158"


def test_a_reference_is_never_padded() -> None:
    (draft,) = built(row_with(KID=260001233))
    assert draft.payload["ocrReferenceNumber"] == "260001233"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (error("#REF!"), "cell.error"),
        (no_value(), "cell.no_value"),
        (number("1.2345678901234567E+19"), "identifier.damaged"),
        ("102\u200b34", "identifier.invisible"),
    ],
)
def test_damage_is_named_at_its_cell(cell: Given, code: str) -> None:
    (draft,) = built(row_with(Fakturanr=cell))
    assert [(placed.row, placed.column, placed.flaw.code) for placed in draft.flaws] == [(2, 1, code)]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(0, "left_out.zero"), (Decimal("-500.5"), "left_out.negative"), ("(500,00)", "left_out.negative")],
)
def test_settled_rows_and_credit_notes_are_left_out(amount: Given, reason: str) -> None:
    assert built(row_with(Restbeløp=amount))[0].left_out == reason


def test_a_blank_row_is_left_out() -> None:
    assert built([None] * len(HEADINGS))[0].left_out == "row.blank"


def test_a_row_with_something_beside_the_mapped_columns_is_told_apart() -> None:
    headings = (*HEADINGS, "Merknad internt")
    table, layout = sheet_of([*[None] * len(HEADINGS), "se pkt 4"], headings=headings)
    (draft,) = build(table, layout, mapped(table, layout), invoice_catalog())
    assert draft.left_out == "row.not_mapped"


def test_where_nothing_is_mapped_no_row_is_called_empty() -> None:
    table, layout = sheet_of(["x", "y"], headings=("Foo", "Bar"))
    (draft,) = build(table, layout, Mapping(headings=layout.headings), invoice_catalog())
    assert draft.left_out == ""


def test_credit_notes_by_word() -> None:
    headings = (*HEADINGS, "Purretrinn")
    table, layout = sheet_of([*GOOD, "Kreditnota"], [*GOOD, "Purring"], [*GOOD, "Inkasso"], headings=headings)
    mapping = mapped(table, layout, {"currency": "NOK"})
    drafts = list(build(table, layout, mapping, invoice_catalog(), SENDER))
    assert [draft.left_out for draft in drafts] == ["left_out.credit_note", "", ""]
    assert drafts[1].payload["type"] == "PAYMENT_REMINDER"
    assert codes(drafts[2]) == ["enum.no_word_yet"]


def test_combine_split_default_and_prefix() -> None:
    headings = ("Nr", "Fornavn", "Etternavn", "Poststed samlet", "Id", "Valuta")
    table, layout = sheet_of(["INV-17", "Kari", "Prøve", "0150 Oslo", "923 609 016", None], headings=headings)
    mapping = Mapping(
        headings=headings,
        rules=(
            FieldRule("invoiceNumber", (1,), strip_prefix="INV-"),
            FieldRule("name", (2, 3)),
            FieldRule("zipCode", (4,), part=Part.ZIP_CODE),
            FieldRule("city", (4,), part=Part.CITY),
            FieldRule("organizationNumber", (5,), part=Part.ORGANIZATION),
            FieldRule("identificationNumber", (5,), part=Part.PERSON),
            FieldRule("currency", (6,), default="nok"),
        ),
    )
    (draft,) = build(table, layout, mapping, invoice_catalog())
    debtor = draft.payload["debtors"][0]
    assert draft.payload["invoiceNumber"] == "17"
    assert draft.payload["currency"] == "NOK"
    assert (debtor["name"], debtor["organizationNumber"]) == ("Kari Prøve", "923609016")
    assert debtor["addresses"] == [{"zipCode": "0150", "city": "Oslo"}]
    assert "identificationNumber" not in debtor
    assert [ref.a1 for ref in draft.origin("debtors[0].name")] == ["B2", "C2"]


@pytest.mark.parametrize(
    ("number", "field", "found"),
    [
        ("10915596785", "identificationNumber", []),
        ("923609017", "organizationNumber", []),
        ("5560160681", "", ["part.not_told_apart"]),
    ],
)
def test_a_number_that_does_not_add_up_is_judged_as_what_it_was_to_be(
    number: str, field: str, found: list[str]
) -> None:
    table, layout = sheet_of([number], headings=("Orgnr/Fødselsnr",))
    rules = (
        FieldRule("organizationNumber", (1,), part=Part.ORGANIZATION),
        FieldRule("identificationNumber", (1,), part=Part.PERSON),
    )
    (draft,) = build(table, layout, Mapping(headings=("Orgnr/Fødselsnr",), rules=rules), invoice_catalog())
    (debtor,) = draft.payload.get("debtors") or ({},)
    assert {key for key in debtor if key.endswith("Number")} == ({field} if field else set())
    assert [code for code in codes(draft) if code.startswith("part.")] == found


def test_names_are_split_only_when_asked() -> None:
    headings = ("Navn",)
    table, layout = sheet_of(["Kari Anne Prøve"], ["Prøve, Kari"], headings=headings)
    rules = (
        FieldRule("firstname", (1,), part=Part.FIRST_NAME),
        FieldRule("lastname", (1,), part=Part.LAST_NAME),
    )
    drafts = build(table, layout, Mapping(headings=headings, rules=rules), invoice_catalog())
    found = [(d.payload["debtors"][0]["firstname"], d.payload["debtors"][0]["lastname"]) for d in drafts]
    assert found == [("Kari Anne", "Prøve"), ("Kari", "Prøve")]


def test_a_second_debtor_of_the_same_row() -> None:
    headings = (*HEADINGS, "Debitor 2 navn", "Debitor 2 fnr")
    table, layout = sheet_of([*GOOD, "Ola Prøve", "13527248013"], [*GOOD, None, None], headings=headings)
    mapping = mapped(table, layout).with_rules(
        [FieldRule("debtors[1].name", (17,)), FieldRule("debtors[1].identificationNumber", (18,))]
    )
    drafts = list(build(table, layout, mapping, invoice_catalog(), SENDER))
    assert drafts[0].payload["debtors"][1] == {
        "name": "Ola Prøve",
        "identificationNumber": "13527248013",
        "type": "PRIVATE",
    }
    assert [ref.a1 for ref in drafts[0].origin("debtors[1].name")] == ["Q2"]
    assert len(drafts[1].payload["debtors"]) == 1


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"Fødselsnummer": "10915596784", "Orgnr": None}, "PRIVATE"),
        ({"Fødselsnummer": None, "Orgnr": "923609016"}, "COMPANY"),
        ({"Fødselsnummer": None, "Orgnr": None, "Navn": "Riverside AS"}, "COMPANY"),
        ({"Fødselsnummer": None, "Orgnr": None}, None),
        ({"Fødselsnummer": "10915596784", "Orgnr": "923609016"}, None),
    ],
)
def test_private_or_company(changed: dict[str, Given], wanted: str | None) -> None:
    assert built(row_with(**changed))[0].payload["debtors"][0].get("type") == wanted


def test_value_tables_come_first() -> None:
    headings = (*HEADINGS, "Kundetype")
    table, layout = sheet_of([*GOOD, "K1"], headings=headings)
    mapping = mapped(table, layout)
    rule = mapping.rule("debtorType") or FieldRule("debtorType", (17,))
    mapping = mapping.with_rules([replace(rule, columns=(17,), values={"k1": "COMPANY"})])
    (draft,) = build(table, layout, mapping, invoice_catalog())
    assert draft.payload["debtors"][0]["type"] == "COMPANY"


def test_an_edit_lies_over_the_cell() -> None:
    table, layout = sheet_of(row_with(Forfallsdato="x"))
    mapping = mapped(table, layout)
    edited = table.with_edits({(2, 3): "2026-09-01"})
    plan = Plan(edited, layout, mapping, invoice_catalog(), SENDER)
    (draft,) = drafts_of(plan, layout, [2])
    assert draft.payload["dueDate"] == "2026-09-01T00:00:00Z"


def test_a_constant_that_does_not_fit_stops_the_work() -> None:
    table, layout = sheet_of(GOOD)
    with pytest.raises(Trouble) as caught:
        list(build(table, layout, mapped(table, layout, {"currency": "Taler"}), invoice_catalog()))
    assert caught.value.code == "mapping.constant_not_listed"


def test_blocks_and_columns_of_other_lengths_are_no_matter() -> None:
    rows = [row_with(Fakturanr=str(n), Beskrivelse="x" if n < 3 else None) for n in range(2500)]
    drafts = built(*rows)
    assert [draft.payload["invoiceNumber"] for draft in drafts] == [str(n) for n in range(2500)]
    assert [draft.rows[0] for draft in drafts] == list(range(2, 2502))


def test_derived_keys_follow_the_documented_rule() -> None:
    derive = source_id_maker(ORGANIZATION)
    assert derive("10234") == derive(" 010234") == "d91e6d1a-d53a-5451-bdff-5c1dc244d45e"
    assert derive("A-17") == derive("a-17") == "25f41e0e-278d-56c0-a47e-e37fe0c647f9"
    assert source_id_maker("another")("10234") != derive("10234")


@given(st.text(max_size=30))
def test_derived_keys_are_version_5(text: str) -> None:
    wanted = uuid.uuid5(uuid.UUID(ORGANIZATION), normalized_number(text))
    assert source_id_maker(ORGANIZATION)(text) == str(wanted)


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalized_number(normalized_number(text)) == normalized_number(text)


def test_date_orders_have_names() -> None:
    assert {order.value for order in DateOrder} == {"day_month", "month_day"}


def test_a_fee_of_nothing_is_no_claim() -> None:
    headings = (*HEADINGS, "Rente", "Gebyr")
    drafts = built((*GOOD, number("0"), number("35")), (*GOOD, number("7.5"), number("0")), headings=headings)
    claims = [[(one["type"], one["remainingAmount"]) for one in d.payload["claims"]] for d in drafts]
    assert [further for _, *further in claims] == [
        [("FEE", Decimal("35.00"))],
        [("INTEREST", Decimal("7.50"))],
    ]
    (negative,) = built((*GOOD, number("0"), number("-35")), headings=headings)
    assert negative.payload["claims"][1]["remainingAmount"] == Decimal("-35.00")


def test_a_second_debtor_in_columns_of_its_own() -> None:
    headings = (*HEADINGS, "Debitor 2 navn", "Debitor 2 fødselsnummer")
    (draft,) = built((*GOOD, "Ola Prøve", "13527248013"), headings=headings)
    first, second = draft.payload["debtors"]
    assert first["name"] == "Kari Prøve"
    assert second == {"name": "Ola Prøve", "identificationNumber": "13527248013", "type": "PRIVATE"}


@pytest.mark.parametrize(
    ("country", "written", "wanted"),
    [
        ("Sverige", "070-123 45 67", ("46", "701234567")),
        ("Danmark", "20123456", ("45", "20123456")),
        ("Sverige", "+47 912 34 567", ("47", "91234567")),
        ("Tyskland", "030 1234567", (None, "0301234567")),
        ("Norge", "0701234567", (None, "0701234567")),
        ("Norge", "91234567", ("47", "91234567")),
    ],
)
def test_a_phone_number_is_of_the_country_where_the_debtor_lives(
    country: str, written: str, wanted: tuple[str | None, str]
) -> None:
    (draft,) = built(row_with(Mobil=written, Land=country))
    (phone,) = draft.payload["debtors"][0]["phoneNumbers"]
    assert (phone.get("countryCode"), phone["value"]) == wanted


def test_a_currency_for_all_rows_never_replaces_one_that_a_cell_names() -> None:
    table, layout = sheet_of((*GOOD, "EUR"), (*GOOD, None), headings=(*HEADINGS, "Valuta"))
    mapping = mapped(table, layout, {"currency": "NOK", "invoiceType": "NOTICE"})
    drafts = build(table, layout, mapping, invoice_catalog(), SENDER)
    assert [draft.payload["currency"] for draft in drafts] == ["EUR", "NOK"]
