"""Several rows, one invoice."""

from __future__ import annotations

from decimal import Decimal

from rowpost.mapping import Grouping, GroupKind, Sender, build, decide, group_proposal
from rowpost.model.drafts import Draft
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, HEADINGS, ORGANIZATION, mapped, row_with, sheet_of
from tests.support.tables import Given

CLAIMS, DEBTORS = Grouping(GroupKind.CLAIMS), Grouping(GroupKind.DEBTORS)


def grouped(kind: Grouping, *rows: list[Given], headings: tuple[str, ...] = HEADINGS) -> list[Draft]:
    table, layout = sheet_of(*rows, headings=headings)
    mapping = mapped(table, layout, grouping=kind)
    return list(build(table, layout, mapping, invoice_catalog(), Sender(ORGANIZATION)))


def codes(draft: Draft) -> list[str]:
    return [placed.flaw.code for placed in draft.flaws]


def test_further_claims() -> None:
    drafts = grouped(
        CLAIMS, row_with(Restbeløp=Decimal(4000)), row_with(Fakturanr="2"), row_with(Restbeløp=Decimal(500))
    )
    assert [draft.rows for draft in drafts] == [(3,), (2, 4)]
    both = drafts[1]
    assert [claim["remainingAmount"] for claim in both.payload["claims"]] == [Decimal(4000), Decimal(500)]
    assert len(both.payload["debtors"]) == 1
    assert [ref.a1 for ref in both.origin("claims[1].remainingAmount")] == ["E4"]
    assert [ref.a1 for ref in both.origin("debtors[0].name")] == ["F2"]
    assert codes(both) == []


def test_kinds_of_claims_by_a_column() -> None:
    headings = (*HEADINGS, "Kravtype")
    drafts = grouped(
        CLAIMS,
        [*row_with(Restbeløp=Decimal(4000)), "PRINCIPAL"],
        [*row_with(Restbeløp=Decimal(60)), "FEE"],
        headings=headings,
    )
    assert [claim["type"] for claim in drafts[0].payload["claims"]] == ["PRINCIPAL", "FEE"]


def test_further_debtors() -> None:
    (draft,) = grouped(DEBTORS, list(GOOD), row_with(Navn="Ola Prøve", Fødselsnummer="13527248013"))
    assert [debtor["name"] for debtor in draft.payload["debtors"]] == ["Kari Prøve", "Ola Prøve"]
    assert len(draft.payload["claims"]) == 1
    assert [ref.a1 for ref in draft.origin("debtors[1].name")] == ["F3"]


def test_numbers_are_compared_without_zeros_and_case() -> None:
    (draft,) = grouped(CLAIMS, row_with(Fakturanr="a1"), row_with(Fakturanr="0A1"))
    assert draft.rows == (2, 3)


def test_shared_fields_must_agree_and_both_cells_are_named() -> None:
    (draft,) = grouped(CLAIMS, list(GOOD), row_with(KID="1234574"))
    (placed,) = draft.flaws
    assert (placed.flaw.code, placed.row, placed.column) == ("group.differs", 3, 15)
    assert [ref.a1 for ref in placed.also] == ["O2"]
    assert placed.flaw.values["row"] == 2


def test_debtors_of_one_invoice_must_agree() -> None:
    (draft,) = grouped(CLAIMS, list(GOOD), row_with(Navn="Ola Prøve"))
    assert codes(draft) == ["group.debtors_differ"]


def test_descriptions_of_lines_go_to_their_claims() -> None:
    (draft,) = grouped(CLAIMS, row_with(Beskrivelse="Strøm"), row_with(Beskrivelse="Nettleie"))
    assert [claim["description"] for claim in draft.payload["claims"]] == ["Strøm", "Nettleie"]
    assert codes(draft) == []


def test_left_out_rows_are_not_part_of_a_group() -> None:
    drafts = grouped(CLAIMS, list(GOOD), row_with(Restbeløp=0))
    assert [(draft.rows, draft.left_out) for draft in drafts] == [((3,), "left_out.zero"), ((2,), "")]


def test_a_row_that_stands_twice_is_never_claimed_twice() -> None:
    rest = row_with(Fakturabeløp=Decimal(9000), Restbeløp=Decimal(4000))
    (draft,) = grouped(CLAIMS, rest, row_with(Fakturabeløp=Decimal(9000), Restbeløp=Decimal(500)), rest)
    assert codes(draft) == ["group.same_row"]
    (placed,) = draft.flaws
    assert (placed.row, placed.flaw.values["row"]) == (4, 2)
    other = row_with(Fakturabeløp=Decimal(9000), Restbeløp=Decimal(4000), Beskrivelse="Strøm september")
    (fine,) = grouped(CLAIMS, rest, other)
    assert codes(fine) == []


def test_a_debtor_who_stands_twice_is_named() -> None:
    (draft,) = grouped(DEBTORS, list(GOOD), list(GOOD))
    assert codes(draft) == ["group.same_debtor"]


def test_copies_among_invoices_of_several_rows_say_nothing_of_them() -> None:
    lines = [row_with(Fakturanr="7", Restbeløp=Decimal(amount)) for amount in (10, 20)]
    table, layout = sheet_of(*lines, list(GOOD), list(GOOD))
    catalog, mapping = invoice_catalog(), mapped(table, layout)
    decisions = decide(table, layout, mapping, catalog)
    found = group_proposal(table, layout, mapping, catalog, decisions)
    assert found
    assert (found.kind, found.example, found.agreeing, found.seen) == (GroupKind.CLAIMS, "7", 1, 2)
    table, layout = sheet_of(list(GOOD), list(GOOD))
    assert group_proposal(table, layout, mapping, catalog, decisions) is None
