from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rowpost.host import crash
from rowpost.model.trouble import Remedy, Trouble

PERSON = "10915596784"  # a published synthetic number

CRASH = """
import sys, threading
from pathlib import Path
from rowpost.host import crash
crash.install(lambda: Path(sys.argv[1]), lambda report: print("told", report is not None, flush=True))
person = "10915596784"
def fail():
    raise ValueError(person)
class Careless:
    def __del__(self):
        fail()
if sys.argv[2] == "thread":
    worker = threading.Thread(target=fail, name=person)
    worker.start()
    worker.join()
elif sys.argv[2] == "finalizer":
    careless = Careless()
    del careless
else:
    fail()
"""


def surprise() -> BaseException:
    nobody: dict[str, BaseException] = {}
    try:
        return nobody[PERSON]
    except KeyError as error:
        trouble = Trouble("file.odd", Remedy.FIX_FILE, {"value": PERSON})
        trouble.__cause__ = error
        return trouble


def test_types_and_places_and_no_values() -> None:
    text = crash.describe(surprise())
    assert PERSON not in text
    assert "rowpost.model.trouble.Trouble file.odd" in text
    assert "builtins.KeyError" in text
    assert "unit/host/test_crash.py:" in text
    assert text.index("Trouble") < text.index("KeyError")
    assert str(Path.home()) not in text


def test_a_report_is_kept(tmp_path: Path) -> None:
    report = crash.keep(surprise(), tmp_path / "log")
    assert report is not None
    text = report.read_text("utf-8")
    assert PERSON not in text
    assert "rowpost 0" in text


def test_a_disk_that_refuses_does_not_crash_the_crash(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    assert crash.keep(surprise(), tmp_path / "log") is None


def test_a_chain_that_bites_its_tail_ends() -> None:
    error = ValueError()
    error.__cause__ = error
    assert crash.describe(error).count("ValueError") == crash.DEEPEST


def run_crashing(folder: Path, where: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CRASH, str(folder), where], capture_output=True, text=True, check=False
    )


def test_what_nobody_caught_is_kept_wherever_it_happened(tmp_path: Path) -> None:
    for where in ("main", "thread", "finalizer"):
        folder = tmp_path / where
        done = run_crashing(folder, where)
        assert done.stdout == "told True\n", where
        assert PERSON not in done.stderr
        (report,) = folder.iterdir()
        text = report.read_text("utf-8")
        assert "builtins.ValueError" in text
        assert PERSON not in text
