"""Each library has one room, so that it can be replaced there."""

from __future__ import annotations

import pytest

from tests.architecture import rooms

HOMES = {
    "PySide6": {"gui"},
    "shiboken6": {"gui"},
    "requests": {"amili", "host"},
    "urllib3": {"amili"},
    "truststore": {"amili", "host"},
    "sqlite3": {"ledger"},
    "cryptography": {"ledger", "host"},
    "openpyxl": {"sheets", "reports"},
    "xlsxwriter": {"sheets", "reports"},
    "zipfile": {"sheets", "reports"},
    "python_calamine": {"sheets", "reports"},
    "msoffcrypto": {"sheets"},
    "keyring": {"host"},
    "platformdirs": {"host"},
    "http.server": {"sandbox"},
}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    strangers = [
        rooms.place(path)
        for path in rooms.files()
        if rooms.room(path) not in HOMES[library]
        and any(name == library or name.startswith(f"{library}.") for name in rooms.imports(path))
    ]
    assert not strangers
