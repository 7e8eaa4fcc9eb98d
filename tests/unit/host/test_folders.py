from __future__ import annotations

from pathlib import Path

import pytest

from rowpost.host import folders
from rowpost.model.trouble import Remedy, Trouble


def test_home_moves_every_file_that_is_written(tmp_path: Path) -> None:
    found = folders.find({"ROWPOST_HOME": str(tmp_path)})
    written = (
        *(found.config, found.data, found.log, found.cache, found.settings_file, found.key_file),
        *(found.mappings, found.ledger_file, found.work_file, found.practice_books_file),
    )
    assert all(path.is_relative_to(tmp_path) for path in written)
    assert not found.machine_settings_file.is_relative_to(tmp_path)


def test_a_relative_home_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert folders.find({"ROWPOST_HOME": "here"}).ledger_file == tmp_path / "here" / "data" / "ledger.sqlite"


def test_without_home_the_system_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    found = folders.find({})
    assert "rowpost" in str(found.config).lower()
    assert "rowpost" in str(found.data).lower()


def test_creating_makes_them_for_the_owner_alone(tmp_path: Path) -> None:
    found = folders.find({"ROWPOST_HOME": str(tmp_path / "home")})
    found.create()
    found.create()
    assert found.mappings.is_dir()
    assert found.data.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "home"
    blocker.write_text("a file where the folder should be")
    with pytest.raises(Trouble) as caught:
        folders.find({"ROWPOST_HOME": str(blocker)}).create()
    assert caught.value.code == "host.unwritable_folder"
    assert caught.value.remedy is Remedy.FIX_SETTINGS
    assert str(caught.value) == "host.unwritable_folder"
