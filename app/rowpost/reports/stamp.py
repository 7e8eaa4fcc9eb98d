"""Marks a workbook as one of ours, so that it is recognised when it is opened again.

The stamp is a custom document property: Excel and LibreOffice keep those when they save.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rowpost.reports.package import Package
from rowpost.reports.xml_edits import Edit, Element, NotEditable, child_appended, edited, elements, escaped

NAME = "Rowpost"
Stamp = Mapping[str, str | int]
_LARGEST_PART = 2**20  # the file may come from anywhere; our own parts are far smaller
_KIND = "custom-properties"
_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EMPTY = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"/>'
)
_TEXT_TYPE = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp of a workbook that this program has made, else None.

    `kind` is "results" or "problems"; further keys as `results_workbook` and `problem_workbook` say.
    """
    try:
        with ZipFile(path) as archive:
            return find_stamp(Package(archive, _LARGEST_PART))
    except (OSError, BadZipFile, NotEditable, ValueError):
        return None


def find_stamp(package: Package) -> Stamp | None:
    """Return the stamp of an open workbook. ValueError or NotEditable where its part is damaged."""
    part = _part_of(package)
    return _stamp_in(package.read(part)) if part else None


def write_stamp(package: Package, stamp: Stamp) -> None:
    """Put the stamp into a workbook, instead of an older one."""
    part = _part_of(package) or _new_part(package)
    data = package.read(part)
    top, *others = elements(data)
    properties = [other for other in others if other.local == "property"]
    number = max((int(other.attribute("pid") or 1) for other in properties), default=1) + 1
    xml = (
        f'<{top.prefix}property fmtid="{_FORMAT_ID}" pid="{number}" name="{NAME}">'
        f"<vt:lpwstr {_TEXT_TYPE}>{escaped(encoded(stamp))}</vt:lpwstr></{top.prefix}property>"
    )
    old = [Edit(other.start, other.end, b"") for other in properties if _is_ours(other)]
    package.put(part, edited(data, *old, child_appended(top, xml.encode())))


def encoded(stamp: Stamp) -> str:
    """The stamp as the property's text."""
    return json.dumps(dict(stamp), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _stamp_in(data: bytes) -> Stamp | None:
    found = elements(data, {"property", "lpwstr"})
    for outer, inner in pairwise(found):
        if _is_ours(outer) and inner.local == "lpwstr":
            text = data[inner.opened : inner.closing].decode()
            for name, letter in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
                text = text.replace(name, letter)
            stamp = json.loads(text)
            return stamp if isinstance(stamp, dict) else None
    return None


def _part_of(package: Package) -> str:
    return next((found.target for found in package.related("") if found.kind == _KIND), "")


def _new_part(package: Package) -> str:
    part = package.free_name("docProps/custom{}.xml") if package.has(_PART) else _PART
    package.put(part, _EMPTY)
    package.declare(part, _TYPE)
    package.relate("", _KIND, part)
    return part


def _is_ours(element: Element) -> bool:
    return element.attribute("name") == NAME
