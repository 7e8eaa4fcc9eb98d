"""Draws a receipt: A4, PDF/A-1b, fonts inside, text that can be searched and copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from rowpost.gui.receipt.fonts import font
from rowpost.gui.receipt.layout import Column, Strip, Style, pages
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.trouble import Stopped
from rowpost.reports.receipt import Receipt

_MARGIN, _FOOT = 16.0, 10.0  # millimetres
_DOTS_PER_INCH, _MM_PER_INCH = 1200, 25.4
_INK, _QUIET = QColor("#1b1f24"), QColor("#57606a")
_ABOUT = (0.26, 0.74)  # shares of the width: a word, its text
_LIST = (0.07, 0.16, 0.15, 0.11, 0.19, 0.32)
_WORD, _MOST_A_SUM = 0.32, 0.18  # shares of the width in the table of totals
_NAMES = re.compile(rb"beginbfrange.*?endbfrange", re.DOTALL)  # what a PDF calls its glyphs
_TAB, _BLANK = b"<0009>", b"<0020>"
_TELL_EVERY = 5  # pages


def draw_receipt(receipt: Receipt, stop: StopToken, progress: OnProgress) -> bytes:
    """Return the PDF file. A QGuiApplication must be there. Stopped once `stop` is set.

    Trouble(FIX_SETTINGS) `reports.receipt.no_font` on a machine without a usable font.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = _device(buffer, receipt)
    paper = _Paper(receipt, device)
    count = sum(1 for _ in _watched(paper.pages(), stop, _unheard))
    painter = QPainter(device)
    try:
        told = _watched(paper.pages(), stop, lambda done: progress(Progress("progress.pages", done, count)))
        for number, page in enumerate(told, start=1):
            if number > 1:
                device.newPage()
            paper.draw(painter, page, receipt.page(number, count))
    finally:
        painter.end()
    return with_blanks(bytes(buffer.data().data()))


def with_blanks(pdf: bytes) -> bytes:
    """Name the blank's glyph a blank: Qt takes the first letter that looks so, a tab, and search fails."""
    return _NAMES.sub(lambda names: names[0].replace(_TAB, _BLANK), pdf)


def _unheard(_: int) -> None:
    """Counting pages is no progress that a person waits for."""


def _watched(
    made: Iterator[list[Strip]], stop: StopToken, tell: Callable[[int], None]
) -> Iterator[list[Strip]]:
    for done, page in enumerate(made):
        if stop.is_set():
            raise Stopped
        if done % _TELL_EVERY == 0:
            tell(done)
        yield page


def _device(buffer: QIODevice, receipt: Receipt) -> QPdfWriter:
    device = QPdfWriter(buffer)
    device.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    device.setResolution(_DOTS_PER_INCH)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _FOOT)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    device.setTitle(receipt.title)
    device.setCreator("Rowpost")
    return device


class _Paper:
    """One receipt's measures: columns, fonts, strips."""

    def __init__(self, receipt: Receipt, device: QPdfWriter) -> None:
        self._receipt = receipt
        self._width, self._height = float(device.width()), float(device.height())
        self._mm = _DOTS_PER_INCH / _MM_PER_INCH
        self._title = Style(font(16, bold=True), device)
        self._text, self._strong = Style(font(9), device), Style(font(9, bold=True), device)
        self._small, self._small_strong = Style(font(7.5), device), Style(font(7.5, bold=True), device)
        self._list = self._columns(_LIST, receipt.invoices_right)
        self._head = self._small_strong.strip(receipt.headings, self._list, above=self._mm * 6, rule=True)

    def pages(self) -> Iterator[list[Strip]]:
        """Make the pages, each time anew: a long receipt is never held as a whole."""
        front = list(self._front())
        room = self._height - self._text.line_height - self._mm * 4  # the foot
        return pages(self._strips(front), self._head, room, begins_list=len(front))

    def _strips(self, front: list[Strip]) -> Iterator[Strip]:
        yield from front
        if self._receipt.count:
            yield self._head
        strip, above = self._small.strip, self._mm * 1.2
        for texts in self._receipt.invoices():
            yield strip(texts, self._list, above=above)

    def _front(self) -> Iterator[Strip]:
        """What stands before the list."""
        receipt, mm, whole = self._receipt, self._mm, (Column(0, self._width),)
        yield self._title.strip((receipt.title,), whole)
        for place, pair in enumerate(receipt.about):
            yield self._text.strip(pair, self._columns(_ABOUT), above=mm * (5 if place == 0 else 0.8))
        first, *others, last = receipt.totals
        share = min(_MOST_A_SUM, (1 - _WORD) / (len(first) - 1))
        columns = self._columns((_WORD, *[share] * (len(first) - 1)), receipt.totals_right)
        yield self._strong.strip(first, columns, above=mm * 6, rule=True)
        for place, line in enumerate(others):
            yield self._text.strip(line, columns, above=mm * (1.8 if place == 0 else 0.8))
        yield self._strong.strip(last, columns, above=mm * 0.8)
        for place, sentence in enumerate(receipt.closing):
            yield self._text.strip((sentence,), whole, above=mm * (5 if place == 0 else 1))

    def _columns(self, shares: tuple[float, ...], right: tuple[int, ...] = ()) -> tuple[Column, ...]:
        gap = self._mm * 2.5
        lefts = [sum(shares[:place]) * self._width for place in range(len(shares))]
        return tuple(
            Column(left, share * self._width - gap, place in right)
            for place, (left, share) in enumerate(zip(lefts, shares, strict=True))
        )

    def draw(self, painter: QPainter, page: list[Strip], number: str) -> None:
        """Draw one page, with its foot."""
        top = 0.0
        painter.setPen(_INK)
        for strip in page:
            top += strip.above if top else 0.0
            self._draw(painter, strip, top)
            top += strip.height
        painter.setPen(_QUIET)
        painter.setFont(self._small.font)
        base = self._height - self._mm
        painter.drawText(QPointF(0, base), self._receipt.footer)
        painter.drawText(QPointF(self._width - self._small.advance(number), base), number)

    def _draw(self, painter: QPainter, strip: Strip, top: float) -> None:
        style = strip.style
        painter.setFont(style.font)
        for lines, column in zip(strip.cells, strip.columns, strict=True):
            base = top + style.ascent
            for line in lines:
                if line:
                    spare = column.width - style.advance(line) if column.right else 0.0
                    painter.drawText(QPointF(column.left + spare, base), line)
                base += style.line_height
        if strip.rule:
            below = top + strip.height + self._mm * 0.6
            painter.setPen(QPen(_QUIET, self._mm * 0.15))
            painter.drawLine(QLineF(0, below, self._width, below))
            painter.setPen(_INK)
