"""What later pages need is imported beside the first window, without Qt."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.architecture.rooms import ROOT

_IMPORTS = """
import sys, threading
from rowpost.gui.warm import warm_up
warm_up(threading.Event(), lambda _: None)
print(*sys.modules)
"""


def test_it_imports_the_heavy_rooms_and_no_qt() -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTS], env=environ, capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert {"rowpost.intake", "rowpost.gui.views.review_index"} <= imported
    assert "PySide6" not in imported
