"""The workbook part: which sheets there are, and which parts belong to them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from rowpost.model.workbook import Visibility
from rowpost.sheets.prescreen import Container
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.markup import Attributes, is_true, parse

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_VISIBILITY = {"hidden": Visibility.HIDDEN, "veryHidden": Visibility.VERY_HIDDEN}
_MOST_SHEETS = 5_000


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: its name as a person sees it, and the part that holds it ('' for a chart)."""

    name: str
    visibility: Visibility
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the workbook part says."""

    sheets: tuple[SheetPart, ...]
    epoch_1904: bool
    strings: str  # part names, '' where there is none
    styles: str
    external_links: int


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str  # the last word of the relationship type
    part: str


def read_package(container: Container) -> Package:
    """Read the workbook part and its relationships."""
    workbook = _main_part(container)
    links = _links(container, workbook)
    sheets, epoch_1904 = _workbook(container, workbook, links)
    if not sheets:
        raise refuse("sheets.no_sheets")
    return Package(
        sheets,
        epoch_1904,
        _part_of(links, "sharedStrings", container),
        _part_of(links, "styles", container),
        sum(link.kind == "externalLink" for link in links.values()),
    )


def _main_part(container: Container) -> str:
    for link in _links(container, "").values():
        if link.kind == "officeDocument" and link.part in container:
            return link.part
    raise refuse("sheets.not_a_workbook")


def _links(container: Container, source: str) -> dict[str, _Link]:
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    links: dict[str, _Link] = {}

    def start(element: str, attributes: Attributes) -> None:
        if element == _RELATIONSHIPS and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            kind = attributes.get("Type", "").rpartition("/")[2]
            links[attributes.get("Id", "")] = _Link(kind, _resolve(folder, target))

    if part in container:
        parse(part, container.chunks(part), start)
    return links


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _part_of(links: dict[str, _Link], kind: str, container: Container) -> str:
    return next((link.part for link in links.values() if link.kind == kind and link.part in container), "")


def _workbook(container: Container, part: str, links: dict[str, _Link]) -> tuple[tuple[SheetPart, ...], bool]:
    sheets: list[SheetPart] = []
    epoch_1904 = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal epoch_1904
        if element == "sheet" and len(sheets) < _MOST_SHEETS:
            sheets.append(_sheet(attributes, links, container))
        elif element == "workbookPr":
            epoch_1904 = is_true(attributes.get("date1904"))

    parse(part, container.chunks(part), start)
    return tuple(sheets), epoch_1904


def _sheet(attributes: Attributes, links: dict[str, _Link], container: Container) -> SheetPart:
    link_id = next((value for name, value in attributes.items() if name.endswith("relationships id")), "")
    link = links.get(link_id)
    readable = link is not None and link.kind == "worksheet" and link.part in container
    visibility = _VISIBILITY.get(attributes.get("state", ""), Visibility.VISIBLE)
    return SheetPart(attributes.get("name", ""), visibility, link.part if link and readable else "")
