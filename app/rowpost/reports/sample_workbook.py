"""Writes the sample as the kind of workbook that an accounting program exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rowpost.reports.sample import HEADINGS, SHEET, TITLE, SampleRow, sample_rows
from rowpost.reports.template import MADE_AT

HEADER_ROW = 3  # as Excel counts: a title above, and an empty row
REJECTIONS = (
    ("10206", "DEBTOR_DECEASED", "The debtor is registered as deceased. Address the claim to the estate."),
    ("10233", "COMPANY_BANKRUPT", "Bankruptcy proceedings have been opened against the company."),
    ("10252", "DISPUTED_CLAIM", "The debtor has disputed this invoice before. Settle the dispute first."),
)
_WIDTHS = (10, 12, 13, 13, 12, 8, 17, 14, 9, 10, 27, 14, 12, 19, 8, 16, 7, 30, 13, 28)


def sample_bytes() -> bytes:
    """Return the sample workbook; the same bytes each time."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "author": "Rowpost", "created": MADE_AT})
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, TITLE, book.add_format({"bold": True, "font_size": 14}))
        heading = book.add_format({"bold": True, "bottom": 1})
        for column, (text, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADER_ROW - 1, column, text, heading)
        write = _writer(book, sheet)
        for row, sample in enumerate(sample_rows(), start=HEADER_ROW):
            write(row, sample)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:T{HEADER_ROW + len(sample_rows())}"})
    return content.getvalue()


SETTLEMENTS = (
    {"invoiceNumber": "10201", "paid": 389},
    {"invoiceNumber": "10203", "credited": 100000},
    {"invoiceNumber": "10208", "paid": 500, "status": "PAUSED"},
)


def scenario_bytes() -> bytes:
    """Return the practice server's scenario: what it rejects of the sample and why, what is paid since."""
    scenario = {
        "description": "Three invoices of sample-invoices.xlsx are rejected, to learn from; "
        "of those accepted, one is paid, one credited, one paid in part.",
        "reject": [
            {"invoiceNumber": number, "code": code, "message": message}
            for number, code, message in REJECTIONS
        ],
        "settle": SETTLEMENTS,
    }
    return (json.dumps(scenario, indent=2) + "\n").encode()


def trouble_bytes() -> bytes:
    """Return the scenario to practise trouble on; it works with any workbook.

    The agency asks to slow down, then takes a part whose answer is lost, is slow with the verdicts,
    and rejects the same invoices of the sample as ever.
    """
    rejecting = json.loads(scenario_bytes())
    del rejecting["settle"]
    scenario = {
        **rejecting,
        "description": "The agency asks to slow down, loses an answer, is slow, and rejects three invoices.",
        "queuedSeconds": 3,
        "faults": [
            {
                "name": "slow down",
                "at": ["createInvoices"],
                "times": 1,
                "status": 429,
                "retryAfter": {"seconds": 4},
            },
            {
                "name": "the answer is lost",
                "at": ["createInvoices"],
                "times": 1,
                "applied": True,
                "cutAfter": 0,
                "ending": "reset",
            },
        ],
    }
    return (json.dumps(scenario, indent=2) + "\n").encode()


def _writer(book: Workbook, sheet: Worksheet) -> Callable[[int, SampleRow], None]:
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    money = book.add_format({"num_format": "#,##0.00"})
    postcode = book.add_format({"num_format": "0000"})

    def write(row: int, sample: SampleRow) -> None:
        for column, value in enumerate(_cells(sample)):
            if column == _POSTCODE and sample.postcode_as_number:
                sheet.write_number(row, column, int(str(value)), postcode)
            elif isinstance(value, Decimal):
                sheet.write_number(row, column, float(value), money)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, text) if value else sheet.write_blank(
                    row, column, None, text
                )
            else:
                sheet.write_datetime(row, column, value, day)

    return write


_POSTCODE = HEADINGS.index("Postnr")


def _cells(row: SampleRow) -> tuple[Any, ...]:
    return (
        row.number, row.invoiced, row.due, row.amount, row.rest, "NOK", row.kid, row.stage,
        row.customer, row.kind, row.name, row.person_id, row.company_id,
        row.street, row.postcode, row.town, "NO", row.email, row.mobile, row.about,
    )  # fmt: skip
