"""What Excel showed, cell by cell, where the corpus is there."""

from __future__ import annotations

from tests.unit.shown.corpus import CORPUS, measure


def test_cells_are_shown_as_excel_showed_them() -> None:
    if not CORPUS.is_dir():
        return  # the corpus is not part of the repository
    figure = measure()
    assert figure.different == []
    assert figure.share >= 0.995
    assert figure.cells > 60_000
