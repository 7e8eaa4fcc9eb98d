from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rowpost.host.locks import InstanceLock
from rowpost.model.trouble import Trouble

HOLD = """
import sys
from pathlib import Path
from rowpost.host.locks import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def refused(ledger: Path) -> bool:
    try:
        with InstanceLock(ledger):
            return False
    except Trouble as trouble:
        return trouble.code == "host.already_running"


def test_a_second_one_is_refused_even_in_the_same_process(tmp_path: Path) -> None:
    ledger = tmp_path / "data" / "ledger.sqlite"
    with InstanceLock(ledger):
        assert refused(ledger)
        assert not refused(tmp_path / "other.sqlite")
    assert not refused(ledger)


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert refused(ledger)
        other.kill()
        other.wait()
    assert not refused(ledger)


def test_releasing_twice_harms_nobody(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    first = InstanceLock(ledger)
    first.acquire()
    first.release()
    with InstanceLock(ledger):
        first.release()
        assert refused(ledger)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(Trouble, match=r"^host\.unwritable_folder$"):
        InstanceLock(tmp_path / "data" / "ledger.sqlite").acquire()
