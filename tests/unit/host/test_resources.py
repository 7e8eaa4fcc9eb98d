from __future__ import annotations

from pathlib import Path

import pytest

from rowpost.host import resources


def test_a_checkout_has_them_beside_app() -> None:
    assert resources.folder("schemas") == Path(__file__).parents[3] / "schemas"
    assert resources.template("sample-invoices.xlsx").is_file()


def test_a_wheel_has_them_in_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "rowpost"
    (package / "_data" / "schemas").mkdir(parents=True)
    assert resources.find_root(package) == package / "_data"


def test_a_damaged_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "lib" / "rowpost")
    with pytest.raises(FileNotFoundError, match="schemas"):
        resources.folder("schemas")


def test_every_schema_document_is_found_by_name() -> None:
    documents = resources.schemas()
    assert {"settings", "create-invoices"} <= set(documents)
    assert documents["settings"] is resources.schema("settings")
