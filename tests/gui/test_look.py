"""Colours that can be read, icons that are there, sizes that follow the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from rowpost.gui.look import icons
from rowpost.gui.look.look import Look, palette_of, style_sheet, text_font
from rowpost.gui.look.shares import draw_shares, slants
from rowpost.gui.look.tokens import CONTRAST, DARK, LIGHT, Appearance, Tokens, Tone, contrast, tokens_for
from rowpost.gui.parts.beside import Beside
from rowpost.gui.parts.build import column
from rowpost.gui.state import Step
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from tests.support.window import let_settle

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


@ALL
def test_what_a_bar_says_in_colour_it_says_in_texture(qapp: QApplication, tokens: Tokens) -> None:
    look = Look(tokens, 1.0)
    shares = [(6, Tone.MUST_FIX), (0, Tone.CHECK), (51, Tone.OK), (3, Tone.MUST_FIX), (1, Tone.CHECK)]
    leaning = list(slants(shares))
    assert leaning == [1.0, 0.0, None, -1.0, 0.0]
    drawn = QImage(240, 12, QImage.Format.Format_RGB32)
    drawn.fill(QColor(tokens.base))
    painter = QPainter(drawn)
    draw_shares(painter, QRectF(drawn.rect()), shares, look)
    painter.end()
    greys = [{QColor(drawn.pixel(x, y)).lightness() for y in range(12)} for x in range(240)]
    accepted, refused = greys[60], set.union(*greys[4:12])
    assert len(accepted) == 1
    assert max(refused) - min(refused) > 40, "light and dark strokes, also without any colour"
    assert QColor(drawn.pixel(238, 6)) != QColor(tokens.base), "one of sixty can be seen"


@ALL
def test_every_pair_of_colours_that_meet_can_be_told_apart(tokens: Tokens) -> None:
    """Where words and marks stand on grounds: rings, borders of controls, bars, badges, the filled chip."""
    for ground in (tokens.base, tokens.window, tokens.raised):
        for mark in (tokens.accent, tokens.border, *(tokens.mark(tone) for tone in Tone)):
            assert contrast(mark, ground) >= MARK, (mark, ground)
    for tone in Tone:
        assert contrast(tokens.mark(tone), tokens.tint(tone)) >= TEXT, tone
        assert contrast(tokens.text, tokens.tint(tone)) >= TEXT, tone
    assert contrast(tokens.accent, tokens.hover) >= MARK, "a link under the mouse"
    assert contrast(tokens.accent, tokens.accent_tint) >= TEXT, "the entry of the rail that is in view"
    assert contrast(tokens.base, tokens.mark(Tone.LIVE)) >= TEXT, "the word on the live badge"
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT


def test_the_highest_contrast_is_higher_than_the_others() -> None:
    for ground in (CONTRAST.base, CONTRAST.window, CONTRAST.raised):
        assert contrast(CONTRAST.text, ground) == pytest.approx(21)
        assert contrast(CONTRAST.muted, ground) >= 7
        for tone in Tone:
            assert contrast(CONTRAST.mark(tone), ground) >= 7, tone
        assert contrast(CONTRAST.hairline, ground) >= MARK, "lines are borders there"


def test_a_text_without_buttons_stands_in_the_middle_of_its_bar(qapp: QApplication) -> None:
    bar, said, press = QWidget(), QLabel("Checking"), QPushButton("Stop")
    bar.setLayout(Beside(column(said), (press,), gap=8, least=40))
    bar.resize(400, 60)
    press.hide()
    bar.show()
    let_settle()
    assert abs(said.geometry().center().y() - bar.rect().center().y()) <= 1
    bar.close()
    bar.deleteLater()
