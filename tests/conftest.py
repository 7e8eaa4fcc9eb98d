"""What every test has: a home of its own, no window on the screen, and no noise that goes unseen."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.figures"]

ROOT = Path(__file__).resolve().parent.parent

# Before anything imports Qt or keyring; children that a test starts inherit it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["LC_ALL"] = "C.UTF-8"  # no language of whoever runs the tests
os.environ["PYTHONPATH"] = str(ROOT / "app")
# What a test writes lies in memory where there is room: a ledger waits for the disk at every step; whether
# that keeps what it should is tested by a disk that writes down what it is told (safety/test_power_loss.py).
MEMORY, ROOM = Path("/dev/shm"), 2**31  # Linux' own; bytes
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))
    tempfile.tempdir = None  # somebody has asked already: it is found anew
for name in ("ROWPOST_CLIENT_SECRET", "ROWPOST_DATA_KEY"):
    os.environ.pop(name, None)

# Every day the same examples, so that a failure belongs to the change at hand; the long run seeks new ones.
settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`."""
    parser.addoption("--long", action="store_true", help="run the long tests too, with many more examples")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hard hypothesis tries."""
    settings.load_profile("long" if config.getoption("--long") else "ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out of an everyday run: not collected, so that nothing is ever 'skipped'."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ROWPOST_HOME of this test: a folder that is not there yet."""
    path = tmp_path / "home"
    monkeypatch.setenv("ROWPOST_HOME", str(path))
    return path


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning it does not say it expects (`@pytest.mark.logs("text")`)."""
    seen = _Listener()
    logging.getLogger().addHandler(seen)
    yield
    logging.getLogger().removeHandler(seen)
    expected = [str(text) for mark in request.node.iter_markers("logs") for text in mark.args]
    loud = [line for line in seen.lines if not any(text in line for text in expected)]
    assert not loud, f"unexpected log lines: {loud}"


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")
