"""Colours that can be read, icons that are there, sizes that follow the text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from rowpost.gui.look import icons
from rowpost.gui.look.look import Look, palette_of, style_sheet, text_font
from rowpost.gui.look.tokens import CONTRAST, DARK, LIGHT, Appearance, Tokens, Tone, contrast, tokens_for
from rowpost.gui.state import Step
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace

ALL = pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
TEXT, MARK = 4.5, 3.0


@ALL
def test_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    grounds = (tokens.base, tokens.window, tokens.raised, tokens.hover, tokens.accent_tint)
    for ground in (*grounds, *map(tokens.tint, Tone)):
        assert contrast(tokens.text, ground) >= TEXT, ground
    for ground in (tokens.base, tokens.window, tokens.raised, tokens.hover):
        assert contrast(tokens.muted, ground) >= TEXT, ground


@ALL
def test_words_in_colour_can_be_read(tokens: Tokens) -> None:
    for tone in Tone:
        for ground in (tokens.base, tokens.window, tokens.tint(tone)):
            assert contrast(tokens.mark(tone), ground) >= TEXT, (tone, ground)
    for ground in (tokens.accent, tokens.accent_pressed):
        assert contrast(tokens.on_accent, ground) >= TEXT


@ALL
def test_marks_survive_the_selection(tokens: Tokens) -> None:
    for tone in Tone:
        assert contrast(tokens.mark(tone), tokens.accent_tint) >= MARK, tone
    for ground in (tokens.base, tokens.window):
        assert contrast(tokens.border, ground) >= MARK
        assert contrast(tokens.accent, ground) >= MARK


def test_the_most_contrast_is_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_system_follows_the_desktop() -> None:
    assert tokens_for(Appearance.SYSTEM, system_is_dark=True) is DARK
    assert tokens_for(Appearance.SYSTEM, system_is_dark=False) is LIGHT
    assert tokens_for(Appearance.LIGHT, system_is_dark=True) is LIGHT
    assert tokens_for(Appearance.CONTRAST, system_is_dark=False) is CONTRAST
    assert tokens_for(Appearance.SYSTEM, system_is_dark=False, system_contrast=True) is CONTRAST


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_draws_something_in_its_colour(qapp: QApplication, name: str) -> None:
    picture = icons.pixmap(name, "#ff0000", 40, 1.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    drawn = [picture.pixelColor(x, y) for x in range(40) for y in range(40)]
    inked = [colour for colour in drawn if colour.alpha() > 200]
    assert inked
    assert all(colour.red() > 200 and colour.blue() < 60 for colour in inked)


@ALL
def test_the_style_sheet_has_no_gaps_and_grows_with_the_text(qapp: QApplication, tokens: Tokens) -> None:
    small, large = (style_sheet(Look(tokens, scale)) for scale in (1.0, 2.0))
    assert "$" not in small
    assert "font-size: 13px" in small or "font-size: 15px" in small
    assert "font-size: 30px" in large


def test_small_system_text_is_made_readable(qapp: QApplication) -> None:
    tiny = QFont()
    tiny.setPointSizeF(7)
    assert text_font(tiny).pointSizeF() == 10
    assert text_font(tiny, 2.0).pointSizeF() == 20


def test_the_palette_leaves_nothing_to_the_desktop(qapp: QApplication) -> None:
    palette = palette_of(DARK)
    assert palette.window().color().name() == DARK.window
    assert palette.placeholderText().color().name() == DARK.muted
    assert palette.highlight().color().name() == DARK.accent


def test_old_pages_are_gone_before_colours_change(qapp: QApplication, workplace: Workplace) -> None:
    """Qt dresses every widget there is: those that are about to go would cost half a second."""
    for step in (Step.HISTORY, Step.SETTINGS, Step.HELP):
        workplace.go(step)
    before, worn = qapp.styleSheet(), []
    old = workplace.page(Step.HELP)
    old.destroyed.connect(lambda: worn.append(qapp.styleSheet()))
    workplace.change_look(Chosen("en", Appearance.DARK, 100))
    assert worn == [before] != [qapp.styleSheet()]
