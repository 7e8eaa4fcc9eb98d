"""Changes an XML document at a few places and keeps every other byte of it.

A library that reads a workbook and writes it again drops what it does not know. Here expat says
where elements begin and end in the bytes, and only those places are cut.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION = re.compile(r"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_UTF8 = ("utf-8", "us-ascii", "utf8", "ascii")


class NotEditable(Exception):  # noqa: N818 - says what the document is, not what went wrong
    """The document is not XML as a workbook has it; its text is a word for the log, never content."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes `start` to `end` become `new`."""

    start: int
    end: int
    new: bytes


@dataclass(frozen=True, slots=True)
class Element:
    """One element and its place: `<` of the start tag, behind it, `<` of the end tag, behind that."""

    name: str
    attributes: dict[str, str]
    start: int
    opened: int
    closing: int
    end: int

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, '' where there is none."""
        return self.name[: -len(self.local)]

    @property
    def empty(self) -> bool:
        """Whether it is one tag: <a/>."""
        return self.opened == self.end

    def attribute(self, local: str) -> str:
        """The value of an attribute, whatever its prefix; '' where there is none."""
        return next((text for name, text in self.attributes.items() if name.rpartition(":")[2] == local), "")


def spliced(data: bytes, edits: Iterable[Edit]) -> Iterator[bytes | memoryview]:
    """Return the document with the edits made, piece by piece; edits must not overlap.

    All edits are asked for at once, at the call.
    """
    return _spliced(data, sorted(edits, key=lambda edit: (edit.start, edit.end)))


def _spliced(data: bytes, edits: Iterable[Edit]) -> Iterator[bytes | memoryview]:
    view, position = memoryview(data), 0
    for edit in edits:
        yield view[position : edit.start]
        yield edit.new
        position = edit.end
    yield view[position:]


def in_blocks(pieces: Iterable[bytes | memoryview], size: int = 2**20) -> Iterator[bytes]:
    """Join small pieces to blocks of about `size` bytes."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= size:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def edited(data: bytes, *edits: Edit) -> bytes:
    """Return the document with the edits made."""
    return b"".join(spliced(data, edits))


def in_utf8(data: bytes) -> bytes:
    """Return the same document in UTF-8, where byte positions are what expat says they are."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        declared = _DECLARATION.match(data[:200].decode("latin-1"))
        if not declared or declared[1].lower() in _UTF8:
            return data
        text = data.decode(declared[1])
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8"?>', text).encode()


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types: no workbook has one, and they can hide bombs."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise NotEditable("doctype")


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Run the parser over a whole document. NotEditable where it is not XML."""
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no names
    except expat.ExpatError as error:
        raise NotEditable("not xml") from error


def tag_end(data: bytes, start: int) -> int:
    """Return the place behind the tag that begins at `start`."""
    tag = _TAG.match(data, start)
    if not tag:
        raise NotEditable("tag")
    return tag.end()


def elements(data: bytes, wanted: Container[str] | None = None) -> list[Element]:
    """Return the elements of those local names (None: all), in the order of their start tags."""
    parser, waiting, found = new_parser(), list[tuple[str, dict[str, str], int]](), list[Element]()

    def start(name: str, attributes: dict[str, str]) -> None:
        waiting.append((name, attributes, parser.CurrentByteIndex))

    def end(_: str) -> None:
        name, attributes, place = waiting.pop()
        if wanted is None or name.rpartition(":")[2] in wanted:
            opened = tag_end(data, place)
            empty = data[opened - 2 : opened] == b"/>"
            closing = opened if empty else parser.CurrentByteIndex
            found.append(
                Element(name, attributes, place, opened, closing, opened if empty else tag_end(data, closing))
            )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse(parser, data)
    return sorted(found, key=lambda element: element.start)


def first(found: Iterable[Element], local: str) -> Element:
    """Return the first element of that local name. NotEditable where there is none."""
    for element in found:
        if element.local == local:
            return element
    raise NotEditable(local)


def child_appended(element: Element, xml: bytes) -> Edit:
    """The edit that puts `xml` behind the last child."""
    if element.empty:
        return Edit(element.opened - 2, element.opened, b">" + xml + f"</{element.name}>".encode())
    return Edit(element.closing, element.closing, xml)


def start_tag_with(data: bytes, element: Element, **attributes: str) -> bytes:
    """Return the element's start tag with attributes set."""
    tag = data[element.start : element.opened]
    for name, value in attributes.items():
        new = f' {name}="{value}"'.encode()
        tag, times = re.subn(rb"\s" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""", new, tag, count=1)
        if not times:
            place = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:place] + new + tag[place:]
    return tag


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_TEXT = 32_767  # characters that a cell can hold


def escaped(text: str) -> str:
    """Return a text as it stands in a workbook's XML; what XML cannot hold becomes _xHHHH_."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text[:LONGEST_TEXT])
    text = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "_x000D_")
