"""Workbooks put together part by part, so that a test can say exactly what stands in the file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from rowpost.catalog import fold
from rowpost.model.workbook import Opened, Reading
from rowpost.sheets.read import read_file
from rowpost.sheets.request import Request, Words
from rowpost.sheets.words import words_of
from tests.support.catalogs import invoice_catalog

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
Parts = dict[str, bytes]


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet around the XML of its rows, in the shape Excel writes."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings_xml(items: Sequence[str]) -> str:
    """Shared strings from the XML inside each `<si>`."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles_xml(codes: Sequence[str], *, struck: bool = False) -> str:
    """Styles 0, 1, 2... with these format codes; with `struck` the last one has a struck font."""
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    cells = "".join(
        f'<xf numFmtId="{200 + i}" fontId="{int(struck and i == len(codes) - 1)}"/>'
        for i in range(len(codes))
    )
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    inside = f"<numFmts>{formats}</numFmts>{fonts}<cellXfs>{cells}</cellXfs>"
    return f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'


def parts_of(
    sheets: Mapping[str, str | bytes], *, strings: str = "", styles: str = "", workbook_more: str = ""
) -> Parts:
    """The parts of a workbook with these sheets (name -> XML)."""
    links = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    parts = {"[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>'.encode()}
    parts |= {
        f"xl/worksheets/sheet{number}.xml": xml if isinstance(xml, bytes) else xml.encode()
        for number, xml in enumerate(sheets.values(), 1)
    }
    if strings:
        links.append(("sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = strings.encode()
    if styles:
        links.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = styles.encode()
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook_more}<sheets>{listed}</sheets></workbook>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = _relations(links).encode()
    parts["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.xml")]).encode()
    return parts


def _relations(links: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts as a workbook."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return file.getvalue()


def simple(rows: str, **more: str) -> bytes:
    """A workbook with the one sheet 'Ark1' of these rows."""
    return zipped(parts_of({"Ark1": sheet_xml(rows)}, **more))


def read_here(
    folder: Path, content: bytes, name: str = "test.xlsx", reading: Reading | None = None, **more: object
) -> Opened:
    """Read the bytes as a file, in this process."""
    path = folder / name
    path.write_bytes(content)
    return read_file(Request(str(path), reading or Reading(), invoice_words(), **more))  # type: ignore[arg-type]  # password, rows


def invoice_words() -> Words:
    """The words of the invoice catalog, with its total words."""
    words = words_of(invoice_catalog())
    assert fold("Fakturanr") in words.headings
    return words


def table_rows(rows: Sequence[Sequence[str | int | float | None]]) -> str:
    """The XML of rows from row 1 on: text as inline strings, numbers as numbers, None as no cell."""
    return "".join(
        f'<row r="{number}">{"".join(_cell(number, column, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )


def _cell(row: int, column: int, value: str | float | None) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
