from __future__ import annotations

import os
from pathlib import Path

import machine
import pytest

DEBIAN_ONLY = {
    "no-such-library": "libnever.so.9",
    "no-such-command": "never",
    "no-such-file": "/never/*/file",
}
THERE = {"a-shell": "sh", "the-c-library": "libc.so.6", "a-file": "/etc/*"}


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose apt-get writes down what it is asked for."""
    written = tmp_path / "calls"
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text(f'#!/bin/sh\necho "$@" >> {written}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{apt.parent}{os.pathsep}{os.environ['PATH']}")
    return written


def test_what_is_missing_is_seen_by_what_it_brings(calls: Path) -> None:
    assert machine.missing((THERE, DEBIAN_ONLY)) == list(DEBIAN_ONLY)
    assert not calls.exists()


def test_another_system_lacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert machine.missing((DEBIAN_ONLY,)) == []


def test_root_installs_with_one_call(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert machine.install(["xvfb", "xauth"])
    assert calls.read_text().splitlines() == ["update -q", "install -y --no-install-recommends xvfb xauth"]


def test_others_get_the_line_to_paste(
    calls: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not machine.install(["xvfb", "xauth"])
    said = capsys.readouterr()
    assert "\n  sudo apt-get install -y --no-install-recommends xvfb xauth\n" in said.err
    assert said.out == ""
    assert not calls.exists()


def test_nothing_missing_is_nothing_done(calls: Path) -> None:
    assert machine.install([])
    assert not calls.exists()


def test_a_display_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not machine.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert machine.has_display()
