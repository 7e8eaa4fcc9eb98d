"""Qt's own texts where Qt ships no translation: Bokmål, and words the shipped files lack."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

# source text of Qt -> Bokmål; what a person meets: dialogs, line edits, file dialog
_BOKMAL = {
    "OK": "OK",
    "Cancel": "Avbryt",
    "Close": "Lukk",
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
    "&Look in:": "&Se i:",
    "Files": "Filer",
    "Show Type": "Vis type",
    "File &name:": "Fil&navn:",
    "Files of &type:": "Fil&type:",
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
    "Save As": "Lagre som",
    "Remove": "Fjern",
    "Kind": "Type",
    "File": "Fil",
    "Folder": "Mappe",
    "File Folder": "Filmappe",
    "Drive": "Stasjon",
    "Alias": "Alias",
    "Unknown": "Ukjent",
    "Recent Places": "Nylige steder",
    "Go back": "Gå tilbake",
    "Go forward": "Gå fram",
    "Go to the parent directory": "Gå til mappen over",
    "Create a New Folder": "Lag en ny mappe",
    "Change to list view mode": "Vis som liste",
    "Change to detail view mode": "Vis med detaljer",
    "Sidebar": "Sidefelt",
    "New Folder": "Ny mappe",
    "&Step up": "Ett &opp",
    "Step &down": "Ett &ned",
    "Copy &Link Location": "Kopier &lenkeadressen",
    "%1 already exists.\nDo you want to replace it?": "%1 finnes allerede.\nVil du erstatte den?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nFilen ble ikke funnet.\nKontroller at filnavnet er riktig."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nMappen ble ikke funnet.\nKontroller at mappenavnet er riktig."
    ),
}
# what the shipped files lack
_SWEDISH = {
    "Files": "Filer",
    "Show Type": "Visa typ",
    "File": "Fil",
    "Folder": "Mapp",
    "File Folder": "Filmapp",
    "Drive": "Enhet",
    "Alias": "Alias",
    "Unknown": "Okänd",
}
_DANISH = {
    "&Look in:": "&Søg i:",
    "Files of &type:": "Fil&type:",
    "Files": "Filer",
    "Show Type": "Vis type",
}
_FINNISH = {
    "&Look in:": "&Etsi kohteesta:",
    "Files of &type:": "&Tiedostotyyppi:",
    "Files": "Tiedostot",
    "Show Type": "Näytä tyyppi",
}
_OWN = {"nb": _BOKMAL, "sv": _SWEDISH, "da": _DANISH, "fi": _FINNISH}
MET = tuple(_BOKMAL)  # the texts of Qt that a person meets in this program


class OwnTranslator(QTranslator):
    """Answers for Qt's texts in Bokmål, and where a shipped file has a gap."""

    def __init__(self, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._words = _OWN.get(language, {})

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
        """Return Qt's text in the language, nothing where Qt's own file should answer."""
        return self._words.get(source_text)
