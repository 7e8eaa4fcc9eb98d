"""What a page is about, with a panel: beside it where there is room, below it where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QVBoxLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import column, row, scrolled

_SIDE = 340  # design pixels
_WIDEST = 0.42  # of the page, for the panel at the side
_ROOM_FOR_BOTH = 600
_AIR = 12


class PanelArea(QScrollArea):
    """The content of a panel: scrolls by itself, or is as high as it needs where the page scrolls."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setLayout(content)
        self._content = content
        self._open = False
        self.setWidgetResizable(True)
        self.setWidget(sheet)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def open_up(self, *, on: bool) -> None:
        """Be as high as the content, or as high as the panel lets it be."""
        self._open = on
        if on:
            self._fit()
        else:
            self.setMinimumHeight(0)

    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self._content.totalHeightForWidth(self.viewport().width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts need more lines where there is less room."""
        super().resizeEvent(event)
        if self._open:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow the content as it comes and goes."""
        if event.type() is QEvent.Type.LayoutRequest and self._open:
            self._fit()
        return super().event(event)


class Sided(QWidget):
    """The main part scrolls where the window is too low for it; the panel below it scrolls with it."""

    def __init__(self, look: Look, main: QLayout, side: QWidget) -> None:
        super().__init__()
        self._look = look
        self._side = side
        self._below = False
        self._sheet: QVBoxLayout = column(main, gap=0)
        self._sheet.setStretchFactor(main, 1)
        self._area = scrolled(self._sheet)
        self._across = row(self._area, side, gap=0)
        self._across.setStretchFactor(self._area, 1)
        self.setLayout(self._across)
        QApplication.instance().focusObjectChanged.connect(self._follow)  # type: ignore[union-attr]

    @property
    def below(self) -> bool:
        """Whether the panel stands below."""
        return self._below

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel where there is room for it."""
        super().resizeEvent(event)
        below = self.width() < self._look.px(_ROOM_FOR_BOTH)
        if below != self._below:
            self._below = below
            self._move()
        if not below:
            self._side.setFixedWidth(min(self._look.px(_SIDE), round(self.width() * _WIDEST)))

    def _move(self) -> None:
        if self._below:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)  # Qt's word for "no limit"
            self._sheet.addWidget(self._side)
        else:
            self._across.addWidget(self._side)
        for area in self._side.findChildren(PanelArea):
            area.open_up(on=self._below)

    def _follow(self, now: QObject | None) -> None:
        """Keep what has the keyboard in view; of what is higher than the page, the beginning."""
        if isinstance(now, QWidget) and self._area.isAncestorOf(now) and self.isVisible():
            low = now.height() > self._area.viewport().height()
            self._area.ensureWidgetVisible(now, 0, self._look.px(0 if low else _AIR))
