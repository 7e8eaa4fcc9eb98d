"""Comments on cells, as Excel keeps them: a list of texts, and a drawing of their boxes (VML)."""

from __future__ import annotations

from collections.abc import Mapping

from rowpost.model.cells import column_letters, column_number
from rowpost.reports.package import Package
from rowpost.reports.xml_edits import Edit, Element, child_appended, edited, elements, escaped, first

AUTHOR = "Rowpost"
MOST = 2_000  # more boxes make Excel slow; the Problems sheet has them all
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BLOCKS = "97,98,99"  # shapes are numbered in blocks of 1024; high ones keep clear of those that are there
_FIRST_SHAPE = 97 * 1024
_SHAPE_NAME = "_x0000_t20297"
_EMPTY_DRAWING = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit">'
    f'<o:idmap v:ext="edit" data="{_BLOCKS}"/></o:shapelayout></xml>'
).encode()
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="{_SHAPE_NAME}" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)

Places = Mapping[tuple[int, int], str]


def add_comments(package: Package, sheet: str, namespace: str, texts: Places) -> str:
    """Add comments by (row, column) to a sheet's part; cells that have one of a person keep theirs.

    Returns the id of the relationship to the drawing. NotEditable, with nothing changed, where
    the drawing that is there is not well formed.
    """
    part = _related(package, sheet, "comments")
    there = elements(package.read(part), {"comment"}) if part else []
    taken = {_place(comment.attribute("ref")) for comment in there}
    new = {place: text for place, text in list(texts.items())[:MOST] if place not in taken}
    relation = _add_boxes(package, sheet, new)
    _add_texts(package, part or _new_part(package, sheet, namespace), new)
    return relation


def take_away_comments(package: Package, sheet: str) -> None:
    """Remove the comments of an earlier report, and their boxes."""
    part, drawing = _related(package, sheet, "comments"), _related(package, sheet, "vmlDrawing")
    if not part:
        return
    data = package.read(part)
    found = elements(data, {"author", "comment"})
    authors = [data[author.opened : author.closing] for author in found if author.local == "author"]
    ours = [
        comment
        for comment in found
        if comment.local == "comment" and _entry(authors, comment.attribute("authorId")) == AUTHOR.encode()
    ]
    if drawing and ours:
        places = {_place(comment.attribute("ref")) for comment in ours}
        boxes = package.read(drawing)
        shapes = [shape for shape in elements(boxes, {"shape"}) if _shape_place(boxes, shape) in places]
        package.put(drawing, edited(boxes, *(Edit(shape.start, shape.end, b"") for shape in shapes)))
    if ours:
        package.put(part, edited(data, *(Edit(comment.start, comment.end, b"") for comment in ours)))


def _entry(authors: list[bytes], number: str) -> bytes:
    return authors[int(number)] if number.isdecimal() and int(number) < len(authors) else b""


def _shape_place(data: bytes, shape: Element) -> tuple[int, int]:
    piece = data[shape.start : shape.end]
    texts = {
        found.local: piece[found.opened : found.closing].strip()
        for found in elements(piece, {"Row", "Column"})
    }
    return int(texts.get("Row", b"-1")) + 1, int(texts.get("Column", b"-1")) + 1


def _new_part(package: Package, sheet: str, namespace: str) -> str:
    part = package.free_name("xl/commentsRowpost{}.xml")
    package.put(part, f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode())
    package.declare(part, _COMMENTS)
    package.relate(sheet, "comments", part)
    return part


def _add_texts(package: Package, part: str, texts: Places) -> None:
    data = package.read(part)
    found = elements(data)
    authors, listed = first(found, "authors"), first(found, "commentList")
    author = sum(element.local == "author" for element in found)
    p = listed.prefix
    new = "".join(
        f'<{p}comment ref="{column_letters(column)}{row}" authorId="{author}"><{p}text>'
        f'<{p}t xml:space="preserve">{escaped(text)}</{p}t></{p}text></{p}comment>'
        for (row, column), text in texts.items()
    )
    name = f"<{p}author>{AUTHOR}</{p}author>"
    package.put(
        part, edited(data, child_appended(authors, name.encode()), child_appended(listed, new.encode()))
    )


def _add_boxes(package: Package, sheet: str, places: Places) -> str:
    part, relation = next(
        ((found.target, found.id) for found in package.related(sheet) if found.kind == "vmlDrawing"), ("", "")
    )
    if not part:
        part = package.free_name("xl/drawings/vmlDrawingRowpost{}.vml")
        package.put(part, _EMPTY_DRAWING)
        package.declare_extension("vml", _VML)
        relation = package.relate(sheet, "vmlDrawing", part)
    data = package.read(part)
    top, *others = elements(data)
    known = any(other.attribute("id") == _SHAPE_NAME for other in others)
    used = [_number(other.attribute("id")) for other in others if other.local == "shape"]
    start = max((_FIRST_SHAPE, *used)) + 1
    boxes = (_box(number, *place) for number, place in enumerate(places, start=start))
    new = "".join(("" if known else _SHAPE_TYPE, *boxes))
    package.put(part, edited(data, child_appended(top, new.encode())))
    return relation


def _number(shape: str) -> int:
    digits = shape.rpartition("_s")[2]
    return int(digits) if digits.isdecimal() else 0


def _box(number: int, row: int, column: int) -> str:
    anchor = f"{column}, 15, {max(0, row - 2)}, 10, {column + 3}, 15, {row + 3}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#{_SHAPE_NAME}"'
        ' style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/>'
        '<v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _related(package: Package, sheet: str, kind: str) -> str:
    return next((found.target for found in package.related(sheet) if found.kind == kind), "")


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 0), column_number(letters)
