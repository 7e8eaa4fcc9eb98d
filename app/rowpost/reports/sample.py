"""The sample workbook: invented invoices of an invented creditor, for practice and for the demo.

No row concerns anybody: national ids are synthetic ones (month + 80 as in Tenor, + 40 as at NAV),
organisation numbers are of the series for test companies, e-mail addresses are at example.no.
All dates are fixed; seen from 21 November 2026 every good row is fit to send.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

TODAY = date(2026, 11, 21)
TITLE = "Riverside AS: forfalte fakturaer per 21.11.2026"
SHEET = "Forfalt"
HEADINGS = (
    "Fakturanr", "Fakturadato", "Forfallsdato", "Fakturabeløp", "Restbeløp", "Valuta", "KID", "Starttrinn",
    "Kundenr", "Kundetype", "Navn", "Fødselsnummer", "Org.nr", "Adresse", "Postnr", "Poststed", "Land",
    "E-post", "Mobil", "Hva kravet gjelder",
)  # fmt: skip

_PEOPLE = (
    "Kari Nordvik", "Ola Bråten", "Åse Lillebø", "Bjørn Sæther", "Ingrid Ødegård", "Håkon Fjære",
    "Solveig Myhre", "Øystein Grønli", "Marit Tjønnås", "Jørgen Ås", "Synnøve Våland", "Pål Brekke",
    "Astrid Hølen", "Eirik Sørdal", "Gro Kjærstad", "Terje Bøhn", "Silje Årnes", "Torbjørn Næss",
    "Hilde Skjølberg", "Rune Åsgård", "Anne Kløfta", "Sverre Mørk", "Turid Håvik", "Lars Østlie",
    "Berit Fossåsen", "Geir Rødland", "Randi Blåfjell", "Knut Færøy", "Wenche Løvås", "Stian Brønlund",
    "Unni Tangvær", "Magnus Sjøvik", "Elin Gråberg", "Arne Høgmo", "Tone Værnes", "Even Stølen",
)  # fmt: skip
_COMPANIES = (
    "Fjordblikk Rør AS", "Åsheim Byggservice AS", "Sjøboden Fisk AS", "Nordlys Kafé AS",
    "Grønn Hage & Anlegg AS", "Bølgen Trykkeri AS", "Rødtopp Barnehage SA", "Skjærgård Båt AS",
    "Vårdal Elektro AS", "Lærkesangen Forlag AS", "Høyfjell Utleie AS", "Tømmerhuset ANS",
    "Øvre Torg Frisør AS", "Stråmyr Transport AS", "Kystnær Regnskap AS", "Ærlig Mat AS",
    "Brøyt & Bær DA", "Månelyst Hotell AS", "Fossekallen Design AS", "Sølvtråd Foto AS",
    "Blåne Treningssenter AS", "Torvmyra Gård AS", "Småfolk Leker AS", "Vestavind Vask AS",
)  # fmt: skip
_TOWNS = (
    ("0150", "Oslo"), ("5003", "Bergen"), ("7010", "Trondheim"), ("4006", "Stavanger"),
    ("9008", "Tromsø"), ("8006", "Bodø"), ("6003", "Ålesund"), ("0184", "Oslo"),
    ("1606", "Fredrikstad"), ("3717", "Skien"), ("4612", "Kristiansand S"), ("2317", "Hamar"),
    ("0571", "Oslo"), ("9600", "Hammerfest"), ("1440", "Drøbak"), ("3210", "Sandefjord"),
    ("6413", "Molde"), ("0655", "Oslo"), ("5700", "Voss"), ("1338", "Sandvika"),
)  # fmt: skip
_STREETS = (
    "Storgata", "Kirkeveien", "Sjøgata", "Ringveien", "Bjørkelia", "Åsveien", "Havnegata", "Øvregata",
    "Skolebakken", "Møllefaret", "Granstubben",
)  # fmt: skip
_FOR_PEOPLE = (
    "Strøm og nettleie", "Treningsavgift", "Tannbehandling", "Bredbånd og telefoni",
    "Levering av ved, 2 paller", "Kurs i førstehjelp", "Barnehageplass", "Reparasjon av båtmotor",
)  # fmt: skip
_FOR_COMPANIES = (
    "Husleie lager, 3. kvartal", "Regnskapstjenester", "Leie av stillas, 14 dager",
    "Trykk av brosjyrer", "Renhold kontor", "Service på kjøleanlegg",
)  # fmt: skip
_PLAIN = str.maketrans("åøé", "aoe")
FIRST_NUMBER = 10201
ROWS = 60


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One row of the sample; texts are stored as text, `postcode_as_number` as a number shown with zeros."""

    number: str
    invoiced: date
    due: date
    amount: Decimal
    rest: Decimal | str
    kid: str
    stage: str
    customer: str
    kind: str
    name: str
    person_id: str
    company_id: str
    street: str
    postcode: str
    town: str
    email: str
    mobile: str
    about: str
    postcode_as_number: bool = False


