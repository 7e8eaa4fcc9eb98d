"""Adds the few cell styles of a report to a workbook's style part, behind all that are there."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.reports.additions import FILLS, Tone
from rowpost.reports.xml_edits import (
    Edit,
    Element,
    NotEditable,
    child_appended,
    edited,
    elements,
    escaped,
    start_tag_with,
)

_FIRST_OWN_FORMAT = 164  # those below are Excel's
_TEXT, _AMOUNT = 49, 4  # Excel's own number formats: @ and #,##0.00


def bare_styles(number_formats: Sequence[str] = ()) -> bytes:
    """A style part for a workbook without one: style 0, then one for each number format."""
    own = list(enumerate(number_formats, start=_FIRST_OWN_FORMAT))
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>' for number, code in own)
    styles = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for number, _ in own
    )
    wrapped = f'<numFmts count="{len(number_formats)}">{formats}</numFmts>' if formats else ""
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'{wrapped}<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(number_formats) + 1}"><xf/>{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


class Styles:
    """The style part of a workbook; indexes are those that a cell's `s` refers to."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        every = elements(data)
        first = {element.local: element for element in reversed(every)}
        if not first.keys() >= {"cellXfs", "fills", "fonts"}:
            raise NotEditable("styles")
        self._formats, self._fills, self._fonts = first["cellXfs"], first["fills"], first["fonts"]
        self._existing = _children(every, self._formats)
        self._fill_count = len(_children(every, self._fills))
        self._font_count = len(_children(every, self._fonts))
        self._new: list[bytes] = []
        self._differences_element = first.get("dxfs")
        self._behind_styles = first.get("cellStyles", self._formats).end
        self._difference_count = len(_children(every, self._differences_element))
        self._fill_of = {tone: self._fill_count + index for index, tone in enumerate(FILLS)}

    def text(self, tone: Tone = Tone.PLAIN) -> int:
        """A style whose cells are text."""
        return self._add(_TEXT, self._fill_of.get(tone, 0))

    def amount(self) -> int:
        """A style that shows two decimals."""
        return self._add(_AMOUNT, 0)

    def bold(self) -> int:
        """A style for headings."""
        return self._add(_TEXT, 0, self._font_count)

    def tint(self, tone: Tone) -> int:
        """What a rule of a sheet gives to cells: the tint alone."""
        return self._difference_count + list(FILLS).index(tone)

    def xml(self) -> bytes:
        """The style part with the new styles."""
        p = self._formats.prefix
        fills = "".join(
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{rgb}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            for rgb in FILLS.values()
        )
        font = f'<{p}font><{p}b/><{p}sz val="11"/></{p}font>'
        return edited(
            self._data,
            *_grown(self._data, self._fonts, self._font_count + 1, font.encode()),
            *_grown(self._data, self._fills, self._fill_count + len(FILLS), fills.encode()),
            *_grown(self._data, self._formats, len(self._existing) + len(self._new), b"".join(self._new)),
            *self._differences(),
        )

    def _differences(self) -> list[Edit]:
        p = self._formats.prefix
        new = "".join(
            f'<{p}dxf><{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{rgb}"/>'
            f'<{p}bgColor rgb="FF{rgb}"/></{p}patternFill></{p}fill></{p}dxf>'
            for rgb in FILLS.values()
        )
        count = self._difference_count + len(FILLS)
        if self._differences_element:
            return _grown(self._data, self._differences_element, count, new.encode())
        xml = f'<{p}dxfs count="{count}">{new}</{p}dxfs>'.encode()
        return [Edit(self._behind_styles, self._behind_styles, xml)]

    def _add(self, number_format: int, fill: int, font: int = 0) -> int:
        return self._append(
            f'<{self._formats.prefix}xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}"'
            ' borderId="0" xfId="0" applyNumberFormat="1" applyFill="1" applyFont="1"/>'.encode()
        )

    def _append(self, xml: bytes) -> int:
        if xml not in self._new:
            self._new.append(xml)
        return len(self._existing) + self._new.index(xml)


def _children(every: list[Element], parent: Element | None) -> list[Element]:
    children: list[Element] = []
    if parent is None:
        return children
    for element in every:
        inside = parent.opened <= element.start < parent.closing
        if inside and (not children or element.start >= children[-1].end):
            children.append(element)
    return children


def _grown(data: bytes, parent: Element, count: int, xml: bytes) -> list[Edit]:
    """The edits that add children and correct the count."""
    tag = start_tag_with(data, parent, count=str(count))
    if parent.empty:
        return [Edit(parent.start, parent.opened, tag[:-2] + b">" + xml + f"</{parent.name}>".encode())]
    return [Edit(parent.start, parent.opened, tag), child_appended(parent, xml)]
