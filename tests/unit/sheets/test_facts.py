"""What a person is told about a workbook: the table in the sheet, and its damage, cell by cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rowpost.model.problems import Problem, Severity
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import Opened, Reading
from tests.support.workbook_bytes import (
    parts_of,
    read_here,
    sheet_xml,
    simple,
    styles_xml,
    table_rows,
    zipped,
)

HEADINGS = ["Fakturanr", "Navn", "Restbeløp", "Forfallsdato", "Postnr", "KID"]


def fact(opened: Opened, code: str) -> Problem:
    found = [problem for problem in opened.facts if problem.code == code]
    assert len(found) == 1, [problem.code for problem in opened.facts]
    return found[0]


def codes(opened: Opened) -> set[str]:
    return {problem.code for problem in opened.facts}


def test_damage_is_told_cell_by_cell(tmp_path: Path) -> None:
    rows = (
        table_rows([HEADINGS])
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>F1</t></is></c><c r="C2" t="e"><v>#N/A</v></c>'
        + '<c r="E2"><v>150</v></c><c r="F2"><v>12345678901234567890</v></c></row>'
        + '<row r="3"><c r="A3" t="inlineStr"><is><t>F2</t></is></c><c r="C3"><f>B3*2</f></c>'
        + '<c r="D3"><f>TODAY()</f><v>45306</v></c><c r="E3" s="1"><v>158</v></c></row>'
        + '<row r="4"><c r="A4" t="str"><v>F_x200B_3</v></c><c r="C4"><v>5</v></c></row>'
        + '<row r="5"><c r="C5"><v>5</v></c></row><row r="6"><c r="C6" t="str"><v>7</v></c></row>'
    )
    styles = styles_xml(["General", "0000"])
    more = '<workbookPr date1904="1"/>'
    opened = read_here(
        tmp_path, zipped(parts_of({"Ark1": sheet_xml(rows)}, styles=styles, workbook_more=more))
    )
    assert fact(opened, "sheets.error_cells").where[0].a1 == "C2"
    assert fact(opened, "sheets.error_cells").values["word"] == "#N/A"
    assert fact(opened, "sheets.digits_lost").where[0].a1 == "F2"
    assert [cell.a1 for cell in fact(opened, "sheets.zeros_lost").where] == ["E2"]
    assert fact(opened, "sheets.no_value").where[0].a1 == "C3"
    assert fact(opened, "sheets.changing_value").where[0].a1 == "D3"
    assert fact(opened, "sheets.invisible_characters").values["code"] == "U+200B"
    assert fact(opened, "sheets.numbers_as_text").where[0].a1 == "C6"
    assert "sheets.epoch_1904" in codes(opened)
    assert opened.table.epoch_1904


def test_totals_are_left_out_and_used_as_check_sums(tmp_path: Path) -> None:
    data: list[list[str | int | float | None]] = [[f"F{n}", "Navn", 10.5, "x", 4006, "1"] for n in range(4)]
    fits = [*data, ["Totalt", None, 42]]
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *fits])))
    assert [total.row for total in opened.layout.total_rows] == [6]
    assert (6, "row.total") in opened.layout.left_out
    assert fact(opened, "sheets.total_fits").values["row"] == 6
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, ["Totalt", None, 43]])))
    differs = fact(opened, "sheets.total_differs").values
    assert (differs["row"], differs["heading"], differs["sum"]) == (6, HEADINGS[2], 42)
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, [None, None, 42]])))
    assert [total.row for total in opened.layout.total_rows] == [6]
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, ["F9", None, 43]])))
    assert opened.layout.total_rows == ()


def test_amounts_written_as_text_count_for_the_total(tmp_path: Path) -> None:
    data: list[list[str | int | float | None]] = [[f"F{n}", "Navn", 10.5, "x", 4006, "1"] for n in range(3)]
    text: list[str | int | float | None] = ["F9", "Navn", "1.250,00", "x", 4006, "1"]
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, text, ["Totalt", None, 1281.5]])))
    assert fact(opened, "sheets.total_fits").values["row"] == 6
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, text, ["Totalt", None, 31.5]])))
    assert fact(opened, "sheets.total_differs").values["sum"] == Decimal("1281.5")


def test_totals_that_were_never_calculated_are_left_out(tmp_path: Path) -> None:
    cells = [f"F{n}" for n in range(4)]
    data: list[list[str | int | float | None]] = [[one, "Navn", 10.5, "x", 4006, "1"] for one in cells]
    rows = table_rows([HEADINGS, *data])
    formula = '<c r="C6"><f>SUM(C2:C5)</f></c>'
    for word in ("Sum", "Sum NOK", ""):
        cell = f'<c r="A6" t="inlineStr"><is><t>{word}</t></is></c>' if word else ""
        opened = read_here(tmp_path, simple(f'{rows}<row r="6">{cell}{formula}</row>'))
        assert (6, "row.total") in opened.layout.left_out, word
        assert fact(opened, "sheets.total_row").where[0].row == 6
    other = '<c r="A6" t="inlineStr"><is><t>F9</t></is></c>'
    opened = read_here(tmp_path, simple(f'{rows}<row r="6">{other}{formula}</row>'))
    assert opened.layout.total_rows == ()


def test_a_heading_below_the_sheet_is_refused(tmp_path: Path) -> None:
    book = simple(table_rows([HEADINGS, ["F1", "Navn", 1, "x", 4006, "1"]]))
    for row in (0, 1, 2):
        read_here(tmp_path, book, reading=Reading(header_row=row))
    for row in (3, 99):
        with pytest.raises(Trouble) as refused:
            read_here(tmp_path, book, reading=Reading(header_row=row))
        assert (refused.value.code, refused.value.values["last"]) == ("sheets.no_such_row", 2)


@pytest.mark.parametrize("total", ["13 850,40", "1.234,50", "kr 1\xa0200", "(500,00)"])
def test_totals_written_as_text_are_left_out(tmp_path: Path, total: str) -> None:
    data: list[list[str | int | float | None]] = [
        [f"F{n}", "Navn", "10,50", "x", "4006", "1"] for n in range(4)
    ]
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, ["Sum", None, total]])))
    assert (6, "row.total") in opened.layout.left_out
    opened = read_here(tmp_path, simple(table_rows([HEADINGS, *data, ["Sum", "Lund", "ukjent"]])))
    assert opened.layout.total_rows == ()


def test_hidden_filtered_and_struck_rows_are_counted_apart(tmp_path: Path) -> None:
    rows = table_rows([HEADINGS, *(["F", "N", 1, "d", 4006, "1"] for _ in range(4))])
    rows = rows.replace('<row r="3">', '<row r="3" hidden="1">').replace(
        '<row r="7">', '<row r="7" hidden="1">'
    )
    opened = read_here(tmp_path, simple(rows))
    assert fact(opened, "sheets.hidden_rows").severity is Severity.WARNING
    assert opened.layout.hidden_rows == (3,)
    left = read_here(tmp_path, simple(rows), reading=Reading(include_hidden=False)).layout.left_out
    assert (3, "row.hidden") in left
    filtered = sheet_xml(rows, after='<autoFilter ref="A1:F5"/>')
    opened = read_here(tmp_path, zipped(parts_of({"A": filtered})))
    assert opened.table.filtered_rows == {3}
    assert "sheets.filtered_rows" in codes(opened)
    struck = rows.replace('<c r="A4"', '<c r="A4" s="1"')
    for letter in "BCDEF":
        struck = struck.replace(f'<c r="{letter}4"', f'<c r="{letter}4" s="1"')
    opened = read_here(tmp_path, simple(struck, styles=styles_xml(["General", "General"], struck=True)))
    assert opened.table.struck_rows == {4}


def test_merged_cells_are_carried_down_but_shown_once(tmp_path: Path) -> None:
    from rowpost.shown.sheet_csv import shown_rows

    rows = table_rows([HEADINGS, ["F1", "Kari", 1], [None, None, 2], [None, None, 3]])
    merged = sheet_xml(
        rows, after='<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B2:B3"/></mergeCells>'
    )
    opened = read_here(tmp_path, zipped(parts_of({"A": merged})))
    assert [opened.table.cell(row, 1).stored for row in (2, 3, 4)] == ["F1", "F1", "F1"]
    assert [opened.table.cell(row, 2).stored for row in (2, 3, 4)] == ["Kari", "Kari", ""]
    assert fact(opened, "sheets.merged_cells").values["count"] == 3
    assert [row[0] for row in shown_rows(opened.table)][1:] == ["F1", "", ""]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Rapport"], ["Dato", "1.1.2024"], [None], HEADINGS, ["F1", "A", 1, "d", 1, "1"]], (4,)),
        ([["Faktura", "Forfalls", "Post"], ["nr", "dato", "nr"], ["1", "A", 5], ["2", "B", 5]], (1, 2)),
        ([[100, 5, 7], [101, 5, 7]], ()),
        ([["Kolonne en", "Kolonne to"], ["x", 5], ["y", 6]], (1,)),
    ],
)
def test_the_header_row_is_found(
    tmp_path: Path, rows: list[list[str | int | float | None]], header: tuple[int, ...]
) -> None:
    assert read_here(tmp_path, simple(table_rows(rows))).layout.header_rows == header


def test_repeated_headings_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    rows = table_rows([HEADINGS, ["F1", "A", 1, "d", 1, "1"], [None], HEADINGS, ["F2", "B", 1, "d", 1, "1"]])
    opened = read_here(tmp_path, simple(rows))
    assert opened.layout.left_out == ((3, "row.blank"), (4, "row.repeated_header"))


def test_the_person_may_point_at_another_row(tmp_path: Path) -> None:
    content = simple(table_rows([["a", "b"], HEADINGS, ["F1", "A"]]))
    assert read_here(tmp_path, content, reading=Reading(header_row=1)).layout.header_rows == (1,)
    opened = read_here(tmp_path, content, reading=Reading(header_row=0))
    assert opened.layout.header_rows == ()
    assert "sheets.no_headings" in codes(opened)
