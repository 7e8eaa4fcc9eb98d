"""Lets Excel work formulas out anew after cells have changed: what they showed holds no longer."""

from __future__ import annotations

from rowpost.reports.package import Package
from rowpost.reports.xml_edits import Edit, edited, elements, start_tag_with

# what stands before <calcPr>, ECMA-376 part 1, 18.2.27
_BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")


def recalculate(package: Package, book: str) -> None:
    """Ask for it when the workbook is opened, and drop the old order of the cells."""
    chain = next((found.target for found in package.related(book) if found.kind == "calcChain"), "")
    if chain:
        package.unrelate(book, "calcChain")
        package.drop(chain)
    data = package.read(book)
    top, *others = elements(data)
    old = next((one for one in others if one.local == "calcPr"), None)
    if old is not None:
        new = start_tag_with(data, old, fullCalcOnLoad="1")
        package.put(book, edited(data, Edit(old.start, old.opened, new)))
        return
    place = max(one.end for one in others if one.local in _BEFORE)
    xml = f'<{top.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    package.put(book, edited(data, Edit(place, place, xml)))
