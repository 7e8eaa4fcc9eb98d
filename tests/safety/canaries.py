"""Made-up people who must never be found where they do not belong."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl

PEOPLE = 60
K1, K2 = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
HEADINGS = (
    *("Fakturanr", "Fakturadato", "Forfallsdato", "Fakturabeløp", "Restbeløp", "Valuta", "Starttrinn"),
    *("Kundenr", "Kundetype", "Navn", "Fødselsnummer", "Adresse", "Postnr", "Poststed", "Land", "E-post"),
    "Hva kravet gjelder",
)
STEM = re.compile(r"qvx|kanarifugl|burveien|\d{11}", re.IGNORECASE)  # every word of everybody holds one


@dataclass(frozen=True, slots=True)
class Canary:
    """One person: nothing of this may turn up."""

    first_name: str
    last_name: str
    national_id: str
    street: str
    email: str

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for."""
        return self.first_name, self.last_name, self.national_id, self.street, self.email


def people() -> list[Canary]:
    """Sixty people whose names and ids are nobody's (the ids are Tenor's kind: month + 80)."""
    ids = _national_ids()
    return [_person(number, next(ids)) for number in range(PEOPLE)]


def _person(number: int, national_id: str) -> Canary:
    ending = string.ascii_lowercase[number // 26] + string.ascii_lowercase[number % 26]
    last = f"Kanarifugl{ending}"
    return Canary(f"Qvxanne{ending}", last, national_id, f"Burveien{ending} 7", f"qvx.{ending}@example.com")


def _national_ids() -> Iterator[str]:
    """Synthetic national ids with right check digits."""
    born, number = date(1961, 5, 3), 100
    while True:
        stem = f"{born.day:02}{born.month + 80:02}{born.year % 100:02}{number}"
        first = -_weighed(stem, K1) % 11
        second = -_weighed(f"{stem}{first}", K2) % 11 if first < 10 else 10
        if second < 10:
            yield f"{stem}{first}{second}"
        born, number = born + timedelta(days=97), number + 3


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def write_workbook(path: Path, canaries: list[Canary], **changes: object) -> None:
    """Write a workbook with one invoice for each of them; `changes` replace cells by their heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, canary in enumerate(canaries, start=7001):
        values = [
            *(str(number), date(2026, 1, 5), date(2026, 2, 5), 512.5, 512.5, "NOK", "Purring"),
            *(f"K{number}", "Privat", f"{canary.first_name} {canary.last_name}", canary.national_id),
            *(canary.street, "0150", "Oslo", "NO", canary.email, "Leie av bur"),
        ]
        named = {**dict(zip(HEADINGS, values, strict=True)), **changes}
        sheet.append([named[heading] for heading in HEADINGS])
    book.save(path)
    book.close()


def found_in(content: bytes, canaries: list[Canary]) -> list[str]:
    """Return what turns up in some bytes, as UTF-8 or UTF-16."""
    pattern = "|".join(re.escape(word) for canary in canaries for word in canary.words)
    texts = (
        content.decode("latin-1"),
        content.decode("utf-16-le", "replace"),
        content[1:].decode("utf-16-le", "replace"),
    )
    suspect = (text for text in texts if STEM.search(text))  # a hundred times faster than the whole pattern
    return [match for text in suspect for match in re.findall(pattern, text, re.IGNORECASE)]
