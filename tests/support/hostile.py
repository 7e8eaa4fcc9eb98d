"""Broken and hostile workbooks: name -> (bytes, file name). Names begin with their class."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator

from tests.support.workbook_bytes import (
    MAIN,
    RELATIONS,
    parts_of,
    sheet_xml,
    simple,
    strings_xml,
    styles_xml,
    table_rows,
    zipped,
)

Made = tuple[bytes, str]
GOOD = [["Fakturanr", "Navn", "Beløp"], ["F1", "Bjørn", 100], ["F2", "Åse", 200.5]]


def good() -> bytes:
    """A small sound workbook."""
    return zipped(
        parts_of(
            {"Ark1": sheet_xml(table_rows(GOOD))},
            strings=strings_xml(["<t>a</t>"]),
            styles=styles_xml(["General"]),
        )
    )


def hostile_files() -> dict[str, Made]:
    """All of them."""
    made: dict[str, Made] = {}
    for maker in _MAKERS:
        for name, content, *rest in maker():
            made[name] = (content, rest[0] if rest else "test.xlsx")
    return made


Maker = Callable[[], Iterator[tuple[str, bytes] | tuple[str, bytes, str]]]


def _sheets() -> Iterator[tuple[str, bytes]]:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    yield "far cell", simple(far)
    wide = "".join(f'<c r="{_letters(c)}1"><v>1</v></c>' for c in range(1, 16385))
    far_wide = "".join(f'<c r="{_letters(c)}1048576"><v>1</v></c>' for c in range(1, 16385))
    yield (
        "spread: every column at both ends",
        simple(f'<row r="1">{wide}</row><row r="1048576">{far_wide}</row>'),
    )
    yield "beyond the sheet: row", simple('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')
    yield "beyond the sheet: column", simple('<row r="1"><c r="XFE1"><v>1</v></c></row>')
    yield "beyond the sheet: huge row number", simple('<row r="99999999999999999999"/>')
    yield "twice: cell", simple('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    yield "twice: row", simple('<row r="1"/><row r="1"><c r="A1"><v>1</v></c></row>')
    yield "backwards: cells", simple('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    yield "backwards: rows", simple('<row r="2"/><row r="1"/>')
    yield "wrong place: cell of another row", simple('<row r="1"><c r="A2"><v>1</v></c></row>')
    yield "wrong place: no letters", simple('<row r="1"><c r="11"><v>1</v></c></row>')
    for cell_type, value in (
        ("n", "abc"),
        ("n", "nan"),
        ("n", "1_000"),
        ("s", "7"),
        ("s", "-1"),
        ("b", "7"),
        ("e", "x"),
    ):
        yield (
            f"wrong type: {cell_type} {value}",
            simple(f'<row r="1"><c r="A1" t="{cell_type}"><v>{value}</v></c></row>'),
        )
    yield "wrong type: unknown", simple('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>')
    yield "long text", simple(f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>')
    yield "long number", simple(f'<row r="1"><c r="A1"><v>{"9" * 400_000}</v></c></row>')
    many = "".join(f' a{number}="1"' for number in range(100_000))
    yield "many attributes", simple(f'<row r="1"><c r="A1"{many}><v>1</v></c></row>')
    yield "deep nesting", simple('<row r="1"><c r="A1">' + "<x>" * 50_000 + "</x>" * 50_000 + "</c></row>")
    yield "empty sheet", simple("")
    yield "lone surrogates", simple('<row r="1"><c r="A1" t="str"><v>_xD800_x_xDC00_</v></c></row>')
    yield (
        "control characters: escaped",
        simple('<row r="1"><c r="A1" t="str"><v>a_x0000_b_x001B_</v></c></row>'),
    )
    yield "control characters: raw", simple('<row r="1"><c r="A1" t="str"><v>a\x01b</v></c></row>')
    yield "not characters", simple('<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>')


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _xml() -> Iterator[tuple[str, bytes]]:
    bomb = (
        "<!DOCTYPE x ["
        + "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "lol"}">' for level in range(10))
        + "]>"
    )
    row = '<row r="1"><c r="A1" t="str"><v>&e9;</v></c></row>'
    yield "entity bomb", zipped(parts_of({"A": bomb + sheet_xml(row)}))
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    yield "external entity: file", zipped(parts_of({"A": outside + sheet_xml(row.replace("e9", "e"))}))
    online = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    yield "external entity: address", zipped(parts_of({"A": online + sheet_xml("")}))
    yield (
        "external entity: in strings",
        zipped(parts_of({"A": sheet_xml("")}, strings=outside + strings_xml(["<t>&e;</t>"]))),
    )
    yield "unknown entity", simple('<row r="1"><c r="A1" t="str"><v>&nosuch;</v></c></row>')
    yield "open tag", zipped(parts_of({"A": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'}))
    yield "foreign root", zipped(parts_of({"A": f'<html xmlns="{MAIN}"><body/></html>'}))
    yield (
        "not UTF-8",
        zipped(
            parts_of({"A": sheet_xml('<row r="1"><c r="A1" t="str"><v>\xe5</v></c></row>').encode("latin-1")})
        ),
    )
    wide = '<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(table_rows(GOOD))
    yield "UTF-16 sheet", zipped(parts_of({"A": wide.encode("utf-16")}))
    yield (
        "comments and CDATA",
        simple('<!-- <row r="9"/> --><row r="1"><c r="A1" t="str"><v><![CDATA[<row r="8"/>]]></v></c></row>'),
    )
    yield "processing instruction", simple('<?x <row ?><row r="1"><c r="A1"><v>1</v></c></row>')
    yield (
        "million styles",
        zipped(
            parts_of(
                {"A": sheet_xml("")},
                styles=styles_xml(["0"]).replace("</cellXfs>", "<xf/>" * 1_000_000 + "</cellXfs>"),
            )
        ),
    )
    yield (
        "odd format codes",
        zipped(
            parts_of(
                {"A": sheet_xml('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')},
                styles=styles_xml(["[" * 200 + ";;;;;;"]),
            )
        ),
    )
    nested = "<r><t>" + "<si>" * 100 + "x" + "</si>" * 100 + "</t></r>"
    yield "nested strings", zipped(parts_of({"A": sheet_xml("")}, strings=strings_xml([nested])))
    yield (
        "merged everything",
        zipped(
            parts_of(
                {
                    "A": sheet_xml(
                        table_rows(GOOD), after='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
                    )
                }
            )
        ),
    )
    merged = "".join(f'<mergeCell ref="A{row}:B{row + 1}"/>' for row in range(2, 200_000, 2))
    yield (
        "merged very often",
        zipped(parts_of({"A": sheet_xml(table_rows(GOOD), after=f"<mergeCells>{merged}</mergeCells>")})),
    )


def _containers() -> Iterator[tuple[str, bytes]]:
    sound = good()
    for size in range(0, len(sound), max(len(sound) // 6, 1)):
        yield f"cut off at {size}", sound[:size]
    chance = random.Random(7)
    for turn in range(8):
        spoilt = bytearray(sound)
        for _ in range(3):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        yield f"flipped bits {turn}", bytes(spoilt)
    parts = parts_of({"A": sheet_xml(table_rows(GOOD))})
    for name in ("../../evil.xml", "/etc/evil.xml", "xl\\evil.xml", "C:/evil.xml", "xl/../../evil.xml"):
        yield f"dangerous name {name}", zipped({**parts, name: b"x"})
    yield "double name", _with_double(parts)
    yield "many entries", zipped({**parts, **{f"junk/{number}": b"" for number in range(70_000)}})
    zeros = sheet_xml(" " * 400_000_000)
    yield "zip bomb", zipped(parts_of({"A": zeros}))
    yield "zip bomb with lying size", _lying(zipped(parts_of({"A": sheet_xml(" " * 40_000_000)})))
    yield "encrypted entries", _marked_encrypted(sound)
    yield "trailing junk", sound + b"junk" * 1_000
    yield "leading junk", b"PK\x03\x04" + b"\0" * 50 + sound


def _with_double(parts: dict[str, bytes]) -> bytes:
    packed = bytearray(zipped({**parts, "xl/worksheets/sheet2.xml": b"<x/>"}))
    return bytes(packed.replace(b"sheet2.xml", b"sheet1.xml"))


def _lying(packed: bytes) -> bytes:
    """Say in the directory that the sheet is small."""
    data = bytearray(packed)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _marked_encrypted(packed: bytes) -> bytes:
    data = bytearray(packed)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _packages() -> Iterator[tuple[str, bytes]]:
    parts = parts_of({"A": sheet_xml(table_rows(GOOD))}, strings=strings_xml(["<t>a</t>"]))
    for name in list(parts):
        yield f"part missing {name}", zipped({part: data for part, data in parts.items() if part != name})
    circle = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"workbook.xml")
    yield "cyclic relationship", zipped({**parts, "xl/_rels/workbook.xml.rels": circle})
    outside = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
    yield "relationship out of the file", zipped({**parts, "xl/_rels/workbook.xml.rels": outside})
    more = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="x" Type="{RELATIONS}/externalLink" Target="http://example.com/"'
        ' TargetMode="External"/></Relationships>'.encode(),
    )
    yield (
        "external link",
        zipped({**parts, "xl/_rels/workbook.xml.rels": more, "xl/vbaProject.bin": b"macro"}),
    )
    none = parts["xl/workbook.xml"].replace(b"<sheet ", b"<nosheet ")
    yield "no sheets", zipped({**parts, "xl/workbook.xml": none})
    yield "a thousand sheets", zipped(parts_of({f"Ark{number}": sheet_xml("") for number in range(1_000)}))
    yield (
        "shared string cycle",
        zipped({**parts, "xl/sharedStrings.xml": strings_xml(["<si><t>x</t></si>"]).encode()}),
    )


def _posing() -> Iterator[tuple[str, bytes, str]]:
    yield "empty file", b"", "test.xlsx"
    yield "still being written", b"\0" * 10_000, "test.xlsx"
    yield "lock file of Excel", b"\x05Kari" + b" " * 160, "~$test.xlsx"
    yield "PDF posing", b"%PDF-1.7\n" + b"x" * 500, "test.xlsx"
    yield "HTML posing", b"<html><table><tr><td>Fakturanr</td></tr></table></html>", "test.xls"
    yield (
        "XML 2003 posing",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "test.xls",
    )
    yield "picture posing", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "test.xlsx"
    yield "program posing", b"MZ" + bytes(range(256)) * 4, "test.csv"
    yield "numbers posing", zipped({"Index/Document.iwa": b"x"}), "test.xlsx"
    yield "word document posing", zipped({"_rels/.rels": b"<x/>", "word/document.xml": b"<x/>"}), "test.xlsx"
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "compound file: garbage", compound + random.Random(1).randbytes(4_000), "test.xls"
    yield (
        "compound file: named workbook",
        compound + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 3_000,
        "test.xls",
    )
    yield (
        "compound file: locked",
        compound + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3_000,
        "test.xlsx",
    )
    yield "old Excel", b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 100, "test.xls"
    yield (
        "binary workbook: garbage",
        zipped({"xl/workbook.bin": b"\x83\x01" * 50, "_rels/.rels": b"<x/>"}),
        "test.xlsb",
    )
    yield (
        "open document: garbage",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x"}),
        "test.ods",
    )


def _texts() -> Iterator[tuple[str, bytes, str]]:
    yield "text: random bytes", random.Random(2).randbytes(5_000), "test.csv"
    yield "text: open quote", b'Fakturanr;Navn\n"F1;Bj', "test.csv"
    yield "text: one long line", b"x" * 200_000, "test.csv"
    yield "text: very many fields", b";" * 20_000, "test.csv"
    yield "text: half a character", "Fakturanr;Bjørn".encode()[:-3], "test.csv"
    yield "text: UTF-16 cut off", "Fakturanr;Bjørn\n".encode("utf-16")[:-1], "test.csv"


_MAKERS: tuple[Maker, ...] = (_sheets, _xml, _containers, _packages, _posing, _texts)


def class_of(name: str) -> str:
    """The class a file belongs to: the first words of its name."""
    return name.partition(":")[0].rstrip("0123456789 ").partition("/")[0][:24]
