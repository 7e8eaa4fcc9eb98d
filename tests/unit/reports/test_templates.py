"""What stands in `templates/` is what the schemas make today, and protects what people type into it."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from stdnum import luhn
from stdnum.no import fodselsnummer, orgnr

from rowpost.catalog import LANGUAGES, FieldKind, fold, known_headings
from rowpost.reports.make_templates import SAMPLE, SCENARIO, template_files
from rowpost.reports.sample import TODAY, modulo11, person_id, sample_rows
from rowpost.reports.sample_workbook import HEADER_ROW, REJECTIONS
from rowpost.reports.template import comment, example, number_format, template_fields, write_template
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog, schema_documents

TEMPLATES = Path(__file__).parents[3] / "templates"
CATALOG = invoice_catalog()
MADE = template_files(schema_documents())


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook: compression may differ from machine to machine, these may not."""
    with ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def opened(name: str) -> Workbook:
    return load_workbook(BytesIO(MADE[name]))


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_committed_file_is_what_the_schemas_make(name: str) -> None:
    committed = (TEMPLATES / name).read_bytes()
    if name.endswith(".json"):
        assert committed == MADE[name]
    else:
        assert parts(committed) == parts(MADE[name])


def test_nothing_else_lies_in_templates() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == set(MADE)
    assert template_files(schema_documents()) == MADE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_speaks_its_language_and_is_recognised(language: str) -> None:
    wording = Wording(language, CATALOG)
    sheet, explanation = opened(f"invoices-{language}.xlsx").worksheets
    known, fields = known_headings(CATALOG), template_fields(CATALOG)
    assert [known[fold(cell.value)].key for cell in sheet[1]] == [field.key for field in fields]
    for cell, field in zip(sheet[1], fields, strict=True):
        assert cell.value == field.labels[language]
        assert cell.comment.text == comment(field, wording)
        assert field.help[language] in cell.comment.text
        assert sheet.column_dimensions[cell.column_letter].number_format == number_format(field, wording)
    explained = [row[0].value for row in explanation.iter_rows(min_row=5)]
    assert explained == [field.labels[language] for field in fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_offer_the_words_and_zeros_are_safe(language: str) -> None:
    sheet = opened(f"invoices-{language}.xlsx").worksheets[0]
    rules = {str(rule.sqref).split(":")[0][:-1]: rule for rule in sheet.data_validations.dataValidation}
    for cell, field in zip(sheet[1], template_fields(CATALOG), strict=True):
        column = cell.column_letter
        if field.kind is FieldKind.IDENTIFIER:
            assert sheet.column_dimensions[column].number_format == "@"
        if field.options:
            offered = rules[column].formula1.strip('"').split(",")
            meanings = {
                word.casefold() for option in field.options for word in (option.value, *option.aliases)
            }
            assert {word.casefold() for word in offered} <= meanings
            assert len(offered) == len(field.options)
        if field.kind in (FieldKind.AMOUNT, FieldKind.DATE, FieldKind.DATE_TIME):
            assert rules[column].type in ("decimal", "date")
        if column in rules:
            assert len(rules[column].error) <= 255


def test_examples_are_written_as_people_write_there() -> None:
    def written(key: str, language: str) -> str:
        return example(CATALOG.field(key), Wording(language, CATALOG)).replace("\N{NO-BREAK SPACE}", " ")

    assert [written("dueDate", language) for language in ("nb", "sv")] == ["01.09.2026", "2026-09-01"]
    assert [written("remainingAmount", language) for language in ("nb", "da", "en")] == [
        "4 500,00",
        "4.500,00",
        "4,500.00",
    ]
    assert [written("invoiceType", language) for language in ("da", "fi")] == ["Rykker", "Maksumuistutus"]
    assert [written("vat", language) for language in ("nb", "fi")] == ["ja", "kyllä"]
    assert (written("currency", "fi"), written("zipCode", "fi")) == ("NOK", "0150")
    for language in LANGUAGES:
        assert all(written(field.key, language) for field in CATALOG.fields)


def test_a_template_is_saved_where_it_is_wanted(tmp_path: Path) -> None:
    out = tmp_path / "tom mal.xlsx"
    write_template(CATALOG, Wording("nb", CATALOG), out)
    assert out.read_bytes() == MADE["invoices-nb.xlsx"]
    assert list(tmp_path.iterdir()) == [out]


def test_the_sample_has_five_mistakes_and_is_otherwise_fit() -> None:
    rows = sample_rows()
    assert len(rows) == 60
    mistaken = [row for row in rows if row.company_id and not orgnr.is_valid(row.company_id)]
    mistaken += [row for row in rows if row.invoiced > row.due or not row.name or isinstance(row.rest, str)]
    mistaken += [row for row in rows if [other.number for other in rows].count(row.number) > 1][1:]
    assert len(mistaken) == 5
    assert all(luhn.is_valid(row.kid) for row in rows)
    assert all(14 <= (TODAY - row.due).days < 365 for row in rows)
    assert all(row.rest <= row.amount for row in rows if not isinstance(row.rest, str))
    assert all(row.company_id.startswith("3") or not row.company_id for row in rows)
    assert all(row.email.endswith("example.no") for row in rows if row.email)


def test_the_sample_names_nobody() -> None:
    for row in sample_rows():
        if row.person_id:
            month, day = int(row.person_id[2:4]), int(row.person_id[:2])
            assert 41 <= month <= 52 or 81 <= month <= 92
            assert 1 <= day <= 31
            first = modulo11(row.person_id[:9], (3, 7, 6, 1, 8, 9, 4, 5, 2))
            assert row.person_id[9] == str(first)
            assert row.person_id[10] == str(modulo11(row.person_id[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)))
    assert person_id(date(1955, 11, 10), 967, 0) == "10915596784"  # Tenor's published number
    assert fodselsnummer.calc_check_digit1("101155967") == str(
        modulo11("101155967", (3, 7, 6, 1, 8, 9, 4, 5, 2))
    )


def test_the_sample_workbook_looks_like_an_export() -> None:
    sheet = opened(SAMPLE).worksheets[0]
    headings = [cell.value for cell in sheet[HEADER_ROW]]
    known = known_headings(CATALOG)
    assert all(fold(heading) in known for heading in headings)
    assert {field.key for field in CATALOG.fields if field.required and not field.derived} <= {
        known[fold(heading)].key for heading in headings
    }
    body = list(sheet.iter_rows(min_row=HEADER_ROW + 1))
    postcodes = [row[headings.index("Postnr")] for row in body]
    assert any(cell.value == "0184" for cell in postcodes)
    assert any(cell.value == 150 and cell.number_format == "0000" for cell in postcodes)
    assert all(isinstance(row[headings.index("Forfallsdato")].value, datetime) for row in body)
    assert all(isinstance(row[headings.index("KID")].value, str) for row in body)
    assert sum(isinstance(row[headings.index("Restbeløp")].value, str) for row in body) == 1
    assert len(body) == 60


def test_the_practice_server_rejects_three_good_rows_of_the_sample() -> None:
    scenario = json.loads(MADE[SCENARIO])
    assert [entry["invoiceNumber"] for entry in scenario["reject"]] == [number for number, _, _ in REJECTIONS]
    numbers = [row.number for row in sample_rows()]
    for entry in scenario["reject"]:
        assert numbers.count(entry["invoiceNumber"]) == 1
        assert entry["message"]
    mistaken = {"10209", "10223", "10232", "10243", "10248"}
    assert not mistaken & {entry["invoiceNumber"] for entry in scenario["reject"]}
