"""A report is a copy of the user's workbook in which everything else is as it was, to the byte."""

from __future__ import annotations

import hashlib
import re
import resource
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity
from rowpost.model.results import RunResult
from rowpost.model.trouble import Trouble
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.results_workbook import losses, write_results_workbook
from rowpost.reports.stamp import read_stamp
from rowpost.wording import LANGUAGES, Wording
from tests.support.catalogs import invoice_catalog
from tests.support.runs import made_result, made_run
from tests.support.tables import number, table_of
from tests.unit.reports.workbooks import changed, rich_workbook

SHEET = "Åpne poster"
NB = Wording("nb", invoice_catalog())
ROWS = [
    made_result((4,), RowState.ACCEPTED),
    made_result((5, 6), RowState.REJECTED, "250.50", raw='=HYPERLINK("http://x","<&>")'),
    made_result((7,), RowState.NOT_KNOWN),
    made_result((8,), RowState.LEFT_OUT),
    made_result((9,), RowState.NOT_FIT),
    made_result((10,), RowState.WAITING),
    made_result((99,), RowState.ACCEPTED),
]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_of(source: Path, sheet: str = SHEET, header_row: int = 3) -> RunResult:
    return made_run(ROWS, sheet=sheet, header_row=header_row, file=source.name, sha256=sha256(source))


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def values(sheet: Worksheet) -> dict[str, object]:
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def tints(sheet: Worksheet) -> dict[str, str]:
    """Which cells a rule of ours tints, and how."""
    found: dict[str, str] = {}
    for rules in sheet.conditional_formatting:
        for rule in rules.rules:
            if "Rowpost" in "".join(rule.formula):
                for cells in rules.sqref.ranges:
                    places = ((row, column) for row, column in cells.cells)
                    found |= {sheet.cell(*place).coordinate: rule.dxf.fill.bgColor.rgb for place in places}
    return found


def well_formed(path: Path) -> None:
    for name, content in parts(path).items():
        if name.endswith((".xml", ".rels", ".vml")):
            ET.fromstring(content)


def test_results_stand_beside_their_rows_and_the_rest_is_untouched(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "kunder.xlsx"), tmp_path / "resultat.xlsx"
    before = source.read_bytes()
    assert write_results_workbook(run_of(source), source, out, NB) == ()
    assert source.read_bytes() == before
    well_formed(out)
    old, new = parts(source), parts(out)
    changed = {name for name, content in old.items() if new[name] != content}
    assert changed == {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "[Content_Types].xml",
        "_rels/.rels",
    }
    was, now = openpyxl.load_workbook(source), openpyxl.load_workbook(out)
    assert now.sheetnames == [SHEET, "Tabell", "Skjult", "Sammendrag"]
    assert now["Skjult"].sheet_state == "hidden"
    assert values(was[SHEET]).items() <= values(now[SHEET]).items()
    assert now[SHEET]["E4"].value == "=C4*2"
    assert now[SHEET]["A4"].comment.text == was[SHEET]["A4"].comment.text
    for cell in ("A4", "B4", "C4"):
        assert now[SHEET][cell].number_format == was[SHEET][cell].number_format
        assert repr(now[SHEET][cell].fill) == repr(was[SHEET][cell].fill)
    assert now[SHEET].column_dimensions["G"].width > now[SHEET].column_dimensions["F"].width > 10
    assert [cell.value for cell in now[SHEET][3]][5:7] == ["Rowpost: resultat", "Rowpost: årsak"]
    said = {row: now[SHEET].cell(row, 6).value for row in range(1, 100)}
    assert {row: said[row] for row in said if said[row] and row > 3} == {
        row: NB.say(f"state.{result.state}") for result in ROWS for row in result.rows
    }
    assert now[SHEET]["H5"].value == '=HYPERLINK("http://x","<&>")'
    assert now[SHEET]["H5"].data_type == "s" or "inlineStr" in new["xl/worksheets/sheet1.xml"].decode()
    assert b"<f>HYPERLINK" not in new["xl/worksheets/sheet1.xml"]
    assert now[SHEET]["F4"].fill.fgColor.rgb == "FFE8F5EC"
    assert (
        CalamineWorkbook.from_path(str(out)).get_sheet_by_name(SHEET).to_python()[4][7].startswith("=HYPER")
    )


