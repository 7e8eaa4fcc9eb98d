"""Workbooks with much in them, as real ones have it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.workbook import Workbook

HEADINGS = ("Fakturanr", "Forfall", "Restbeløp", "Navn", "Formel")


def png() -> bytes:
    """The smallest red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def changed(source: Path, out: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """Write a workbook again with every part changed by a function, and with more parts."""
    with ZipFile(source) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return out


def rich_workbook(path: Path, rows: int = 12, *, comment: bool = True, macros: bool = False) -> Path:
    """Formats, formulas, a chart, a picture, a table, comments, validation, conditions, more sheets."""
    with Workbook(str(path)) as book:
        if macros:
            book.add_vba_project(BytesIO(b"programs"), True)
        sheet = book.add_worksheet("Åpne poster")
        day = book.add_format({"num_format": "dd.mm.yyyy", "italic": True})
        money = book.add_format({"num_format": "#,##0.00", "bg_color": "#FFFF00"})
        sheet.set_column("A:C", 14)
        sheet.merge_range("A1:E1", "Åpne poster")
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(2, column, heading, book.add_format({"bold": True}))
        for row in range(3, 3 + rows):
            sheet.write_string(row, 0, f"00{row}")
            sheet.write_datetime(row, 1, date(2026, 9, row % 28 + 1), day)
            sheet.write_number(row, 2, row * 10.5, money)
            if row % 5:
                sheet.write_string(row, 3, f"Kunde <&> {row} æøå")
            sheet.write_formula(row, 4, f"=C{row + 1}*2", None, row * 21)
        if comment:
            sheet.write_comment("A4", "Ring denne kunden", {"author": "Ola"})
        sheet.insert_image("H5", "red.png", {"image_data": BytesIO(png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Åpne poster'!$C$4:$C$9"})
        sheet.insert_chart("H10", chart)
        sheet.data_validation("C4:C20", {"validate": "decimal", "criteria": ">", "value": 0})
        sheet.conditional_format("C4:C20", {"type": "data_bar"})
        sheet.autofilter("A3:E10")
        other = book.add_worksheet("Tabell")
        other.add_table("A1:B4", {"data": [["a", 1], ["b", 2], ["c", 3]]})
        book.add_worksheet("Skjult").hide()
        book.define_name("Rest", "='Åpne poster'!$C$4:$C$9")
    return path
