"""What `packaging/dev.py` hands to the Python of the environment."""

from __future__ import annotations

import sys
from pathlib import Path

import dev
import pytest

SAYS = "import sys; sys.exit(sys.dont_write_bytecode)"


def test_what_is_compiled_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert dev._python("-c", SAYS) == 0
