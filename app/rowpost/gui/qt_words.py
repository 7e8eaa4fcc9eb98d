"""Qt's own texts where Qt ships no translation: Bokmål, and words the shipped files lack."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

# source text of Qt -> Bokmål; what a person meets: dialogs, line edits, file dialog
_BOKMAL = {
    "OK": "OK",
    "Cancel": "Avbryt",
    "&Cancel": "&Avbryt",
    "Close": "Lukk",
    "&Close": "&Lukk",
    "Save": "Lagre",
    "&Save": "&Lagre",
    "Open": "Åpne",
    "&Open": "&Åpne",
    "&Yes": "&Ja",
    "&No": "&Nei",
    "&Undo": "&Angre",
    "&Redo": "&Gjør om",
    "Cu&t": "Klipp &ut",
    "&Copy": "&Kopier",
    "&Paste": "&Lim inn",
    "Delete": "Slett",
    "&Delete": "&Slett",
    "Select All": "Marker alt",
    "Look in:": "Se i:",
    "File &name:": "Fil&navn:",
    "Files of type:": "Filtype:",
    "&Choose": "&Velg",
    "Directory:": "Mappe:",
    "Name": "Navn",
    "Size": "Størrelse",
    "Type": "Type",
    "Date Modified": "Endret",
    "Back": "Tilbake",
    "Forward": "Fram",
    "Parent Directory": "Mappen over",
    "Create New Folder": "Ny mappe",
    "&New Folder": "&Ny mappe",
    "List View": "Liste",
    "Detail View": "Detaljer",
    "My Computer": "Min datamaskin",
    "Computer": "Datamaskin",
    "&Rename": "Gi nytt &navn",
    "Show &hidden files": "Vis &skjulte filer",
    "All Files (*)": "Alle filer (*)",
    "Find Directory": "Finn mappe",
    "Show Details...": "Vis detaljer ...",
    "Hide Details...": "Skjul detaljer ...",
}


class OwnTranslator(QTranslator):
    """Answers for Qt's texts in Bokmål."""

    def __init__(self, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._words = _BOKMAL if language == "nb" else {}

    def isEmpty(self) -> bool:
        """Whether there is nothing to answer."""
        return not self._words

    def translate(
        self,
        _context: str,
        source_text: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str | None:
        """Return Qt's text in Bokmål, nothing where Qt's own file should answer."""
        return self._words.get(source_text)
