"""A page of text to read: Markdown set in our own type, with pictures as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QImageReader,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from rowpost.gui.look.look import Look

_HEADINGS = {1: 22, 2: 16, 3: 14}  # design pixels by level
_ABOVE = {1: 0, 2: 20, 3: 10}
_LINE = 140.0  # per cent of the text's height
_WIDEST = 760  # design pixels: longer lines are hard to read


class Reader(QTextBrowser):
    """Shows one page at a time; links are not followed, for there is nothing outside to go to."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        self.setProperty("kind", "reader")
        self.document().setDocumentMargin(look.px(24))

    def show_page(self, markdown: str, folder: str = "") -> None:
        """Show a page from its beginning; `folder` is where its pictures are looked for."""
        self.setSearchPaths([folder] if folder else [])
        self.document().setBaseUrl(QUrl.fromLocalFile(f"{folder}/") if folder else QUrl())
        self.setMarkdown(markdown)
        for block in _blocks(self.document()):
            self._set_block(block)
        self._set_tables()
        self._fit()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give lines and pictures the room there is."""
        super().resizeEvent(event)
        self._fit()

    # -- Type --------------------------------------------------------------------------------

    def _set_block(self, block: QTextBlock) -> None:
        cursor, shape = QTextCursor(block), block.blockFormat()
        level = shape.headingLevel()
        shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(self._look.px(_ABOVE.get(level, 0)))
        close = level == len(_HEADINGS) or bool(block.textList()) or cursor.currentTable() is not None
        shape.setBottomMargin(self._look.px(2 if close else 10))
        cursor.setBlockFormat(shape)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = block.charFormat()
            letters.setProperty(QTextFormat.Property.FontPixelSize, self._look.px(_HEADINGS.get(level, 14)))
            letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor.setCharFormat(letters)

    def _set_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setCellPadding(self._look.px(6))
                shape.setCellSpacing(0)
                shape.setBorder(1)
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBottomMargin(self._look.px(12))
                shape.setBorderCollapse(True)
                shape.setBorderBrush(self._look.colour("hairline"))
                frame.setFormat(shape)

    # -- Room --------------------------------------------------------------------------------

    def _fit(self) -> None:
        room = min(self.viewport().width(), self._look.px(_WIDEST))
        margins = self.document().rootFrame().frameFormat()
        margins.setRightMargin(max(self.viewport().width() - room, self._look.px(24)))
        self.document().rootFrame().setFrameFormat(margins)
        width = room - 2 * self._look.px(24)
        for cursor, picture in self._pictures():
            if picture.width() != width:
                size = QImageReader(self._path(picture)).size()
                picture.setWidth(width)
                picture.setHeight(width * size.height() / max(size.width(), 1))
                cursor.setCharFormat(picture)

    def _path(self, picture: QTextImageFormat) -> str:
        return str(Path(self.document().baseUrl().toLocalFile()) / picture.name())

    def _pictures(self) -> Iterator[tuple[QTextCursor, QTextImageFormat]]:
        for block in _blocks(self.document()):
            walk = block.begin()
            while not walk.atEnd():
                piece = walk.fragment()
                if piece.charFormat().isImageFormat():
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(piece.position())
                    cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                    yield cursor, piece.charFormat().toImageFormat()
                walk += 1


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