def test_the_summary_balances_and_the_stamp_is_found_again(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "kunder.xlsx"), tmp_path / "resultat.xlsx"
    run = run_of(source)
    write_results_workbook(run, source, out, NB)
    page = openpyxl.load_workbook(out)["Sammendrag"]
    rows = list(page.iter_rows(values_only=True))
    lines = {row[0]: row[1:3] for row in reversed(rows)}  # the balance stands above what to do
    assert lines["Kjøring"][0] == run.summary.run
    assert lines["Kontrollsum (SHA-256)"][0] == sha256(source)
    assert lines["Resultat"] == ("Rader", "NOK")
    assert lines[NB.say("state.rejected")] == (2, 250.5)
    assert lines[NB.say("reports.results.all")] == (8, 850.5)
    assert NB.say("reports.results.balanced") in lines
    assert NB.say("reports.results.reminder") in lines
    assert read_stamp(out) == {
        "kind": "results",
        "run": run.summary.run,
        "sheet": SHEET,
        "header_row": 3,
        "sha256": sha256(source),
        "page": "Sammendrag",
    }
    assert read_stamp(source) is None
    again = tmp_path / "igjen.xlsx"
    write_results_workbook(run_of(out), out, again, NB)
    assert read_stamp(again) == {**(read_stamp(out) or {}), "sha256": sha256(out)}
    assert openpyxl.load_workbook(again).sheetnames == openpyxl.load_workbook(out).sheetnames


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(tmp_path: Path, language: str) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    wording = Wording(language, invoice_catalog())
    write_results_workbook(run_of(source), source, out, wording)
    write_problem_workbook(source, table_of([["x"]], sheet=SHEET), 3, PROBLEMS, tmp_path / "c.xlsx", wording)
    for path in (out, tmp_path / "c.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for value in values(sheet).values():
                assert "reports." not in str(value)
                assert "severity." not in str(value)


PROBLEMS = [
    Problem(
        "catalog.no_such_list",
        Severity.ERROR,
        (CellRef(SHEET, 4, 3),),
        "claims[0].remainingAmount",
        {"key": "12.3.4", "known": "a"},
    ),
    Problem(
        "catalog.no_such_list", Severity.WARNING, (CellRef(SHEET, 4, 3),), "", {"key": "b", "known": "a"}
    ),
    Problem(
        "catalog.no_such_list", Severity.WARNING, (CellRef(SHEET, 6, 4),), "debtors[0].name", {"key": "c"}
    ),
    Problem("catalog.no_such_list", Severity.WARNING, (CellRef(SHEET, 4, 1),), "invoiceNumber", {"key": "d"}),
    Problem("catalog.no_such_list", Severity.ERROR, (CellRef(SHEET, 40, 9),), "", {"key": "e"}),
    Problem("catalog.no_such_list", Severity.ERROR, (CellRef(SHEET, 7, 0),), "", {"key": "f"}),
    Problem("catalog.no_such_list", Severity.NOTE, (CellRef(SHEET, 8, 1),), "", {"key": "g"}),
    Problem("catalog.no_such_list", Severity.ERROR, (CellRef("Tabell", 2, 1),), "", {"key": "h"}),
    Problem("catalog.no_such_list", Severity.ERROR, (), "", {"key": "i"}),
]


def test_problems_are_marked_at_their_cells_and_listed(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "kunder.xlsx"), tmp_path / "feil.xlsx"
    table = table_of([["a"]], sheet=SHEET)
    assert write_problem_workbook(source, table, 3, PROBLEMS, out, NB, sha256=sha256(source)) == ()
    well_formed(out)
    was, now = openpyxl.load_workbook(source)[SHEET], openpyxl.load_workbook(out)[SHEET]
    assert values(now) == values(was)
    bad, check = "FFFDECEA", "FFFFF4E0"
    assert tints(now) == {"C4": bad, "D6": check, "A4": check, "I40": bad, "A7": bad}
    assert len(now.conditional_formatting) == len(was.conditional_formatting) + 2
    comments = {cell.coordinate: cell.comment.text for row in now.iter_rows() for cell in row if cell.comment}
    assert comments.pop("A4") == "Ring denne kunden"  # a cell keeps the comment that it has
    assert set(comments) == {"C4", "D6", "I40", "A7"}
    assert "12.3.4" in comments["C4"]
    assert len(comments["C4"].splitlines()) == 2
    page = openpyxl.load_workbook(out)["Problemer"]
    lines = list(page.iter_rows(values_only=True))
    assert lines[0][0] == "9 problemer i kunder.xlsx"
    assert len(lines) == 3 + len(PROBLEMS)
    assert lines[3][1:4] == ("C4", 4, "Restbeløp")
    assert page["B4"].hyperlink.location == f"'{SHEET}'!C4"
    assert page["B11"].hyperlink.location == "'Tabell'!A2"
    assert read_stamp(out) == {
        "kind": "problems",
        "sheet": SHEET,
        "header_row": 3,
        "sha256": sha256(source),
        "page": "Problemer",
    }


def test_comments_where_the_sheet_had_none(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx", comment=False), tmp_path / "b.xlsx"
    write_problem_workbook(source, table_of([["a"]], sheet=SHEET), 3, PROBLEMS, out, NB)
    well_formed(out)
    sheet = openpyxl.load_workbook(out)[SHEET]
    assert sheet["A4"].comment.author == "Rowpost"
    children = [
        child.tag.rpartition("}")[2] for child in ET.fromstring(parts(out)["xl/worksheets/sheet1.xml"])
    ]
    assert children[children.index("drawing") + 1] == "legacyDrawing"
    drawing = parts(out)["xl/drawings/vmlDrawingRowpost1.vml"].decode()
    assert drawing.count("<v:shape ") == len({(4, 3), (4, 1), (6, 4), (40, 9), (7, 1)})


def test_what_is_not_kept_is_said_before_saving(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    run = run_of(source)
    assert losses(run, source, out) == ()
    assert [loss.code for loss in losses(run, tmp_path / "no.xlsx", out)] == ["reports.source_gone"]
    assert [loss.code for loss in losses(run, None, out)] == ["reports.source_gone"]
    csv = tmp_path / "a.csv"
    csv.write_text("Fakturanr;Navn\n0010;=1+1\n")
    assert [loss.code for loss in losses(run_of(csv), csv, out)] == ["reports.new_workbook"]
    with source.open("ab") as file:
        file.write(b" ")
    assert [loss.code for loss in losses(run, source, out)] == ["reports.source_changed"]
    assert not out.exists()


@pytest.mark.parametrize("why", ["gone", "changed"])
def test_without_the_workbook_the_results_are_a_list(tmp_path: Path, why: str) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    run = run_of(source)
    source.unlink() if why == "gone" else source.write_bytes(source.read_bytes() + b" ")
    told = write_results_workbook(run, source, out, NB, table=table_of([["a"]]))
    assert [loss.code for loss in told] == [f"reports.source_{why}"]
    well_formed(out)
    sheet = openpyxl.load_workbook(out)[SHEET]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:3] == ("Rad", "Fakturanummer", "Unik ID")
    assert lines[2][:6] == ("5, 6", "10005", "src-10005", "NOK", "250.50", "Avvist")
    assert len(lines) == 1 + len(ROWS)
    assert (read_stamp(out) or {})["kind"] == "results"


def test_a_text_file_becomes_a_new_workbook_with_its_cells(tmp_path: Path) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_text("x")
    rows = [
        ["Fakturanr", "Navn", "Beløp", "Ja", "Feil"],
        ["0010", "=1+1", number("1234567890.12345678901", "#,##0.00"), True, None],
        ["-5", "@x", Decimal("0.1"), False, "+47"],
    ]
    table = table_of(rows, sheet="a/b: [2026] et langt navn som ikke får plass")
    run = made_run([made_result((2,), RowState.ACCEPTED)], sheet=table.sheet, sha256=sha256(source))
    assert [loss.code for loss in write_results_workbook(run, source, out, NB, table=table)] == [
        "reports.new_workbook"
    ]
    well_formed(out)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    assert sheet.title == "a_b_ _2026_ et langt navn som i"
    assert [cell.value for cell in sheet[2]][:5] == ["0010", "=1+1", 1234567890.12345678901, True, None]
    assert b"<f>" not in parts(out)["xl/worksheets/sheet1.xml"]
    assert b"<v>1234567890.12345678901</v>" in parts(out)["xl/worksheets/sheet1.xml"]
    assert sheet["C2"].number_format == "#,##0.00"
    assert sheet["F2"].value == "Godtatt"
    problem = Problem("x", Severity.ERROR, (CellRef(table.sheet, 3, 5),))
    write_problem_workbook(source, table, 1, [problem], out, NB, sha256=sha256(source))
    book = openpyxl.load_workbook(out)
    assert tints(book.worksheets[0]) == {"E3": "FFFDECEA"}
    assert book.worksheets[1]["B4"].hyperlink.location == f"'{sheet.title}'!E3"


def test_the_source_is_never_written_to_and_names_must_fit(tmp_path: Path) -> None:
    source = rich_workbook(tmp_path / "a.xlsx")
    before = source.read_bytes()
    for out, code in (
        (source, "reports.is_source"),
        (tmp_path / "b.xls", "reports.wrong_ending"),
        (tmp_path / "b.xlsm", "reports.wrong_ending"),
        (tmp_path / "b", "reports.wrong_ending"),
        (tmp_path / "no" / "b.xlsx", "reports.no_folder"),
    ):
        with pytest.raises(Trouble) as caught:
            write_results_workbook(run_of(source), source, out, NB)
        assert caught.value.code == code
    assert source.read_bytes() == before
    assert list(tmp_path.iterdir()) == [source]


def test_a_damaged_workbook_becomes_a_list_and_nothing_half_made_stays(tmp_path: Path) -> None:
    whole = rich_workbook(tmp_path / "a.xlsx")
    for part, content in (
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"),
        ("xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"),
        ("xl/worksheets/sheet1.xml", b"<other/>"),
        ("xl/styles.xml", b"<styleSheet/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/_rels/workbook.xml.rels", b"\xff\xfe<"),
        ("[Content_Types].xml", b""),
    ):
        source, out = tmp_path / "damaged.xlsx", tmp_path / "out.xlsx"
        with ZipFile(source, "w") as archive:
            for name, old in parts(whole).items():
                archive.writestr(name, content if name == part else old)
        told = write_results_workbook(run_of(source), source, out, NB)
        assert [loss.code for loss in told] == ["reports.new_workbook"], part
        well_formed(out)
        assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx", "damaged.xlsx", "out.xlsx"}


def test_damage_that_shows_only_while_saving_leaves_a_complete_report(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with ZipFile(source) as archive:
        picture = archive.getinfo("xl/media/image1.png")
    damaged = bytearray(source.read_bytes())
    damaged[picture.header_offset + 30 + len(picture.filename) + 5] ^= 0xFF
    source.write_bytes(damaged)
    told = write_problem_workbook(source, table_of([["x"]], sheet=SHEET), 3, PROBLEMS, out, NB)
    assert [loss.code for loss in told] == ["reports.new_workbook"]
    well_formed(out)
    book = openpyxl.load_workbook(out)
    assert book[SHEET]["A1"].value == "x"
    assert book["Problemer"].max_row == 3 + len(PROBLEMS)
    assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx", "b.xlsx"}


def test_macros_are_kept_in_a_macro_workbook_alone(tmp_path: Path) -> None:
    source = rich_workbook(tmp_path / "a.xlsm", macros=True)
    kept, dropped = tmp_path / "b.xlsm", tmp_path / "b.xlsx"
    assert write_results_workbook(run_of(source), source, kept, NB) == ()
    told = write_results_workbook(run_of(source), source, dropped, NB)
    assert [loss.code for loss in told] == ["reports.no_macros"]
    well_formed(kept)
    well_formed(dropped)
    assert parts(kept)["xl/vbaProject.bin"] == b"programs"
    assert b"macroEnabled" in parts(kept)["[Content_Types].xml"]
    assert "xl/vbaProject.bin" not in parts(dropped)
    assert b"macroEnabled" not in parts(dropped)["[Content_Types].xml"]
    assert b"vbaProject" not in parts(dropped)["xl/_rels/workbook.xml.rels"]
    assert openpyxl.load_workbook(dropped)[SHEET]["F4"].value == "Godtatt"


def test_a_signature_is_taken_off_and_that_is_said(tmp_path: Path) -> None:
    kind = b'Type="http://x/digital-signature/origin"'
    related = b'<Relationship Id="s1" ' + kind + b' Target="_xmlsignatures/origin.sigs"/>'
    declared = b'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="x/y"/>'

    def sign(name: str, content: bytes) -> bytes:
        content = (
            content.replace(b"</Relationships>", related + b"</Relationships>")
            if name == "_rels/.rels"
            else content
        )
        return content.replace(b"</Types>", declared + b"</Types>")

    more = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    source = changed(rich_workbook(tmp_path / "a.xlsx"), tmp_path / "signed.xlsx", sign, **more)
    out = tmp_path / "b.xlsx"
    told = write_results_workbook(run_of(source), source, out, NB)
    assert [loss.code for loss in told] == ["reports.no_signature"]
    well_formed(out)
    assert not [name for name in parts(out) if "signature" in name]
    assert b"ignature" not in parts(out)["_rels/.rels"] + parts(out)["[Content_Types].xml"]


def test_a_strict_workbook_stays_strict(tmp_path: Path) -> None:
    old, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def strictly(_: str, content: bytes) -> bytes:
        content = content.replace(old + b"officeDocument/2006/", strict + b"officeDocument/")
        return content.replace(old + b"spreadsheetml/2006/main", strict + b"spreadsheetml/main")

    source = changed(rich_workbook(tmp_path / "a.xlsx", comment=False), tmp_path / "strict.xlsx", strictly)
    out = tmp_path / "b.xlsx"
    assert write_problem_workbook(source, table_of([], sheet=SHEET), 3, PROBLEMS, out, NB) == ()
    well_formed(out)
    for name, content in parts(out).items():
        if name.endswith(".rels"):
            assert old + b"officeDocument" not in content, name
    page = ET.fromstring(parts(out)["xl/worksheets/rowpost1.xml"])
    assert page.tag == "{http://purl.oclc.org/ooxml/spreadsheetml/main}worksheet"
    sheet = parts(out)["xl/worksheets/sheet1.xml"]
    assert b'xmlns:rowpost="http://purl.oclc.org/ooxml/officeDocument/relationships"' in sheet


def test_a_problem_workbook_forgets_the_problems_before(tmp_path: Path) -> None:
    source, first, second = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    table = table_of([], sheet=SHEET)
    write_problem_workbook(source, table, 3, PROBLEMS, first, NB)
    left = [*PROBLEMS[2:3], Problem("catalog.no_such_list", Severity.ERROR, (CellRef(SHEET, 9, 1),))]
    write_problem_workbook(first, table, 3, left, second, NB)
    well_formed(second)
    book = openpyxl.load_workbook(second)
    assert book.sheetnames == [SHEET, "Tabell", "Skjult", "Problemer"]
    assert book["Problemer"]["A1"].value == "2 problemer i b.xlsx"
    sheet = book[SHEET]
    assert tints(sheet) == {"D6": "FFFFF4E0", "A9": "FFFDECEA"}
    assert len(sheet.conditional_formatting) == 3  # and the data bar that was there
    comments = {
        cell.coordinate: cell.comment.author for row in sheet.iter_rows() for cell in row if cell.comment
    }
    assert comments == {"A4": "Ola", "D6": "Rowpost", "A9": "Rowpost"}
    drawing = "".join(content.decode() for name, content in parts(second).items() if name.endswith(".vml"))
    ids = re.findall(r'<v:shape [^>]*?id="([^"]+)"', drawing)
    assert len(ids) == len(set(ids)) == 3
    assert drawing.count("<v:shapetype ") == 2


def test_results_of_a_corrected_problem_workbook_carry_no_old_marks(tmp_path: Path) -> None:
    source, corrected, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    write_problem_workbook(source, table_of([], sheet=SHEET), 3, PROBLEMS, corrected, NB)
    assert write_results_workbook(run_of(corrected), corrected, out, NB) == ()
    well_formed(out)
    sheet = openpyxl.load_workbook(out)[SHEET]
    assert tints(sheet) == {}
    assert [cell.comment.author for row in sheet.iter_rows() for cell in row if cell.comment] == ["Ola"]
    assert (read_stamp(out) or {})["kind"] == "results"


@pytest.mark.parametrize(
    "text", ["[]", "{", "&amp;", '{"kind":"problems","page":"' + SHEET + '"}', '{"page":7}']
)
def test_a_stamp_of_somebody_else_does_no_harm(tmp_path: Path, text: str) -> None:
    first, second, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    write_problem_workbook(rich_workbook(first), table_of([], sheet=SHEET), 3, PROBLEMS, second, NB)
    inside = f"<vt:lpwstr>{text.replace('&', '&amp;')}</vt:lpwstr>".encode()

    def forge(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb"<vt:lpwstr .*</vt:lpwstr>", inside.replace(b"vt:", b""), content)
            if "custom" in name
            else content
        )

    forged = changed(second, tmp_path / "forged.xlsx", forge)
    write_problem_workbook(forged, table_of([["x"]], sheet=SHEET), 3, PROBLEMS, out, NB)
    well_formed(out)
    assert (read_stamp(out) or {})["kind"] == "problems"
    assert SHEET in openpyxl.load_workbook(out).sheetnames


def test_a_rule_of_a_person_in_the_same_place_stays(tmp_path: Path) -> None:
    source, first, second = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    table = table_of([], sheet=SHEET)
    write_problem_workbook(source, table, 3, PROBLEMS[:1], first, NB)
    theirs = (
        b'<cfRule type="expression" priority="9"><formula>C4=1</formula></cfRule></conditionalFormatting>'
    )

    def merge(_: str, content: bytes) -> bytes:
        """As Excel does it: one element with both rules."""
        return content.replace(
            b"7</formula></cfRule></conditionalFormatting>", b"7</formula></cfRule>" + theirs
        )

    merged = changed(first, tmp_path / "merged.xlsx", merge)
    write_problem_workbook(merged, table, 3, PROBLEMS[2:3], second, NB)
    well_formed(second)
    sheet = openpyxl.load_workbook(second)[SHEET]
    formulas = [
        rule.formula for rules in sheet.conditional_formatting for rule in rules.rules if rule.formula
    ]
    assert ["C4=1"] in formulas
    assert tints(sheet) == {"D6": "FFFFF4E0"}


def test_a_sheet_of_the_user_called_problems_stays(tmp_path: Path) -> None:
    source, first, second = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    named = changed(
        source, tmp_path / "named.xlsx", lambda _, content: content.replace(b'"Tabell"', b'"PROBLEMER"')
    )
    table = table_of([], sheet=SHEET)
    write_problem_workbook(named, table, 3, PROBLEMS, first, NB)
    write_problem_workbook(first, table, 3, PROBLEMS[:1], second, NB)
    book = openpyxl.load_workbook(second)
    assert book.sheetnames == [SHEET, "PROBLEMER", "Skjult", "Problemer (2)"]
    assert book["PROBLEMER"]["A2"].value == "a"
    assert book["Problemer (2)"]["A1"].value == "1 problem i b.xlsx"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    out.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        with pytest.raises(Trouble) as caught:
            write_results_workbook(run_of(source), source, out, NB)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "reports.disk_full"
    assert out.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx", "b.xlsx"}
