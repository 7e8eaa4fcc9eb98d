"""The log says what happened to a run, by codes alone; every field of it is on the allow-list."""

from __future__ import annotations

import json
from pathlib import Path

from rowpost.host.clock import SystemClock
from rowpost.host.log import Log
from rowpost.host.settings import default_settings
from rowpost.model.answers import Cause
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy
from rowpost.sending import Event, PartStarted, RowsChanged, RunEnded, TroubleSeen, Waiting
from rowpost.session import diary

CAUSE = Cause("network.refused", Remedy.TRY_LATER, {"name": "Kari Nordmann"})
EVENTS: tuple[Event, ...] = (
    PartStarted(1, 100),
    RowsChanged(()),
    Waiting(2.4, "wait.agency"),
    TroubleSeen(CAUSE),
    RunEnded(RunStatus.PAUSED, CAUSE),
    RunEnded(RunStatus.DONE),
)


def test_every_event_is_passed_on_and_told_by_its_codes(tmp_path: Path) -> None:
    passed: list[Event] = []
    with Log(tmp_path, default_settings().privacy, SystemClock()) as log:
        on_event = diary.noting(log, "bado-47", passed.append)
        for event in EVENTS:
            on_event(event)
    lines = [json.loads(line) for line in (tmp_path / "rowpost.log").read_text().splitlines()]
    assert passed == list(EVENTS)
    assert [line["event"] for line in lines] == ["part", "waiting", "trouble", "run_ended", "run_ended"]
    assert not any("withheld" in line for line in lines)
    assert all(line["run"] == "bado-47" for line in lines)
    assert "Kari" not in (tmp_path / "rowpost.log").read_text()
