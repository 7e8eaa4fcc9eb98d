"""Draws counts side by side; a colour has a texture too, for eyes that see no red and green."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone

Shares = Sequence[tuple[int, Tone]]
_STEP = 5  # design pixels from stroke to stroke
_LEAST = 4  # what is there at all can be seen
_SLANTS = {Tone.MUST_FIX: (1.0, -1.0), Tone.CHECK: (0.0,)}  # the second of one colour slants the other way
_SIGN, SIGN_FIELD = 12, 18  # a patch, and its width with the air before the words
_SCALES = (1, 2, 3)


def draw_shares(painter: QPainter, area: QRectF, shares: Shares, look: Look) -> None:
    """Fill an area with the shares, from left to right."""
    total, left = sum(count for count, _ in shares), area.left()
    gap = look.px(2)
    for (count, tone), slant in zip(shares, slants(shares), strict=True):
        width = area.width() * count / total if total else 0.0
        if count:
            width = max(width, look.px(_LEAST) + gap)
            first = gap if left > area.left() else 0
            room = QRectF(left + first, area.top(), width - first, area.height())
            draw_share(painter, room & area, tone, slant, look)
        left += width


def slants(shares: Shares) -> Iterator[float | None]:
    """Say of every share how its strokes lean; None is a plain colour."""
    seen: Counter[Tone] = Counter()
    for count, tone in shares:
        leaning = _SLANTS.get(tone)
        yield leaning[seen[tone] % len(leaning)] if leaning else None
        seen[tone] += count > 0


def draw_share(painter: QPainter, room: QRectF, tone: Tone, slant: float | None, look: Look) -> None:
    """Fill a room with the colour of a meaning, and with strokes where it has some."""
    colour = QColor(look.tokens.hairline if tone is Tone.PLAIN else look.tokens.mark(tone))
    if slant is None:
        painter.fillRect(room, colour)
        return
    painter.save()
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    painter.fillRect(room, QColor(look.tokens.tint(tone)))
    painter.setPen(QPen(colour, look.px(2)))
    lean, step = slant * room.height(), float(look.px(_STEP))
    at = room.left() - room.height()
    while at < room.right() + room.height():
        painter.drawLine(QPointF(at, room.bottom()), QPointF(at + lean, room.top()))
        at += step
    painter.setPen(QPen(colour, look.px(1)))
    painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def sign(tone: Tone, slant: float | None, look: Look) -> QIcon:
    """Return a small patch of a share: what a chip shows, so that it explains the bar."""
    made, size = QIcon(), look.px(_SIGN)
    for ratio in _SCALES:
        picture = QPixmap(look.px(SIGN_FIELD) * ratio, size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_share(painter, QRectF(0, 0, size, size), tone, slant, look)
        painter.end()
        made.addPixmap(picture)
    return made
