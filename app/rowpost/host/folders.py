"""Where the program keeps its files on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rowpost.model.trouble import Remedy, Trouble


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders, and the names of the files in them. Nothing is created by asking.

    `machine` is where the IT department puts settings for everybody; it is only ever read.
    """

    config: Path
    data: Path
    log: Path
    cache: Path
    machine: Path

    @property
    def settings_file(self) -> Path:
        """What this person has set."""
        return self.config / "settings.toml"

    @property
    def machine_settings_file(self) -> Path:
        """What IT has set for everybody on this machine."""
        return self.machine / "settings.toml"

    @property
    def key_file(self) -> Path:
        """Secrets, where the machine has no keyring."""
        return self.config / "secrets.json"

    @property
    def mappings(self) -> Path:
        """Saved mappings, one JSON file each."""
        return self.config / "mappings"

    @property
    def ledger_file(self) -> Path:
        """The memory of everything that was ever sent."""
        return self.data / "ledger.sqlite"

    @property
    def witness_file(self) -> Path:
        """How far the ledger had come, apart from the ledger: a restored old copy is noticed by it."""
        return self.config / "ledger-witness.json"

    @property
    def work_file(self) -> Path:
        """The work at hand: file, mapping, edits, so that the window can go on where it was."""
        return self.data / "work.json"

    @property
    def aside(self) -> Path:
        """The work at workbooks that others have replaced, one file each."""
        return self.data / "aside"

    @property
    def words_file(self) -> Path:
        """What words of a creditor's sheets stand for."""
        return self.config / "words.json"

    @property
    def practice_books_file(self) -> Path:
        """The books of the practice server."""
        return self.data / "practice-books.jsonl"

    def create(self) -> None:
        """Create them, for this person alone. Trouble where the disk or its rights do not allow it."""
        for path in (self.config, self.data, self.log, self.cache, self.mappings):
            try:
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise unwritable(path) from error
            if not os.access(path, os.W_OK | os.X_OK):
                raise unwritable(path)


def unwritable(path: Path) -> Trouble:
    """The Trouble that says that nothing can be written there."""
    return Trouble("host.unwritable_folder", Remedy.FIX_SETTINGS, {"folder": str(path)})


def find(environ: Mapping[str, str] = os.environ) -> Folders:
    """Return the folders: below ROWPOST_HOME where that is set, else where this system keeps such files."""
    from platformdirs import PlatformDirs  # 20 ms that `--help` does not need

    system = PlatformDirs("Rowpost", appauthor=False)
    machine = Path(system.site_config_dir)
    home = environ.get("ROWPOST_HOME", "")
    if home:
        top = Path(home).expanduser().absolute()
        return Folders(top / "config", top / "data", top / "log", top / "cache", machine)
    return Folders(
        Path(system.user_config_dir),
        Path(system.user_data_dir),
        Path(system.user_log_dir),
        Path(system.user_cache_dir),
        machine,
    )
