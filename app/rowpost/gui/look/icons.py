"""Our own icons: one stroke on a 20 x 20 field, tinted from the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PATHS: dict[str, str] = {
    "open": "M3 16V5a1 1 0 0 1 1-1h4l2 2h6a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z",
    "map": "M3 5h4M3 10h4M3 15h4M13 5h4M13 10h4M13 15h4M7 5l6 5M7 10l6-5M7 15h6",
    "review": "M4 3h12v14H4zM7 7h6M7 10h6M7 13h3",
    "send": "M3 10L17 3l-4 14-3.5-5.5zM9.5 11.5L17 3",
    "results": "M4 16V9M8 16V5M12 16v-8M16 16v-4M3 17h14",
    "history": "M10 5v5l3 2M4 10a6 6 0 1 0 2-4.5L4 7M4 3.5V7h3.5",
    "follow": "M9 15a6 6 0 1 1 0-12 6 6 0 0 1 0 12zM13.5 13.5L17 17",
    "settings": "M3 6h8M15 6h2M13 4v4M3 14h2M9 14h8M7 12v4",
    "help": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM8 8a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.7M10 14v.1",
    "back": "M12 4l-6 6 6 6",
    "next": "M8 4l6 6-6 6",
    "down": "M5 8l5 5 5-5",
    "up": "M5 12l5-5 5 5",
    "tick": "M4 10.5l4 4 8-9",
    "cross": "M5 5l10 10M15 5L5 15",
    "must_fix": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM10 6.5v4.5M10 13.6v.1",
    "check": "M10 3.5L17.5 16.5h-15zM10 8v4M10 14.2v.1",
    "ok": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM6.8 10.2l2.3 2.3 4.2-4.8",
    "info": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM10 9v5M10 6.2v.1",
    "waiting": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM10 6v4l2.6 2",
    "not_known": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM8 8a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.7M10 14v.1",
    "left_out": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM6.5 10h7",
    "pause": "M7 4v12M13 4v12",
    "stop": "M5 5h10v10H5z",
    "play": "M6 4l10 6-10 6z",
    "undo": "M7 4L3.5 7.5 7 11M4 7.5h8a4.5 4.5 0 0 1 0 9H8",
    "redo": "M13 4l3.5 3.5L13 11M16 7.5H8a4.5 4.5 0 0 0 0 9h4",
    "search": "M9 15a6 6 0 1 1 0-12 6 6 0 0 1 0 12zM13.5 13.5L17 17",
    "save": "M10 3v9M6.5 8.5L10 12l3.5-3.5M3.5 13v3.5h13V13",
    "file": "M5 2.5h7l3 3v12H5zM12 2.5v3h3",
    "sheet": "M3.5 4h13v12h-13zM3.5 8h13M3.5 12h13M8 4v12",
    "sample": "M8 3h4M9 3v5L4.5 16a1 1 0 0 0 1 1.5h9a1 1 0 0 0 1-1.5L11 8V3M7 13h6",
    "lock": "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    "copy": "M7 7h9v10H7zM4 13V3h9",
    "wand": "M4 16L13 7M11 5l4 4M15 2.5v3M13.5 4h3M6 4v2M5 5h2M16 11v2M15 12h2",
    "person": "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM4 17c0-3 2.7-5 6-5s6 2 6 5",
    "home": "M3.5 10L10 4l6.5 6M5.5 9v8h9V9",
    "phone": "M5 3h3l1.5 4-2 1.5a10 10 0 0 0 4 4l1.5-2 4 1.5v3a1.5 1.5 0 0 1-1.6 1.5A13 13 0 0 1 3.5 "
    "4.6 1.5 1.5 0 0 1 5 3z",
    "claim": "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM12.5 7.5A3 3 0 0 0 10 6.5c-1.5 0-2.5.7-2.5 1.8 0 "
    "2.6 5 1 5 3.5 0 1-1 1.7-2.5 1.7a3 3 0 0 1-2.5-1M10 5v1.5M10 13.5V15",
    "reference": "M8 3L6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14",
    "dot": "M10 12.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5z",
}
NAMES = tuple(_PATHS)
_SCALES = (1, 2, 3)
_FIELD = 20
BESIDE_TEXT = 27  # the field of an icon in a button, with air before the words


def svg(name: str, colour: str, width: int = _FIELD) -> bytes:
    """Return the icon as an SVG document in that colour; a wider field leaves air at its right."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 20" fill="none" stroke="{colour}" '
        f'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="{_PATHS[name]}"/></svg>'
    ).encode()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float, field: int = _FIELD) -> QPixmap:
    """Return the icon as a picture `size` device-independent pixels high."""
    width = size * field / _FIELD
    picture = QPixmap(round(width * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg(name, colour, field))).render(painter, QRectF(0, 0, width, size))
    painter.end()
    return picture


def icon(name: str, colour: str, size: int, disabled: str = "", field: int = _FIELD) -> QIcon:
    """Return the icon for a button, `size` pixels high, in another colour while it cannot be pressed."""
    made = QIcon()
    for ratio in _SCALES:
        made.addPixmap(pixmap(name, colour, size, ratio, field))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, ratio, field), QIcon.Mode.Disabled)
    return made
