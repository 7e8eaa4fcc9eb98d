"""A copy of the user's workbook with additions: everything that was in it stays, byte for byte.

Only the parts that change are written anew, and in those only the places that change. Charts,
images, macros, pivot tables, comments, and whatever a later Excel may invent are not touched.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rowpost.reports.additions import Additions
from rowpost.reports.comments import add_comments, take_away_comments
from rowpost.reports.earlier_columns import earlier_columns
from rowpost.reports.package import Package
from rowpost.reports.page_xml import page_xml
from rowpost.reports.recalculation import recalculate
from rowpost.reports.sheet_edits import SheetWithAdditions
from rowpost.reports.stamp import find_stamp, write_stamp
from rowpost.reports.styles import Styles, bare_styles
from rowpost.reports.xml_edits import (
    Element,
    NotEditable,
    child_appended,
    edited,
    elements,
    escaped,
    first,
    in_blocks,
)

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN_BOOK = f"{_MAIN}.sheet.main+xml"
_MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_LONGEST_NAME = 31
_SIGNATURES = "_xmlsignatures/"


def copy_with(source: Path, additions: Additions, out: Path, *, macros: bool) -> None:
    """Write `source` with `additions` to `out`. NotEditable where that cannot be done faithfully.

    Excel opens macros only in a file that is called .xlsm: without `macros` they are left out.
    """
    try:
        with ZipFile(source) as archive:
            package = Package(archive)
            _add(package, additions)
            _settle_kind(package, macros=macros)
            package.save(out)
    except (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        # ValueError: a number or a text that is none; RuntimeError: an entry that zipfile cannot read
        raise NotEditable("zip") from error


def workbook_part(package: Package) -> str:
    """The part that lists the sheets."""
    part = next((found.target for found in package.related("") if found.kind == "officeDocument"), "")
    if not part:
        raise NotEditable("no workbook")
    return part


def _add(package: Package, additions: Additions) -> None:
    book = workbook_part(package)
    sheet = _sheet_part(package, book, additions.sheet)
    styles_part = _styles_part(package, book)
    styles = Styles(package.read(styles_part))
    filled = SheetWithAdditions(package.read(sheet), additions, styles, _renewed(package, additions))
    drawing = _comments(package, sheet, additions, filled)
    package.put(sheet, in_blocks(filled.pieces(drawing)))
    page = _add_page(package, book, additions, styles, filled.places.namespace)
    package.put(styles_part, styles.xml())
    write_stamp(package, {**additions.stamp, "page": page})
    if additions.cells:
        recalculate(package, book)
    if is_signed(package):
        package.drop(_SIGNATURES)
        package.unrelate("", "origin")


def _renewed(package: Package, additions: Additions) -> range:
    """The columns of an earlier report of the same kind on the same sheet."""
    stamp, columns = find_stamp(package) or {}, additions.columns
    same = stamp.get("kind") == additions.stamp["kind"] and stamp.get("sheet") == additions.sheet
    if columns is None or not same:
        return range(0)
    book = workbook_part(package)
    sheet = _sheet_part(package, book, additions.sheet)
    return earlier_columns(package, book, sheet, additions.header_row, len(columns.headings))


def is_signed(package: Package) -> bool:
    """Whether somebody has signed the workbook: no copy with a change in it can keep that."""
    return any(found.kind == "origin" for found in package.related(""))


def has_macros(package: Package) -> bool:
    """Whether the workbook carries programs."""
    return any(found.kind == "vbaProject" for found in package.related(workbook_part(package)))


def _comments(package: Package, sheet: str, additions: Additions, filled: SheetWithAdditions) -> bytes:
    """Set the comments; returns the element that leads to them where the sheet has none yet."""
    marks = sorted(additions.marks.items(), key=lambda item: item[0])
    texts = {place: mark.comment for place, mark in marks if mark.comment}
    here = filled.places
    try:
        take_away_comments(package, sheet)
        relation = add_comments(package, sheet, here.namespace, texts) if texts else here.drawing_id
    except NotEditable:  # an old drawing that is no XML: the tint and the new page still say it all
        return b""
    if here.drawing_id or not texts:
        return b""
    return f'<{here.prefix}legacyDrawing xmlns:rowpost="{package.family}" rowpost:id="{relation}"/>'.encode()


def _sheets(package: Package, book: str) -> list[Element]:
    return elements(package.read(book), {"sheet"})


def _sheet_part(package: Package, book: str, name: str) -> str:
    relation = next(
        (sheet.attribute("id") for sheet in _sheets(package, book) if sheet.attribute("name") == name), ""
    )
    target = next((found.target for found in package.related(book) if found.id == relation), "")
    if not target:
        raise NotEditable("no sheet")
    return target


def _styles_part(package: Package, book: str) -> str:
    part = next((found.target for found in package.related(book) if found.kind == "styles"), "")
    if not part:
        part = "xl/styles.xml"  # some readers look nowhere else
        package.put(part, bare_styles())
        package.declare(part, f"{_MAIN}.styles+xml")
        package.relate(book, "styles", part)
    return part


def _add_page(package: Package, book: str, additions: Additions, styles: Styles, namespace: str) -> str:
    page = page_xml(additions.page, styles, namespace)
    earlier = _earlier_page(package, book, additions)
    if earlier:
        package.put(earlier[1], page)
        return earlier[0]
    part = package.free_name("xl/worksheets/rowpost{}.xml")
    package.put(part, page)
    package.declare(part, f"{_MAIN}.worksheet+xml")
    relation = package.relate(book, "worksheet", part)
    data = package.read(book)
    listed = _sheets(package, book)
    name = free_sheet_name(additions.page.name, [sheet.attribute("name") for sheet in listed])
    number = max(int(sheet.attribute("sheetId") or 0) for sheet in listed) + 1
    like = listed[-1]
    key = next((key for key in like.attributes if key.endswith(":id")), "r:id")
    spaces = "".join(
        f' {key}="{escaped(text)}"' for key, text in like.attributes.items() if key.startswith("xmlns")
    )
    xml = f'<{like.name}{spaces} name="{escaped(name)}" sheetId="{number}" {key}="{relation}"/>'
    package.put(book, edited(data, child_appended(first(elements(data, {"sheets"}), "sheets"), xml.encode())))
    return name


def _earlier_page(package: Package, book: str, additions: Additions) -> tuple[str, str] | None:
    """Name and part of the page that an earlier report of the same kind left, if this one replaces it."""
    stamp = find_stamp(package) or {}
    if not additions.replaces_page or stamp.get("kind") != additions.stamp["kind"]:
        return None
    name = str(stamp.get("page", ""))
    there = any(sheet.attribute("name") == name for sheet in _sheets(package, book))
    return (name, _sheet_part(package, book, name)) if there and name != additions.sheet else None


def free_sheet_name(wanted: str, taken: list[str]) -> str:
    """A name that no sheet has, in whatever case: 'Summary', else 'Summary (2)'."""
    used = {name.casefold() for name in taken}
    names = (wanted, *(f"{wanted[: _LONGEST_NAME - 5]} ({number})" for number in range(2, 1000)))
    return next(name for name in names if name.casefold() not in used)


def _settle_kind(package: Package, *, macros: bool) -> None:
    """Let the workbook be of the kind that its file name says: Excel refuses any other."""
    book = workbook_part(package)
    keeps = macros and has_macros(package)
    package.declare(book, _MACRO_BOOK if keeps else _PLAIN_BOOK)
    if not keeps:
        package.unrelate(book, "vbaProject")
        package.drop("xl/vba")
