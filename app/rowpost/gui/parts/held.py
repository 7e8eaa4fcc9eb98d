"""What a person has chosen on a page: filters, a search, a cell, how far it is scrolled.

Pages are made anew where language or appearance change, perhaps because the desktop turns dark in
the evening; nothing that a person has chosen may go by that. A page made by the same code has the
same widgets in the same order; where it has not, the page is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
V = TypeVar("V")
_Scrolled = tuple[int, int]
_Area = QAbstractItemView | QScrollArea | QTextBrowser


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a page, of every kind of widget in the order of the page."""

    chips: tuple[bool, ...]
    searches: tuple[str, ...]
    lines: tuple[int, ...]  # of lists, -1: none
    cells: tuple[tuple[int, int], ...]  # of tables, -1: none
    scrolled: tuple[_Scrolled, ...]


def hold(page: QWidget) -> Held:
    """Return what a person has chosen on a page."""
    indexes = [table.currentIndex() for table in _tables(page)]
    return Held(
        tuple(chip.isChecked() for chip in _chips(page)),
        tuple(search.text() for search in _searches(page)),
        tuple(lines.currentRow() for lines in page.findChildren(QListWidget)),
        tuple((index.row(), index.column()) for index in indexes),
        tuple(_scrolled(area) for area in _areas(page)),
    )


def give_back(page: QWidget, held: Held) -> None:
    """Choose the same again: what narrows the rows first, then the cell among them."""
    _each(_chips(page), held.chips, _choose_chip)
    _each(_searches(page), held.searches, _search)
    _each(page.findChildren(QListWidget), held.lines, _choose_line)
    _each(_tables(page), held.cells, _choose_cell)


def scroll_back(page: QWidget, held: Held) -> None:
    """Scroll as far as before; the page has found its sizes."""
    _each(_areas(page), held.scrolled, _scroll)


def _each(widgets: Sequence[W], values: Sequence[V], give: Callable[[W, V], None]) -> None:
    if len(widgets) == len(values):
        for widget, value in zip(widgets, values, strict=True):
            give(widget, value)


def _choose_chip(chip: QPushButton, checked: bool) -> None:
    if checked and not chip.isChecked():
        chip.click()


def _search(search: QLineEdit, text: str) -> None:
    if search.text() != text:
        search.setText(text)


def _choose_cell(table: QTableView, cell: tuple[int, int]) -> None:
    if cell[0] >= 0:
        table.setCurrentIndex(table.model().index(*cell))


def _scroll(area: _Area, scrolled: _Scrolled) -> None:
    down, right = scrolled
    area.verticalScrollBar().setValue(down)
    area.horizontalScrollBar().setValue(right)


def _choose_line(lines: QListWidget, row: int) -> None:
    if 0 <= row < lines.count() and row != lines.currentRow():
        lines.setCurrentRow(row)
        lines.itemActivated.emit(lines.item(row))


def _scrolled(area: _Area) -> _Scrolled:
    return area.verticalScrollBar().value(), area.horizontalScrollBar().value()


def _chips(page: QWidget) -> list[QPushButton]:
    buttons = page.findChildren(QPushButton)
    return [one for one in buttons if one.isCheckable() and one.property("kind") == "chip"]


def _searches(page: QWidget) -> list[QLineEdit]:
    return [edit for edit in page.findChildren(QLineEdit) if edit.placeholderText()]


def _tables(page: QWidget) -> list[QTableView]:
    """Return the tables; not the columns that one keeps in view, which follow it."""
    return [one for one in page.findChildren(QTableView) if not isinstance(one.parent(), QTableView)]


def _areas(page: QWidget) -> Sequence[_Area]:
    return [*page.findChildren(QScrollArea), *page.findChildren(QTextBrowser), *_tables(page)]
