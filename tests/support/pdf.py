"""Reads back what a PDF file of ours says: its pages' texts, its fonts, what it claims to be.

As much of the format (ISO 32000-1) as the program's own files use, and nothing of Qt.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
_WORD = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj|\b(ET)\b")
_RANGE = re.compile(rb"<(\w+)> <(\w+)> \[?((?:<\w+> ?)+)\]?")


@dataclass(frozen=True)
class Pdf:
    """The texts of each page (one for each drawn piece), font descriptors, and the XMP metadata."""

    pages: list[list[str]]
    fonts: list[bytes]
    metadata: str
    catalog: bytes

    @property
    def text(self) -> str:
        """All pieces in the order in which they were drawn."""
        return "\n".join(piece for page in self.pages for piece in page)


def read_pdf(data: bytes) -> Pdf:
    """Take a file apart."""
    assert data.startswith(b"%PDF-1.4")
    assert data.rstrip().endswith(b"%%EOF")
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    fonts = {number: _letters(objects, body) for number, body in objects.items() if b"/ToUnicode" in body}
    pages = [_texts(objects, body, fonts) for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    descriptors = [body for body in objects.values() if b"/Type /FontDescriptor" in body]
    (metadata,) = (_content(body) for body in objects.values() if b"/Type /Metadata" in body)
    (catalog,) = (body for body in objects.values() if b"/Type /Catalog" in body)
    return Pdf(pages, descriptors, metadata.decode(), catalog)


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body[: found.start()] else found[1]


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found
    return int(found[1])


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Glyph -> text, as the font's ToUnicode table says."""
    table = _content(objects[_reference(font, b"ToUnicode")])
    letters = {}
    for first, last, texts in _RANGE.findall(table):
        listed = re.findall(rb"<(\w+)>", texts)
        for place in range(int(last, 16) - int(first, 16) + 1):
            code = listed[min(place, len(listed) - 1)]
            number = int(code, 16) + (place if len(listed) == 1 else 0)
            letters[int(first, 16) + place] = chr(number)
    return letters


def _texts(objects: dict[int, bytes], page: bytes, fonts: dict[int, dict[int, str]]) -> list[str]:
    content = _content(objects[_reference(page, b"Contents")])
    pieces, piece, letters = list[str](), list[str](), dict[int, str]()
    for font, glyphs, end in _WORD.findall(content):
        if font:
            letters = fonts[int(font[1:])]
        elif end:
            pieces.append("".join(piece))
            piece.clear()
        else:
            codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
            piece += [letters[code] for code in codes]
    return [text for text in pieces if text]
