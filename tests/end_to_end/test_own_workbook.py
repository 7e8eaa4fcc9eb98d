"""A credit controller's first workbook of her own, in her language, by nothing but the keyboard."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl

from tests.end_to_end.test_window import ended
from tests.support.keyboard import Person, window_manager
from tests.support.screen import screen

HEADINGS = (
    *("Starttrinn", "Fakturanr", "Fakturadato", "Siste frist", "Fakturabeløp", "Restbeløp", "Valuta"),
    *("Kundetype", "Navn", "Org.nr", "Adresse", "Postnr", "Poststed", "E-post", "Tekst"),
)
PATIENCE, LOOK_AGAIN = 120.0, 0.1  # seconds
REJECTED = "10206"  # the practice server's scenario rejects this one, and says why


def test_a_first_workbook_goes_all_the_way_by_keyboard_alone(home: Path, tmp_path: Path) -> None:
    book, saved = tmp_path / "mine.xlsx", tmp_path / "mine-results.xlsx"
    write_book(book)
    with screen() as environ, window_manager(environ):
        environ["LC_ALL"] = environ["LANG"] = "nb_NO.UTF-8"
        command = [sys.executable, "-m", "rowpost"]
        with ended(subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)) as program:
            person = Person(environ)
            go_to_review(person, program.pid, book)
            mend_and_send(person, program.pid)
            save_results(person, program.pid, saved)
            person.press("alt+F4")
            assert program.wait(20) == 0
    check_results(saved)


def go_to_review(person: Person, pid: int, book: Path) -> None:
    """Choose a file, and the column of the field that is missing: the likeliest comes first in its list."""
    person.wait_for("arbeidsbok - Rowpost")
    person.press_until("ctrl+o", "arbeidsbok$")
    person.type(str(book))
    person.press("Return")
    person.wait_for("mine.xlsx - Rowpost")
    person.press_until("ctrl+Return", "^Koble kolonnene")
    person.wait_until_rests(pid)  # the fields come a few at a time; then the keyboard stands at that one
    person.press("Down", "Down", "Down", "Return")
    person.press_until("ctrl+Return", "^Se over radene")
    person.wait_until_rests(pid)


def mend_and_send(person: Person, pid: int) -> None:
    """Go to the one problem, mend it in its cell, and send."""
    person.press("F8", "F2", "ctrl+a")
    person.type("1250,50")
    person.press("Return")
    person.wait_until_rests(pid)
    person.press_until("ctrl+Return", "^Send - mine.xlsx")
    person.press_until("ctrl+Return", "^Send$")  # the one question
    person.press("Return")
    person.wait_for("^Resultat", 90)
    person.wait_until_rests(pid)


def save_results(person: Person, pid: int, saved: Path) -> None:
    """Tab goes from the rejected row to what can be saved."""
    person.press("Tab", "Return")
    person.wait_for("^Lagre")
    person.press("ctrl+a")
    person.type(str(saved))
    person.press("Return")
    wait_for_file(saved)
    person.wait_for("^Resultat")
    person.wait_until_rests(pid)


def write_book(book: Path) -> None:
    """Five invoices to companies; one is rejected by the agency, one has an amount that is no number."""
    sheet = openpyxl.Workbook()
    lines = sheet.active
    assert lines is not None
    lines.append(HEADINGS)
    for at, number in enumerate((REJECTED, "50001", "50002", "50003", "50004")):
        due = datetime.now(UTC).date() - timedelta(days=60 + at)
        amount = "12.3.4" if at == 1 else 1250.5 + at
        lines.append(
            (
                *(
                    "Inkassovarsel",
                    number,
                    due - timedelta(days=20),
                    due,
                    2000 + at,
                    amount,
                    "NOK",
                    "Bedrift",
                ),
                *("Fjell Bygg AS", "310120146", "Storgata 1", "0155", "Oslo", "post@example.no", "Service"),
            )
        )
    sheet.save(book)


def wait_for_file(path: Path) -> None:
    """Wait until a file has been written to its end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if path.is_file() and zipfile.is_zipfile(path):
            return
        time.sleep(LOOK_AGAIN)
    raise TimeoutError(path)


def check_results(saved: Path) -> None:
    """Every row says what became of it, in Norwegian; the rejected one in the agency's own words too."""
    sheet = openpyxl.load_workbook(saved).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    state, raw = heading.index("Rowpost: resultat"), heading.index("Rowpost: Amilis egne ord")
    number, due = heading.index("Fakturanr"), heading.index("Siste frist")
    found = {str(row[number]): row for row in rows}
    assert found[REJECTED][state] == "Avvist"
    assert str(found[REJECTED][raw]).startswith("The debtor is registered as deceased.")
    assert {found[str(one)][state] for one in range(50001, 50005)} == {"Godtatt"}
    assert all(row[due] for row in rows)
