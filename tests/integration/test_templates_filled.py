"""An empty template, filled in with its own examples, is fit to send: in every language."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rowpost.catalog import LANGUAGES
from rowpost.reports.template import example, template_fields
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.program import ROOT, run

CATALOG = invoice_catalog()
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
GIVEN: dict[str, object] = {
    "invoiceDate": TODAY - timedelta(days=90),
    "dueDate": TODAY - timedelta(days=60),
    "originalInvoiceAmount": 4500,
    "remainingAmount": 4500,
    "claim.interest": 52.4,
    "claim.fee": 35,
}
EMPTY = ("collectionNoticeDate", "dateOfBirth", "organizationNumber", "firstname", "lastname")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_is_fit_to_send(tmp_path: Path, language: str) -> None:
    book = openpyxl.load_workbook(ROOT / "templates" / f"invoices-{language}.xlsx")
    wording = Wording(language, CATALOG)
    for column, field in enumerate(template_fields(CATALOG), start=1):
        if field.key not in EMPTY:
            book.worksheets[0].cell(2, column).value = GIVEN.get(field.key, example(field, wording))
    filled, sent = tmp_path / "filled.xlsx", tmp_path / "sent.jsonl"
    book.save(filled)
    ended = run("check", str(filled), "--json", "--payload", str(sent), "--lang", language)
    assert (ended.code, ended.document["ready"], ended.document["problems"]) == (0, 1, [])
    invoice: dict[str, Any] = json.loads(sent.read_text("utf-8"))["invoice"]
    assert invoice["debtors"][0]["addresses"][0]["zipCode"] == "0150"
    assert invoice["debtors"][0]["type"] == "PRIVATE"
    assert invoice["type"] == "PAYMENT_REMINDER"
    assert [claim["type"] for claim in invoice["claims"]] == ["PRINCIPAL", "INTEREST", "FEE"]
