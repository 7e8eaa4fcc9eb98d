from __future__ import annotations

from pathlib import Path

import pytest

from rowpost.host.whole_file import replace_file, writing
from rowpost.model.trouble import Trouble


def test_a_file_is_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with writing(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught, writing(tmp_path / "no folder" / "results.xlsx"):
        pass
    assert caught.value.code == "host.unwritable_file"


def test_a_folder_in_the_way_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble), writing(tmp_path) as file:
        file.write(b"x")
