from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.host.clock import SystemClock
from rowpost.host.log import FIELDS, VERSIONS, Log
from rowpost.host.settings import default_settings
from rowpost.model.trouble import Trouble

PRIVACY = default_settings().privacy
PERSONS = (
    *("10915596784", "109155 96784", "Åse Bråten", "Kari", "kari@example.no", "+4740000000", "40000000"),
    *("Løkkeveien 7", "01.01.1970", "0150 Oslo"),
)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "rowpost.log").read_text("utf-8").splitlines()]


def test_an_event_is_one_line_of_json(tmp_path: Path) -> None:
    run = "0f8fad5b-d9cb-469f-a165-70867728950e"
    with Log(tmp_path, PRIVACY, SystemClock()) as log:
        log.write("part.sent", run=run, part=3, outcome="maybe_sent", http_status=504)
    (line,) = lines(tmp_path)
    assert str(line.pop("at")).endswith("+00:00")
    assert line == {"event": "part.sent", "run": run, "part": 3, "outcome": "maybe_sent", "http_status": 504}


@pytest.mark.parametrize("person", PERSONS)
def test_a_person_is_withheld_whatever_the_field(tmp_path: Path, person: str) -> None:
    fields = sorted(FIELDS - VERSIONS)
    with Log(tmp_path, PRIVACY, SystemClock()) as log:
        log.write("part.sent", **dict.fromkeys(fields, person))
        log.write("part.sent", part=10915596784, invoice_number="F1")
    text = (tmp_path / "rowpost.log").read_text("utf-8")
    assert person not in text
    assert "10915596784" not in text
    first, second = lines(tmp_path)
    assert first["withheld"] == fields
    assert second["withheld"] == ["invoice_number", "part"]


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=12), st.integers()), max_size=4))
def test_whatever_is_told_stays_one_line(fields: dict[str, str | int]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Log(folder, PRIVACY, SystemClock()) as log:
            log.write("some.event", **fields)
        assert len(lines(folder)) == 1


def test_versions_are_told(tmp_path: Path) -> None:
    with Log(tmp_path, PRIVACY, SystemClock()) as log:
        log.write(
            "started", version="0.1.0", python="3.12.0rc1", qt="6.11.3", platform="win32", status="SUCCESS"
        )
    assert "withheld" not in lines(tmp_path)[0]


def test_full_files_are_turned_over_and_the_oldest_go(tmp_path: Path) -> None:
    small = dataclasses.replace(PRIVACY, log_files=2, log_file_kib=1)
    with Log(tmp_path, small, SystemClock()) as log:
        for part in range(100):
            log.write("part.sent", part=part)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "rowpost.log",
        "rowpost.log.1",
        "rowpost.log.2",
    ]
    assert all(path.stat().st_size <= 1024 for path in tmp_path.iterdir())
    assert lines(tmp_path)[-1]["part"] == 99


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    with pytest.raises(Trouble, match=r"^host\.unwritable_folder$"):
        Log(tmp_path / "log", PRIVACY, SystemClock())
