"""Qt's own texts, in dialogs and context menus, speak the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from rowpost.gui.app import speak
from rowpost.gui.qt_words import MET
from rowpost.gui.workplace import Workplace
from rowpost.wording import LANGUAGES

CONTEXTS = (
    *("QFileDialog", "QPlatformTheme", "QWidgetTextControl", "QLineEdit", "QFileSystemModel"),
    *("QAbstractFileIconProvider", "QFileIconProvider", "QAbstractSpinBox", "QMessageBox", "QInputDialog"),
    *("QDialogButtonBox", "QErrorMessage", "QFileDialogOptions"),
)
SAME = {"OK", "Alias", "Name", "Type", "Computer"}  # words that some languages write alike


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_text_that_people_meet_stays_english(qapp: QApplication, language: str) -> None:
    speak(qapp, language)
    left = [
        text
        for text in MET
        if text not in SAME and all(QCoreApplication.translate(c, text) == text for c in CONTEXTS)
    ]
    speak(qapp, "en")
    assert not left


def test_the_file_dialog_and_the_context_menu_change_without_a_restart(
    qapp: QApplication, workplace: Workplace
) -> None:
    for language, look_in, paste in (("nb", "&Se i:", "&Lim inn"), ("fi", "&Etsi kohteesta:", "&Liitä")):
        speak(qapp, language)
        dialog = QFileDialog(workplace.window)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        found = dialog.findChild(QLabel, "lookInLabel")
        assert isinstance(found, QLabel)
        assert found.text() == look_in
        entry = QLineEdit(workplace.window)
        menu = entry.createStandardContextMenu()
        texts = [action.text().split("\t")[0] for action in menu.actions()]
        assert paste in texts
        for made in (dialog, entry, menu):
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.close()
            made.deleteLater()
    speak(qapp, "en")


def test_numbers_and_dates_are_written_as_the_language_does(qapp: QApplication) -> None:
    for language in LANGUAGES:
        speak(qapp, language)
        assert QLocale().language() == QLocale(language).language()
    speak(qapp, "en")
