"""A workbook as a package of parts (ECMA-376, part 2): read, add, replace, and write everything again."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from rowpost.reports.xml_edits import (
    Edit,
    Element,
    NotEditable,
    child_appended,
    edited,
    elements,
    escaped,
    in_utf8,
)

TYPES = "[Content_Types].xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LEVEL = 4  # of deflate: half the time of 6, files a few percent longer
Part = bytes | Iterable[bytes | memoryview]


@dataclass(frozen=True, slots=True)
class Relationship:
    """From one part to another; `kind` is the last word of its type, `target` the part's name."""

    id: str
    kind: str
    target: str


class Package:
    """An open workbook and the parts of it that are to be different."""

    def __init__(self, archive: ZipFile, largest_part: int = 2**30) -> None:
        self._archive = archive
        self._largest_part = largest_part
        self._names = {entry.filename.lower(): entry.filename for entry in archive.infolist()}
        self._changed: dict[str, Part] = {}
        self._dropped: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return self._actual(name) in self._changed or name.lower() in self._names

    def read(self, name: str) -> bytes:
        """Return a part as it is to be, in UTF-8. NotEditable where it is not there."""
        name = self._actual(name)
        changed = self._changed.get(name)
        if isinstance(changed, bytes):
            return changed
        try:
            entry = self._archive.getinfo(name)
            if entry.file_size > self._largest_part:
                raise NotEditable("size")
            return in_utf8(self._archive.read(entry))
        except (
            KeyError,
            BadZipFile,
            UnicodeDecodeError,
            LookupError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise NotEditable("part") from error

    def put(self, name: str, content: Part) -> None:
        """Add or replace a part."""
        self._changed[self._actual(name)] = content

    def drop(self, beginning: str) -> None:
        """Leave out every part whose name begins so."""
        gone = {name for low, name in self._names.items() if low.startswith(beginning.lower())}
        self._dropped |= gone
        data = self.read(TYPES)
        said = [
            found for found in elements(data, {"Override"}) if found.attribute("PartName").lstrip("/") in gone
        ]
        self.put(TYPES, edited(data, *(Edit(found.start, found.end, b"") for found in said)))

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has; `pattern` holds one {}."""
        return next(name for number in range(1, 10_000) if not self.has(name := pattern.format(number)))

    @property
    def family(self) -> str:
        """What the types of relationships begin with: strict workbooks have their own."""
        name = _relationships_of("")
        types = [found.attribute("Type") for found in elements(self.read(name), {"Relationship"})]
        return STRICT if any(kind.startswith(STRICT) for kind in types) else RELATED

    def related(self, part: str) -> list[Relationship]:
        """Return where a part leads ('' is the package itself), links to the outside left out."""
        name = _relationships_of(part)
        if not self.has(name):
            return []
        return [
            Relationship(found.attribute("Id"), _kind(found), _resolved(part, found.attribute("Target")))
            for found in elements(self.read(name), {"Relationship"})
            if found.attribute("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another; returns the id."""
        name = _relationships_of(part)
        if not self.has(name):
            self.put(name, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        data = self.read(name)
        top, *others = elements(data)
        used = {other.attribute("Id") for other in others}
        new = next(f"rowpost{number}" for number in range(1, 10_000) if f"rowpost{number}" not in used)
        xml = (
            f'<{top.prefix}Relationship Id="{new}" Type="{self.family}/{kind}" Target="/{escaped(target)}"/>'
        )
        self.put(name, edited(data, child_appended(top, xml.encode())))
        return new

    def unrelate(self, part: str, kind: str) -> None:
        """Cut every lead of that kind."""
        name = _relationships_of(part)
        if self.has(name):
            data = self.read(name)
            gone = [found for found in elements(data, {"Relationship"}) if _kind(found) == kind]
            self.put(name, edited(data, *(Edit(found.start, found.end, b"") for found in gone)))

    def declare(self, part: str, content_type: str) -> None:
        """Say what a part is."""
        data = self.read(TYPES)
        top, *others = elements(data)
        xml = f'<{top.prefix}Override PartName="/{escaped(part)}" ContentType="{content_type}"/>'.encode()
        old = [Edit(other.start, other.end, b"") for other in others if _is_of(other, part)]
        self.put(TYPES, edited(data, *old, child_appended(top, xml)))

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what parts of a file-name extension are, unless it is said already."""
        data = self.read(TYPES)
        top, *others = elements(data)
        if not any(other.attribute("Extension").lower() == extension for other in others):
            xml = f'<{top.prefix}Default Extension="{extension}" ContentType="{content_type}"/>'.encode()
            self.put(
                TYPES,
                edited(
                    data, Edit(top.opened, top.opened, xml) if not top.empty else child_appended(top, xml)
                ),
            )

    def save(self, path: Path) -> None:
        """Write the package: parts that are not changed as they were, in their order, with their dates."""
        changed = dict(self._changed)
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as out:
            for entry in self._archive.infolist():
                if entry.filename in self._dropped:
                    continue
                copied = ZipInfo(entry.filename, entry.date_time)
                copied.compress_type = entry.compress_type
                content = changed.pop(entry.filename, b"")
                _write(out, copied, content or self._archive.read(entry))
            for name, content in changed.items():
                new = ZipInfo(name)
                new.compress_type = ZIP_DEFLATED
                _write(out, new, content)

    def _actual(self, name: str) -> str:
        return self._names.get(name.lower(), name)


def _write(out: ZipFile, entry: ZipInfo, content: Part) -> None:
    with out.open(entry, "w") as stream:
        for piece in [content] if isinstance(content, bytes) else content:
            stream.write(piece)


def _relationships_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _kind(found: Element) -> str:
    return found.attribute("Type").rpartition("/")[2]


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _is_of(element: Element, part: str) -> bool:
    return element.local == "Override" and element.attribute("PartName").lstrip("/").lower() == part.lower()
