"""XML with expat, safely: no document type, no entities, no outside world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from rowpost.sheets.refusals import refuse

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]

MAIN = frozenset(
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",  # strict
    )
)
_MOST_ATTRIBUTES = 1_000
_DEEPEST = 200


class Markup:
    """Feeds one XML part to handlers that get local names of the main namespaces.

    Elements of other namespaces are reported with their namespace in front, so that they can
    never be mistaken. Raises Trouble `sheets.damaged` where the XML is not well formed and
    `sheets.document_type` where it brings a DOCTYPE.
    """

    def __init__(
        self, part: str, start: OnStart, end: OnEnd | None = None, text: OnText | None = None
    ) -> None:
        self._part = part
        self._start = start
        self._end = end
        self._depth = 0
        self._local: dict[str, str] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser = parser

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Parse the next bytes of the part."""
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            raise refuse("sheets.damaged", part=self._part) from error

    def _on_start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise refuse("sheets.damaged", part=self._part)
        self._start(self._name(name), attributes)

    def _on_end(self, name: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(self._name(name))

    def _name(self, name: str) -> str:
        local = self._local.get(name)
        if local is None:
            namespace, _, bare = name.rpartition(" ")
            local = self._local[name] = bare if namespace in MAIN else name
        return local

    def _on_doctype(self, *_: object) -> NoReturn:
        raise refuse("sheets.document_type", part=self._part)


def parse(
    part: str, chunks: Iterable[bytes], start: OnStart, end: OnEnd | None = None, text: OnText | None = None
) -> None:
    """Parse a whole part, chunk by chunk."""
    markup = Markup(part, start, end, text)
    for chunk in chunks:
        markup.feed(chunk)
    markup.feed(b"", final=True)


def is_true(value: str | None) -> bool:
    """Read an xsd:boolean attribute."""
    return value in ("1", "true")
