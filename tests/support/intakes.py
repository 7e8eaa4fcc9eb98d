"""Sheets that go the whole way: headings and rows in, an Assessment out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rowpost.intake import IntakeRules, assess
from rowpost.mapping import Grouping, suggest
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.assessment import Assessment
from rowpost.model.settings import CheckSettings
from rowpost.model.table import Table
from rowpost.model.targets import Environment
from rowpost.model.workbook import Layout
from tests.support.catalogs import invoice_catalog
from tests.support.tables import Given, layout_of, table_of

TODAY = date(2026, 11, 21)
ORGANIZATION = "3f2b8c1e-0d4a-4c5e-9b1a-2f6d7e8c9a10"
CONSTANTS = {"currency": "NOK", "invoiceType": "PAYMENT_REMINDER"}
CHECKS = CheckSettings(14, 36, 30, {}, {})
RULES = IntakeRules(TODAY, Environment.STAGING, ORGANIZATION, CHECKS)

HEADINGS = (
    *("Fakturanr", "Fakturadato", "Forfallsdato", "Fakturabeløp", "Restbeløp", "Navn", "Fødselsnummer"),
    *("Orgnr", "Adresse", "Postnr", "Sted", "Land", "E-post", "Mobil", "KID", "Beskrivelse"),
)
GOOD: tuple[Given, ...] = (
    *(
        "10234",
        date(2026, 8, 15),
        date(2026, 9, 1),
        Decimal(4500),
        Decimal(4500),
        "Kari Prøve",
        "10915596784",
    ),
    *(
        None,
        "Storgata 1",
        "0150",
        "Oslo",
        "Norge",
        "kari@example.no",
        "+47 22 33 44 55",
        "20260001233",
        "Strøm",
    ),
)


def row_with(**changed: Given) -> list[Given]:
    """A good row with some cells changed, by heading."""
    row = list(GOOD)
    for heading, value in changed.items():
        row[HEADINGS.index(heading.replace("_", "-"))] = value
    return row


def sheet_of(*rows: Sequence[Given], headings: Sequence[str] = HEADINGS) -> tuple[Table, Layout]:
    """A table and its layout."""
    grid = [headings, *rows]
    return table_of(grid), layout_of(grid)


def assessed(
    *rows: Sequence[Given],
    headings: Sequence[str] = HEADINGS,
    rules: IntakeRules = RULES,
    constants: Mapping[str, str] | None = None,
    grouping: Grouping | None = None,
) -> Assessment:
    """Map by the headings and assess."""
    table, layout = sheet_of(*rows, headings=headings)
    return assess(table, layout, mapped(table, layout, constants, grouping), invoice_catalog(), rules)


def mapped(
    table: Table,
    layout: Layout,
    constants: Mapping[str, str] | None = None,
    grouping: Grouping | None = None,
) -> ColumnMapping:
    """The suggested mapping, with the usual constants."""
    found = suggest(table, layout, invoice_catalog(), constants=CONSTANTS if constants is None else constants)
    return replace(found, grouping=grouping) if grouping else found


def told(assessment: Assessment) -> list[tuple[str, str]]:
    """Every problem as (cell, code)."""
    return [(problem.where[0].a1 if problem.where else "", problem.code) for problem in assessment.problems]
