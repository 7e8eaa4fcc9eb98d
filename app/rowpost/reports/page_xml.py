"""A new sheet as XML, written line by line however long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rowpost.model.cells import column_letters
from rowpost.reports.additions import Link, Page, Shown
from rowpost.reports.cells_xml import number_cell, text_cell
from rowpost.reports.styles import Styles
from rowpost.reports.xml_edits import escaped

_MOST_LINKS = 65_530  # Excel's limit of links in a sheet
_LINES_A_PIECE = 500


def page_xml(page: Page, styles: Styles, namespace: str) -> Iterator[bytes]:
    """Return the sheet's XML piece by piece; the styles are asked for at once, at the call."""
    return _pieces(page, (styles.text(), styles.bold(), styles.amount()), namespace)


def _pieces(page: Page, styles: tuple[int, int, int], namespace: str) -> Iterator[bytes]:
    plain, bold, amount = styles
    links: list[str] = []
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'.encode()
    yield _view(page).encode()
    yield f"<cols>{_sizes(page)}</cols><sheetData>".encode()
    piece: list[str] = []
    for number, line in enumerate(page.lines(), start=1):
        style = bold if number - 1 in page.bold else plain
        piece.append(f'<row r="{number}">{"".join(_cells(line, number, style, amount))}</row>')
        links.extend(_links(line, number) if len(links) < _MOST_LINKS else ())
        if len(piece) == _LINES_A_PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join((*piece, "</sheetData>")).encode()
    if links:
        yield f"<hyperlinks>{''.join(links)}</hyperlinks>".encode()
    yield b"</worksheet>"


def _view(page: Page) -> str:
    if not page.frozen_lines:
        return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    return (
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{page.frozen_lines}"'
        f' topLeftCell="A{page.frozen_lines + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
    )


def _sizes(page: Page) -> str:
    return "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in enumerate(page.widths, start=1)
    )


def _cells(line: Sequence[Shown], row: int, style: int, amount: int) -> Iterator[str]:
    for column, value in enumerate(line, start=1):
        reference = f"{column_letters(column)}{row}"
        match value:
            case str():
                yield text_cell("", reference, style, value) if value else ""
            case Link():
                yield text_cell("", reference, style, value.text)
            case Decimal():
                yield number_cell("", reference, amount, value)
            case int():
                yield number_cell("", reference, 0, value)


def _links(line: Sequence[Shown], row: int) -> Iterator[str]:
    for column, value in enumerate(line, start=1):
        if isinstance(value, Link):
            place, text = escaped(value.location), escaped(value.text)
            yield f'<hyperlink ref="{column_letters(column)}{row}" location="{place}" display="{text}"/>'
