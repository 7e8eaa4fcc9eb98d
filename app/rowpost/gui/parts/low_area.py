"""An area for bars above what a page is about: it scrolls before it takes the room of the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

_MOST = 0.42  # of the page's height


class LowArea(QScrollArea):
    """Bars that scroll when there are many, so that the rows stay in view."""

    def __init__(self, content: QLayout, most: float = _MOST) -> None:
        super().__init__()
        self._most = most
        self._content = content
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setLayout(content)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Be as high as the bars, but leave most of the page to the rows."""
        wanted = self._content.heightForWidth(self.viewport().width())
        above = self.parentWidget()
        self.setFixedHeight(max(0, min(wanted, round(above.height() * self._most) if above else wanted)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts need more lines where there is less room."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Follow the bars as they come and go."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)