def sample_rows() -> list[SampleRow]:
    """Return the rows from top to bottom; five of them carry one mistake each."""
    rows = list(_good_rows())
    # due before it was invoiced, a digit that does not add up, no name, no amount, a number used twice
    rows[8] = replace(rows[8], invoiced=rows[8].due + timedelta(days=32))
    rows[22] = replace(rows[22], company_id=_wrong_last_digit(rows[22].company_id))
    rows[31] = replace(rows[31], name="")
    rows[42] = replace(rows[42], rest="12.3.4")
    rows[53] = replace(rows[53], number=rows[47].number)
    return rows


def _good_rows() -> Iterator[SampleRow]:
    people, companies = iter(_PEOPLE), iter(_COMPANIES)
    for index in range(ROWS):
        company = index % 5 in (2, 4)
        yield _row(index, next(companies if company else people), company=company)


def _row(index: int, name: str, *, company: bool) -> SampleRow:
    number, customer = str(FIRST_NUMBER + index), str(50_000 + 37 * (index + 1))
    due = date(2026, 8, 3) + timedelta(days=index * 17 % 89)
    amount = Decimal(index * 7_919 % 4_651 * (3 if company else 1) + 389) + Decimal(index % 4) / 4
    goods = _FOR_COMPANIES if company else _FOR_PEOPLE
    postcode, town = _TOWNS[index % len(_TOWNS)]
    return SampleRow(
        number=number,
        invoiced=due - timedelta(days=14 if index % 3 else 30),
        due=due,
        amount=amount.quantize(Decimal("0.01")),
        rest=(amount * Decimal("0.4") if index % 11 == 5 else amount).quantize(Decimal("0.01")),
        kid=with_mod10(f"00{customer}{number}"),
        stage="Inkassovarsel" if index % 4 == 3 else "Purring",
        customer=customer,
        kind="Bedrift" if company else "Privat",
        name=name,
        person_id=""
        if company
        else person_id(date(1951, 2, 3) + timedelta(days=index * 277), 100 + index, index),
        company_id=company_id(310_120_00 + index * 7) if company else "",
        street=f"{_STREETS[index % len(_STREETS)]} {index * 7 % 90 + 1}",
        postcode=postcode,
        town=town,
        email=_address(name, company=company) if index % 6 else "",
        mobile=f"400 00 {index:03d}" if index % 4 else "",
        about=goods[index % len(goods)],
        postcode_as_number=index % 10 == 0,
    )


def person_id(born: date, serial: int, index: int) -> str:
    """Make a synthetic Norwegian national id: the month carries 80 (Tenor) or, every fourth, 40 (NAV).

    Weights and modulo 11 as the tax administration publishes them; a serial without check digits
    is passed over.
    """
    month = born.month + (40 if index % 4 == 3 else 80)
    while True:
        digits = f"{born.day:02d}{month:02d}{born.year % 100:02d}{serial:03d}"
        first = modulo11(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2))
        second = modulo11(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3), -2 * first)
        if first < 10 and second < 10:
            return f"{digits}{first}{second}"
        serial += 1


def company_id(start: int) -> str:
    """Make an organisation number with a right check digit from eight digits on."""
    while (check := modulo11(str(start), (3, 2, 7, 6, 5, 4, 3, 2))) > 9:
        start += 1
    return f"{start}{check}"


def modulo11(digits: str, weights: Sequence[int], start: int = 0) -> int:
    """The check digit of digits and what has been added up before; 10 where there is none."""
    return (start - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))) % 11


def with_mod10(digits: str) -> str:
    """Add the MOD10 (Luhn) check digit of a KID."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def _wrong_last_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _address(name: str, *, company: bool) -> str:
    plain = name.casefold().replace("æ", "ae").translate(_PLAIN)
    words = plain.split()
    return f"post@{words[0]}.example.no" if company else f"{words[0]}.{words[-1]}@example.no"
