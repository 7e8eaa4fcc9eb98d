"""Broken and hostile files: each ends in a Table or one clear sentence, soon, and nothing else dies."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest

from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.sheets import open_workbook
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.figures import Figure
from tests.support.hostile import Made, class_of, hostile_files

SECONDS = 10.0


@cache
def files() -> dict[str, Made]:
    return hostile_files()


@cache
def one_of_each_class() -> dict[str, str]:
    return {class_of(name): name for name in files()}


def outcome(folder: Path, name: str) -> str:
    """'table', or the code of the refusal; asserts that it says something and comes soon."""
    content, file_name = files()[name]
    path = folder / file_name
    path.write_bytes(content)
    started = time.monotonic()
    try:
        result = _rows(open_workbook(path, Reading(), invoice_catalog()))
    except Trouble as trouble:
        result = _sentences(trouble)
    assert time.monotonic() - started < SECONDS
    return result


def _rows(opened: Opened) -> str:
    assert opened.table.row_count >= 0
    return "table"


def _sentences(trouble: Trouble) -> str:
    assert trouble.remedy is Remedy.FIX_FILE
    for language in ("nb", "en"):
        wording = Wording(language)
        assert wording.say(trouble.code, trouble.values)
        assert wording.say(f"{trouble.code}.cure", trouble.values)
    return trouble.code


def test_there_are_enough_of_them() -> None:
    assert len(files()) >= 60
    assert len(one_of_each_class()) >= 25


def test_the_worst_are_survived(tmp_path: Path) -> None:
    """One spawn for each; the long run opens every file."""
    worst = {
        "far cell": {"table"},
        "zip bomb": {"sheets.too_large"},
        "entity bomb": {"sheets.document_type"},
        "many entries": {"sheets.too_many_parts"},
        "double name": {"sheets.odd_parts"},
        "many attributes": {"sheets.damaged"},
        "million styles": {"sheets.too_many_styles"},
        "HTML posing": {"sheets.is_html"},
        "binary workbook: garbage": {"sheets.damaged", "sheets.reader_ended"},
        "shared string cycle": {"table", "sheets.damaged"},
    }
    for name, outcomes in worst.items():
        assert outcome(tmp_path, name) in outcomes, name


@pytest.mark.long
def test_every_one_is_survived(tmp_path: Path, figure: Figure) -> None:
    told = [outcome(tmp_path, name) for name in files()]
    figure("hostile files", len(told))
    figure("hostile files, classes of them", len(one_of_each_class()))
    figure("hostile files that ended in a table", told.count("table"))
    figure("hostile files refused with a sentence and its cure", len(told) - told.count("table"))
    assert len(told) == len(files())
