"""The look in force: colours, sizes that follow the text, the palette and the style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from rowpost.gui.look.sheet import SHEET
from rowpost.gui.look.tokens import Tokens

_DESIGN_TEXT = 13.0  # pixels: the text size for which all sizes below were drawn
_LARGE = 1.5  # times the usual text, from which on pages give up air and stand things below each other
_SMALLEST_POINTS = 10.0  # some desktops answer 8 or 9: too small for a day in tables


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and the factor by which everything grows with the text."""

    tokens: Tokens
    scale: float

    def px(self, design: float) -> int:
        """Return a length of the 4 px grid in real pixels."""
        return max(1, round(design * self.scale))

    @property
    def is_large(self) -> bool:
        """Whether text is so large that room is scarce."""
        return self.scale > _LARGE

    @property
    def edge(self) -> int:
        """The air between the content of a page and its borders, in real pixels."""
        return self.px(12 if self.is_large else 24)

    def colour(self, name: str) -> QColor:
        """Return a colour by the name it has in Tokens."""
        return QColor(getattr(self.tokens, name))


def text_font(system: QFont, zoom: float = 1.0) -> QFont:
    """Return the desktop's own font, at least 10 points, with digits of equal width."""
    font = QFont(system)
    font.setPointSizeF(max(system.pointSizeF(), _SMALLEST_POINTS) * zoom)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def code_font(text: QFont) -> QFont:
    """Return the desktop's font of letters of equal width, as large as the text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(text.pointSizeF())
    return font


def scale_of(font: QFont) -> float:
    """Return how much larger than drawn everything must be for this font."""
    return QFontInfo(font).pixelSize() / _DESIGN_TEXT


def palette_of(tokens: Tokens) -> QPalette:
    """Return the Qt palette of these colours, so that nothing falls back to the desktop's."""
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.Button), tokens.window),
        ((role.Base, role.ToolTipBase), tokens.base),
        ((role.AlternateBase, role.Light, role.Midlight), tokens.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), tokens.text),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), tokens.accent),
        ((role.HighlightedText,), tokens.on_accent),
        ((role.PlaceholderText,), tokens.muted),
        ((role.Mid, role.Dark, role.Shadow), tokens.border),
    ):
        for one in roles:
            palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.muted))
    return palette


def style_sheet(look: Look) -> str:
    """Return the style sheet: every size from the text, every colour from the tokens."""
    sizes = {f"px{size}": f"{look.px(size)}px" for size in range(1, 41)}
    # a radius of more than half is none at all to Qt: rounding must never make it so
    empty, chosen = look.px(12) + 2, look.px(6) + 2 * look.px(4)
    rounds = {"round_empty": f"{empty // 2}px", "round_chosen": f"{chosen // 2}px"}
    texts = {"title": f"{look.px(18 if look.is_large else 22)}px"} | {
        f"text{size}": f"{look.px(size)}px" for size in range(11, 23)
    }
    colours = {name: getattr(look.tokens, name) for name in Tokens.__slots__ if name != "dark"}
    return Template(SHEET).substitute(sizes | rounds | texts | colours)
