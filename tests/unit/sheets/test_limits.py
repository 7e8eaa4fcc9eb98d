"""What a workbook may cost is given from outside, and held to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rowpost.host import resources
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import Reading
from rowpost.sheets import Limits, open_workbook
from tests.support.catalogs import invoice_catalog

SAMPLE = resources.template("sample-invoices.xlsx")


def refused(limits: Limits, path: Path = SAMPLE) -> str:
    with pytest.raises(Trouble) as trouble:
        open_workbook(path, Reading(), invoice_catalog(), limits=limits)
    return trouble.value.code


def test_a_workbook_that_takes_too_long_is_refused() -> None:
    assert refused(Limits(seconds=0)) == "sheets.too_slow"


def test_a_workbook_that_needs_too_much_memory_ends_nothing_but_the_child() -> None:
    if sys.platform == "linux":  # elsewhere the system cannot be asked to hold to it
        assert refused(Limits(memory=1 << 20)) in {"sheets.too_large", "sheets.reader_ended"}
    assert open_workbook(SAMPLE, Reading(), invoice_catalog()).layout.header_row == 3
