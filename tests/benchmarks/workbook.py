"""The workbook that figures are measured with: made-up invoices, 32 columns, made once and kept in `build/`.

Half of the cells are text with Norwegian letters, the rest dates, amounts and identifiers. Every row is
fit to send to staging. National numbers are the published synthetic ones.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.benchmarks.measure import ROOT

Row = Sequence[str | int | float | date]

HEADINGS = (
    *("Fakturanr", "Faktura-ID", "Fakturadato", "Forfallsdato", "Fakturabeløp", "Restbeløp", "Valuta", "KID"),
    *("Kundenr", "Navn", "Fornavn", "Etternavn", "Kundetype", "Fødselsnummer", "Fødselsdato", "E-post"),
    *("Mobil", "Telefon", "Adresse", "Adresse 2", "Postnr", "Sted", "Land", "Beskrivelse"),
    *("Renter", "Gebyr", "Purretrinn", "Avdeling", "Ordrenr", "Vår ref", "Deres ref", "Dager forfalt"),
)
WRONG_CURRENCY = "KRONE7"
MOST_IN_MEMORY = 200_000  # rows; of longer workbooks every row is written at once
FIRST_NAMES = (
    "Åse",
    "Bjørn",
    "Ærlend",
    "Sølvi",
    "Pål",
    "Gøril",
    "Håkon",
    "Tårn",
    "Øyvind",
    "Kari",
    "Snefrid",
    "Ola",
)
LAST_NAMES = (
    "Bråten",
    "Ødegård",
    "Sæther",
    "Nygård",
    "Hårstad",
    "Kjær",
    "Løvås",
    "Prøve",
    "Vårdal",
    "Tveit",
    "Moe",
)
STREETS = ("Løkkeveien", "Bjørkåsen", "Sjøgata", "Ærfuglveien", "Nygårdsgaten", "Åkerbærstien", "Kirkegata")
TOWNS = (
    (150, "Oslo"),
    (1450, "Nesoddtangen"),
    (4006, "Stavanger"),
    (6002, "Ålesund"),
    (8006, "Bodø"),
    (9008, "Tromsø"),
)
SYNTHETIC = ("10915596784", "13527248013", "15507600333", "29422059278")
THINGS = (
    "Strøm",
    "Kommunale avgifter",
    "Bredbånd",
    "Tannlegetime",
    "Leie av båtplass",
    "Treningssenter",
    "Snøbrøyting",
)


def workbook(rows: int = 100_000, *, wrong: bool = False, inline: bool = False) -> Path:
    """Return the path of the workbook with so many invoices; it is made at the first call of a month.

    `wrong`: every row has a currency that is none. `inline`: texts stand in their cells, as programs
    write them that keep no list of strings; workbooks too long for one always are so.
    """
    month = datetime.now(UTC).date().replace(day=1)
    inline = inline or rows > MOST_IN_MEMORY
    kind = ("wrong" if wrong else "invoices") + ("-inline" if inline else "")
    path = ROOT / "build" / "benchmarks" / f"{kind}-{rows}-{month:%Y-%m}.xlsx"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        _write(new, rows, month, wrong=wrong, inline=inline)
        new.replace(path)
    return path


def _write(path: Path, rows: int, month: date, *, wrong: bool, inline: bool) -> None:
    options = {"default_date_format": "dd.mm.yyyy", "constant_memory": inline}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("Fakturaer")
    amount = book.add_format({"num_format": "#,##0.00"})
    postcode = book.add_format({"num_format": "0000"})
    sheet.set_column("E:F", None, amount)
    sheet.set_column("Y:Z", None, amount)
    sheet.set_column("U:U", None, postcode)
    sheet.write_row(0, 0, HEADINGS)
    chance = random.Random(20260101)
    for number in range(rows):
        for column, value in enumerate(_row(number, month, chance, WRONG_CURRENCY if wrong else "NOK")):
            if isinstance(value, str):
                sheet.write_string(number + 1, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(number + 1, column, value)
            else:
                sheet.write_number(number + 1, column, value)
    book.close()


def _row(number: int, month: date, chance: random.Random, currency: str) -> Row:
    due = month - timedelta(days=chance.randint(30, 300))
    cents = chance.randint(10_000, 2_000_000)
    rest = cents - chance.choice((0, 0, 0, cents // 3))
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    postcode, town = chance.choice(TOWNS)
    phone = str(chance.randint(40_000_000, 49_999_999))
    thing = chance.choice(THINGS)
    invoice = (f"F{2_000_000 + number}", f"kilde-{number:07}", due - timedelta(days=14), due)
    money = (_amount(cents), _amount(rest), currency, _kid(f"{number:09}"))
    person = (10_000 + number % 40_000, f"{first} {last}", first, last, "Privat", chance.choice(SYNTHETIC))
    reach = (date(1970, 1, 1) + timedelta(days=number % 9000), f"kunde{number}@example.no", phone, phone)
    home = (
        f"{chance.choice(STREETS)} {number % 180 + 1}",
        f"Leilighet H{number % 9:02}",
        postcode,
        town,
        "Norge",
    )
    claim = (f"{thing} for kunde nr. {number}", _amount(rest // 50), 35.0, "Purring")
    rest_of = (f"Avdeling Sør {number % 7}", f"O-{number}", f"{last}, Økonomi", f"Innkjøp {first}", 20)
    return (*invoice, *money, *person, *reach, *home, *claim, *rest_of)


def _amount(cents: int) -> float:
    return float(Decimal(cents).scaleb(-2))


def _kid(digits: str) -> str:
    """Append the MOD10 (Luhn) check digit."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)
