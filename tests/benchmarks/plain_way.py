"""The baseline: the same check done plainly with openpyxl, a mapping by hand and jsonschema.

Started as a program of its own: `python -m tests.benchmarks.plain_way FILE` prints how many invoices were
fit and how many were not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jsonschema
import openpyxl

from rowpost.host.resources import schema


def main(path: str) -> None:
    """Read, map and check every row."""
    document = schema("create-invoices")
    validator = jsonschema.Draft202012Validator({"$defs": document["$defs"], "$ref": "#/$defs/invoice"})
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    headings = [str(heading) for heading in next(rows)]
    fit = 0
    unfit = 0
    for row in rows:
        if list(validator.iter_errors(invoice(dict(zip(headings, row, strict=True))))):
            unfit += 1
        else:
            fit += 1
    sys.stdout.write(json.dumps({"ready": fit, "not_fit": unfit}))


def invoice(row: Mapping[str, Any]) -> dict[str, Any]:
    """Map one row."""
    amounts = (("PRINCIPAL", "Restbeløp"), ("INTEREST", "Renter"), ("FEE", "Gebyr"))
    return {
        "type": "PAYMENT_REMINDER",
        "invoiceNumber": str(row["Fakturanr"]),
        "uniqueSourceInvoiceId": str(row["Faktura-ID"]),
        "originalInvoiceAmount": round(row["Fakturabeløp"], 2),
        "currency": row["Valuta"],
        "invoiceDate": moment(row["Fakturadato"]),
        "dueDate": moment(row["Forfallsdato"]),
        "ocrReferenceNumber": str(row["KID"]),
        "description": row["Beskrivelse"],
        "debtors": [debtor(row)],
        "claims": [{"type": kind, "remainingAmount": round(row[name], 2)} for kind, name in amounts],
    }


def debtor(row: Mapping[str, Any]) -> dict[str, Any]:
    """Map the person of one row."""
    street = f"{row['Adresse']}, {row['Adresse 2']}"
    phones = [
        {"countryCode": "47", "originalValue": row[name], "value": row[name]} for name in ("Mobil", "Telefon")
    ]
    return {
        "type": "PRIVATE",
        "firstname": row["Fornavn"],
        "lastname": row["Etternavn"],
        "name": row["Navn"],
        "customerNumber": str(row["Kundenr"]),
        "identificationNumber": str(row["Fødselsnummer"]),
        "dateOfBirth": f"{row['Fødselsdato']:%Y-%m-%d}",
        "emails": [{"value": row["E-post"]}],
        "phoneNumbers": phones,
        "addresses": [
            {"street": street, "zipCode": f"{row['Postnr']:04}", "city": row["Sted"], "countryCode": "NO"}
        ],
    }


def moment(value: datetime) -> str:
    """Write a date the way it goes over the wire."""
    return f"{value:%Y-%m-%dT00:00:00Z}"


if __name__ == "__main__":
    main(sys.argv[1])
