"""The table widget of the window: fixed row heights, quality bars, Excel's habits for the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.table.delegate import CellDelegate
from rowpost.gui.table.model import Index, TableModel
from rowpost.gui.table.painter import CellPainter, Line

_SAMPLE_ROWS = 30  # rows that decide how wide a column is
_WIDEST = 260
_LEAST_FLEXIBLE = 64


class Headings(QHeaderView):
    """Headings with a bar below that says how good the column is, and perhaps an arrow to its values."""

    values_wanted = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None, *, with_values: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        tokens = look.tokens
        self._look = look
        self._with_values = with_values
        self.setProperty("values", with_values)  # its style leaves room for the arrow
        self._colours = [QColor(c) for c in (tokens.ok, tokens.check, tokens.must_fix, tokens.hairline)]
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(look.px(56))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def sizeHint(self) -> QSize:
        """Return room for one line of text and the bar."""
        return QSize(super().sizeHint().width(), self._look.px(34))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Draw the heading, then its bar."""
        painter.save()
        super().paintSection(painter, rect, logical_index)
        painter.restore()
        if self._has_values(logical_index):
            size, colour = self._look.px(14), self._look.tokens.muted
            place = QPoint(rect.right() - size - self._look.px(4), rect.center().y() - size // 2)
            painter.drawPixmap(place, pixmap("down", colour, size, self.devicePixelRatioF()))
        self._paint_quality(painter, rect, logical_index)

    def _has_values(self, column: int) -> bool:
        return self._with_values and column > 0

    def _arrow(self, column: int) -> QRect:
        """Where a click opens the values of a column; the edge is left for changing the width."""
        right = self.sectionViewportPosition(column) + self.sectionSize(column) - self._look.px(4)
        return QRect(right - self._look.px(18), 0, self._look.px(18), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the values of a column by its arrow."""
        at = event.position().toPoint()
        column = self.logicalIndexAt(at)
        if self._has_values(column) and self._arrow(column).contains(at):
            self.values_wanted.emit(column)
            event.accept()
            return
        super().mousePressEvent(event)

    def below(self, column: int) -> QPoint:
        """Return the place of the screen under a heading."""
        return self.viewport().mapToGlobal(QPoint(self.sectionViewportPosition(column), self.height()))

    def _paint_quality(self, painter: QPainter, rect: QRect, column: int) -> None:
        model = self.model()
        quality = model.quality(column) if isinstance(model, TableModel) else None
        if quality is None or not sum(quality):
            return
        left, height = rect.left() + self._look.px(8), self._look.px(3)
        room = rect.width() - self._look.px(16)
        for count, colour in zip(quality, self._colours, strict=True):
            width = max(self._look.px(2), round(room * count / sum(quality))) if count else 0
            painter.fillRect(left, rect.bottom() - height - self._look.px(2), width, height, colour)
            left += width


class CalmTable(QTableView):
    """A table that leaves an open editor alone while its rows are judged again, and paints in one go."""

    _cells: CellPainter | None = None  # Qt may speak of a font before the constructor is done

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(look, self.font())
        self.setItemDelegate(CellDelegate(look, self))

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:
        """Leave the headings out of it: they show nothing of it, but would ask it about every row."""
        super().setSelectionModel(selection)
        for headings in (self.horizontalHeader(), self.verticalHeader()):
            headings.setSelectionModel(QItemSelectionModel(selection.model(), headings))

    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() is QAbstractItemView.State.EditingState

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Show what has changed; the text that a person is typing at this moment stays."""
        if self.is_editing():
            self.viewport().update()
        else:
            super().dataChanged(first, last, list(roles))

    def changeEvent(self, event: QEvent) -> None:
        """Write in another font as soon as there is one."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._cells:
            self._cells.set_font(self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells that are to be seen anew."""
        model, cells = self.model(), self._cells
        if not isinstance(model, TableModel) or cells is None:
            return
        rows, columns = self._rows_in(event.rect()), self._columns_in(event.rect())
        if not rows or not columns:
            return
        painter = QPainter(self.viewport())
        selection = self.selectionModel().selection()
        chosen = [selection.at(number) for number in range(selection.count())]
        here = self._focused()
        for row in rows:
            for column in columns:
                cells.cell(
                    painter,
                    QRect(column.start, row.start, column.size - 1, row.size - 1),
                    model.face(row.number, column.number),
                    selected=any(_holds(area, row.number, column.number) for area in chosen),
                    focus=here == (row.number, column.number),
                )
        cells.lines(painter, rows, columns)
        painter.end()

    def _focused(self) -> tuple[int, int]:
        """The cell that has the keyboard; none where another control has it."""
        at = self.currentIndex()
        return (at.row(), at.column()) if self.hasFocus() or self.viewport().hasFocus() else (-1, -1)

    def _rows_in(self, area: QRect) -> list[Line]:
        """All rows are of one height, and none is hidden."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return []
        last = self.model().rowCount() - 1 if last < 0 else last
        top, height = self.rowViewportPosition(first), self.rowHeight(first)
        return [Line(row, top + (row - first) * height, height) for row in range(first, last + 1)]

    def _columns_in(self, area: QRect) -> list[Line]:
        every = range(self.model().columnCount())
        lines = (
            Line(at, self.columnViewportPosition(at), self.columnWidth(at))
            for at in every
            if not self.isColumnHidden(at)
        )
        return [one for one in lines if one.start <= area.right() and one.start + one.size > area.left()]


def _holds(area: QItemSelectionRange, row: int, column: int) -> bool:
    return area.top() <= row <= area.bottom() and area.left() <= column <= area.right()


class TableView(CalmTable):
    """A table over a TableModel."""

    def __init__(self, look: Look, name: str, model: TableModel) -> None:
        super().__init__(look)
        self._look = look
        self._shared: tuple[int, tuple[int, ...], int] | None = None
        self.copy_selected: Callable[[], object] | None = None  # None: Qt's way, one cell
        self.setAccessibleName(name)
        self.headings = self._headings(look)
        self.setHorizontalHeader(self.headings)
        self.setModel(model)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        numbers = self.verticalHeader()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setDefaultSectionSize(look.px(28))
        numbers.setMinimumWidth(look.px(44))
        numbers.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        numbers.setHighlightSections(False)

    def _headings(self, look: Look) -> Headings:
        return Headings(look, self)

    @property
    def table_model(self) -> TableModel:
        """The model behind the view."""
        model = self.model()
        assert isinstance(model, TableModel)  # noqa: S101 - set in the constructor, never replaced
        return model

    def fit_columns(self) -> None:
        """Give every column the width its heading and its first rows need."""
        model, metrics, look = self.table_model, self.fontMetrics(), self._look
        bold = self.font()
        bold.setWeight(QFont.Weight.DemiBold)
        headings = QFontMetrics(bold)
        rows = range(min(_SAMPLE_ROWS, model.rowCount()))
        for column in range(model.columnCount()):
            texts = [model.face(row, column) for row in rows]
            words = [
                metrics.horizontalAdvance(face.text) + (look.px(20) if face.symbol else 0) for face in texts
            ]
            heading = headings.horizontalAdvance(model.grid.heading(column)) + look.px(2)
            self.setColumnWidth(column, min(look.px(_WIDEST), max([heading, *words]) + look.px(32)))

    def whole_rows(self, activate: Callable[[], object]) -> None:
        """Choose one whole row at a time; Enter and a double click mean `activate`."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _: activate())
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(activate)

    def share_room(self, flexible: int, dispensable: Sequence[int], least: int = _LEAST_FLEXIBLE) -> None:
        """Give one column the room that the others leave, also when the room changes.

        Where that is not the least it needs (design pixels), others are hidden in the order given.
        """
        self._shared = (flexible, tuple(dispensable), least)
        least = self._look.px(least)
        for column in dispensable:
            self.showColumn(column)
        for column in dispensable:
            if self._left_by_others(flexible) < least:
                self.hideColumn(column)
        self.setColumnWidth(flexible, max(least, self._left_by_others(flexible)))

    def _left_by_others(self, flexible: int) -> int:
        columns = range(self.table_model.columnCount())
        return self.viewport().width() - sum(self.columnWidth(at) for at in columns if at != flexible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        if self._shared is not None:
            self.share_room(*self._shared)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down, as in Excel; everything else as usual.

        The Enter that ends an edit comes by here too; the editor moves on by itself when it closes.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.move_by(0 if self.is_editing() else 1, 0)
            event.accept()
            return
        if self.copy_selected is not None and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
            event.accept()
            return
        super().keyPressEvent(event)

    def move_by(self, rows: int, columns: int) -> None:
        """Move the current cell, staying inside the table."""
        at, model = self.currentIndex(), self.table_model
        row = min(max(0, at.row() + rows), model.rowCount() - 1)
        column = min(max(0, at.column() + columns), model.columnCount() - 1)
        self.setCurrentIndex(model.index(row, column))
