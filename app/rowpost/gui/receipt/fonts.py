"""Which letters a receipt is set in: a font that can be kept in the file and has every Nordic letter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from rowpost.model.trouble import Remedy, Trouble

NEEDED = "AZaz09ÅÄÖÆØåäöæøÉéÜü.,:;-()/%*“”»«…\N{NO-BREAK SPACE}"
# plain faces that may be kept inside a document, the ones of today's desktops first
_LIKED = (
    *("Segoe UI", "Arial", "Helvetica Neue", "Helvetica", "Noto Sans", "Inter", "Roboto", "Open Sans"),
    *("DejaVu Sans", "Liberation Sans", "Nimbus Sans", "Ubuntu", "Cantarell", "FreeSans"),
)


@cache
def family() -> str:
    """Return the family that receipts are set in; the application must be there.

    Trouble(FIX_SETTINGS) `reports.receipt.no_font` on a machine without one.
    """
    there = QFontDatabase.families()
    liked = [name for name in _LIKED if name in there]
    found = chosen([*liked, *(name for name in there if name not in liked)])
    if not found:
        raise Trouble("reports.receipt.no_font", Remedy.FIX_SETTINGS)
    return found


def chosen(names: Iterable[str]) -> str:
    """Return the first of the families that will do, '' where none does."""
    return next((name for name in names if _will_do(name)), "")


def _will_do(name: str) -> bool:
    if QFontDatabase.isPrivateFamily(name) or not QFontDatabase.isSmoothlyScalable(name):
        return False
    raw = QRawFont.fromFont(QFont(name, 10))
    return raw.isValid() and all(raw.supportsCharacter(ord(letter)) for letter in NEEDED)


def font(points: float, *, bold: bool = False) -> QFont:
    """Return the receipt's font in a size."""
    made = QFont(family())
    made.setPointSizeF(points)
    made.setBold(bold)
    made.setFeature(QFont.Tag("liga"), 0)  # joined letters would be found neither by search nor by copying
    return made
