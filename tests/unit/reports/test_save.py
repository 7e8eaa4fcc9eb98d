"""A file is saved as a whole, or what was there stays there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from rowpost.model.trouble import Remedy, Trouble
from rowpost.reports.save import whole_file, write_whole
from rowpost.wording import LANGUAGES, Wording


def trouble_of(path: Path) -> Trouble:
    with pytest.raises(Trouble) as caught:
        write_whole(path, b"new")
    assert caught.value.remedy is Remedy.FIX_SETTINGS
    for language in LANGUAGES:
        for code in (caught.value.code, f"{caught.value.code}.cure"):
            sentence = Wording(language).say(code, caught.value.values)
            assert sentence != code
            assert "…" not in sentence or len(path.name) > 100
    return caught.value


def test_the_whole_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def _write_half(path: Path, error: Exception) -> None:
    with whole_file(path) as new:
        new.write_bytes(b"ne")
        raise error


def test_what_goes_wrong_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="half"):
        _write_half(path, RuntimeError("half way"))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_take_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert trouble_of(tmp_path).code == "reports.is_a_folder"
    assert trouble_of(tmp_path / "no" / "a.xlsx").code == "reports.no_folder"
    assert trouble_of(tmp_path / "file" / "a.xlsx").code == "reports.no_folder"
    assert trouble_of(tmp_path / ("long" * 100)).code == "reports.not_written"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "reports.disk_full"),
        (errno.EROFS, "reports.not_writable"),
        (errno.EACCES, "reports.not_writable"),
        (errno.EIO, "reports.not_written"),
    ],
)
def test_a_disk_that_fails_while_writing(tmp_path: Path, number: int, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Trouble) as caught:
        _write_half(path, OSError(number, os.strerror(number)))
    assert caught.value.code == code
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
