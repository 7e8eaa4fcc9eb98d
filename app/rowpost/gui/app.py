"""Sets up Qt: style, palette, text, Qt's own words."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication, Qt
from PySide6.QtWidgets import QApplication, QStyleFactory

from rowpost.gui.look.look import Look, palette_of, scale_of, style_sheet, text_font
from rowpost.gui.look.tokens import Appearance, tokens_for
from rowpost.gui.qt_words import OwnTranslator

_WHOLE = 100
_TURN = 0.0005  # seconds: how long a thread may keep the others, the window's own among them, from Python


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the application, the existing one where a test has made it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    sys.setswitchinterval(_TURN)
    application = QApplication(list(argv))
    application.setApplicationName("rowpost")
    application.setApplicationDisplayName("Rowpost")
    application.setStyle(QStyleFactory.create("Fusion"))
    return application


def dress(application: QApplication, appearance: Appearance, text_percent: int = _WHOLE) -> Look:
    """Give the application its colours and sizes; return them for those who paint."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    tokens = tokens_for(appearance, dark, system_contrast=wants_contrast())
    font = text_font(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont), text_percent / _WHOLE)
    look = Look(tokens, scale_of(font))
    application.setFont(font)
    application.setPalette(palette_of(tokens))
    sheet = style_sheet(look)
    if sheet != application.styleSheet():  # costs half a second with a window full of widgets
        application.setStyleSheet(sheet)
    return look


def wants_contrast() -> bool:
    """Whether the desktop asks for high contrast: Windows' contrast themes, macOS, GNOME and others.

    A Qt that does not know (before 6.10, or a desktop that does not say) means no.
    """
    hints = QGuiApplication.styleHints().accessibility()
    return hints.contrastPreference() is Qt.ContrastPreference.HighContrast


def speak(application: QApplication, language: str) -> None:
    """Let Qt's own texts (file dialog, context menus) speak the language, and write numbers its way."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(language))
    own = OwnTranslator(language, application)
    shipped = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if shipped.load(f"qtbase_{language}", folder):
        application.installTranslator(shipped)
    application.installTranslator(own)
