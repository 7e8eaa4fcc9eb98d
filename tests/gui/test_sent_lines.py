"""What will be sent, as lines: nothing of the document is left out, whatever it holds."""

from __future__ import annotations

from rowpost.gui.views.sent import sent_lines
from rowpost.gui.words import Words

PAYLOAD: dict[str, object] = {
    "type": "PAYMENT_REMINDER",
    "invoiceNumber": "10207",
    "debtors": [
        {"type": "PRIVATE", "name": "Ane Vik", "phoneNumbers": [{"countryCode": "47", "value": "55123456"}]},
        {"type": "PRIVATE", "name": "Jon Vik", "addresses": [{"city": "Oslo"}]},
    ],
    "claims": [
        {"type": "PRINCIPAL", "remainingAmount": "700.00"},
        {"type": "PRINCIPAL", "remainingAmount": "70.00"},
        {"type": "FEE", "remainingAmount": "35.00"},
    ],
    "somethingNew": "x",
}


def test_every_value_has_its_line(words: Words) -> None:
    lines = list(sent_lines(PAYLOAD, words.catalog, words))
    found = dict(lines)
    assert len(found) == len(lines), "no two lines are called the same"
    assert found["Invoice number"] == "10207"
    assert found["Mobile"] == "+47 55123456"
    assert found["Remaining amount"] == "700.00"
    assert found["Remaining amount (2)"] == "70.00", "a further claim is money too"
    assert found["Reminder fee (3)"] == "35.00"
    assert found["Debtor 2: Name"] == "Jon Vik"
    assert found["Debtor 2: City"] == "Oslo"
    assert found["somethingNew"] == "x", "what the catalog does not know is shown under its own name"


def test_the_first_debtor_stands_before_the_second(words: Words) -> None:
    labels = [label for label, _ in sent_lines(PAYLOAD, words.catalog, words)]
    assert labels.index("Remaining amount (2)") < labels.index("Debtor 2: Name")
    assert labels.index("Invoice number") < labels.index("Name") < labels.index("Remaining amount")
