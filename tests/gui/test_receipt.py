"""The receipt as a document: what it says can be read back, whatever reads it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rowpost.gui.receipt import fonts
from rowpost.gui.receipt.draw import draw_receipt
from rowpost.model.books import RowState
from rowpost.model.outside import Progress, no_progress
from rowpost.model.results import RowResult
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.reports.receipt import make_receipt, save_receipt
from rowpost.wording import LANGUAGES, Wording
from tests.support.pdf import Pdf, read_pdf
from tests.support.runs import AT, made_result, made_run

GO = threading.Event()
THEIRS = "Ukjent skyldner: Åse Ødegård på Sjøvegen 7, Ängelholm"
ROWS = (
    made_result((4,), RowState.ACCEPTED, "1234.50", code="row.accepted"),
    made_result((5, 6), RowState.REJECTED, "99.00", code="row.rejected", raw=THEIRS),
    made_result((7,), RowState.NOT_KNOWN, "50.00", code="row.absent"),
)


def drawn(rows: Sequence[RowResult], language: str = "nb") -> Pdf:
    run = made_run(rows, sheet="Ark1", sha256="ab" * 32)
    receipt = make_receipt(run, Wording(language), chain_head="c0ffee" * 10, made_at=AT)
    return read_pdf(draw_receipt(receipt, GO, no_progress))


def test_it_is_a_document_that_keeps(qapp: QApplication) -> None:
    made = drawn(ROWS)
    assert 'pdfaid:part="1"' in made.metadata
    assert 'pdfaid:conformance="B"' in made.metadata
    assert b"/OutputIntents" in made.catalog
    assert made.fonts
    assert all(b"/FontFile" in font for font in made.fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_it_says_can_be_read_back(qapp: QApplication, language: str) -> None:
    wording = Wording(language)
    said = " ".join(drawn(ROWS, language).text.split())
    run = made_run(ROWS, sheet="Ark1", sha256="ab" * 32)
    receipt = make_receipt(run, wording, chain_head="c0ffee" * 10, made_at=AT)
    wanted = [receipt.title, receipt.footer, receipt.page(1, 1), *receipt.closing, *receipt.headings]
    wanted += [text for line in (*receipt.about, *receipt.totals) for text in line]
    lacking = [text for text in wanted if " ".join(text.split()) not in said]
    assert not lacking
    assert all(word in said for word in THEIRS.split())
    assert "inv-10004" in said


def test_every_page_is_numbered_and_repeats_the_heading(qapp: QApplication) -> None:
    rows = [made_result((row,), RowState.ACCEPTED, code="row.accepted") for row in range(2, 202)]
    made = drawn(rows)
    count = len(made.pages)
    assert count > 2
    for number, page in enumerate(made.pages, start=1):
        assert f"{number} av {count}" in page
        assert "Fakturanummer" in page
    numbers = [text for page in made.pages for text in page if text.isdecimal() and len(text) == 5]
    assert numbers == [row.invoice_number for row in rows]


def test_a_word_without_end_is_broken_and_nothing_of_it_lost(qapp: QApplication) -> None:
    long = "x".join(str(number) for number in range(200))
    made = drawn([made_result((4,), RowState.REJECTED, code="row.rejected", raw=long)])
    assert long in made.text.replace("\n", "")


def test_an_empty_run_has_a_receipt_too(qapp: QApplication) -> None:
    assert len(drawn([]).pages) == 1


def test_stopped_between_pages_and_nothing_is_left(qapp: QApplication, tmp_path: Path) -> None:
    rows = [made_result((row,), RowState.ACCEPTED, code="row.accepted") for row in range(2, 600)]
    receipt = make_receipt(made_run(rows, sheet="A"), Wording("en"), chain_head="", made_at=AT)
    stop, told = threading.Event(), list[Progress]()

    def hear(news: Progress) -> None:
        told.append(news)
        stop.set()

    with pytest.raises(Stopped):
        save_receipt(receipt, tmp_path / "a.pdf", draw_receipt, stop=stop, progress=hear)
    assert [news.done for news in told] == [0]
    assert told[0].total > 5
    assert not list(tmp_path.iterdir())


def test_places_that_cannot_take_a_receipt(qapp: QApplication, tmp_path: Path) -> None:
    receipt = make_receipt(made_run([], sheet="A"), Wording("en"), chain_head="", made_at=AT)
    for path, code in (
        (tmp_path / "a.docx", "reports.receipt.not_pdf"),
        (tmp_path / "no" / "a.pdf", "reports.no_folder"),
    ):
        with pytest.raises(Trouble) as caught:
            save_receipt(receipt, path, draw_receipt, stop=GO, progress=no_progress)
        assert (caught.value.code, caught.value.remedy) == (code, Remedy.FIX_SETTINGS)


def test_the_font_has_every_letter_of_the_north(qapp: QApplication) -> None:
    assert fonts.chosen([fonts.family()]) == fonts.family()
    assert fonts.chosen(["Standard Symbols PS", "No such font"]) == ""
