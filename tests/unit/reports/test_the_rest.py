"""What is to be done about the rest stands in the files themselves, for every state and no other."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rowpost.model.books import RowState
from rowpost.reports.receipt import make_receipt
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.reports.the_rest import the_rest
from rowpost.wording import LANGUAGES, Wording
from tests.support.runs import AT, made_result, made_run

ACCEPTED = made_result((4,), RowState.ACCEPTED, "10.00")
OPEN = tuple(state for state in RowState if state is not RowState.ACCEPTED)
RUN = made_run(
    [ACCEPTED, *(made_result((5 + place,), state, "10.00") for place, state in enumerate(OPEN))], sheet="Ark1"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_state_has_its_cure(language: str) -> None:
    wording = Wording(language)
    lines = dict(the_rest(RUN.summary, wording))
    assert set(lines) == {wording.say(f"state.{state}") for state in OPEN}
    for state in (RowState.WAITING, RowState.NOT_KNOWN, RowState.REJECTED):
        assert RUN.summary.run in lines[wording.say(f"state.{state}")]


def test_nothing_is_said_where_nothing_is_left() -> None:
    assert not list(the_rest(made_run([ACCEPTED], sheet="Ark1").summary, Wording("en")))


def test_both_files_say_it(tmp_path: Path) -> None:
    wording = Wording("en")
    lines = list(the_rest(RUN.summary, wording))
    closing = make_receipt(RUN, wording, chain_head="c0ffee", made_at=AT).closing
    assert [f"{state}: {sentence}" for state, sentence in lines] == list(closing[2:-1])
    out = tmp_path / "out.xlsx"
    write_results_workbook(RUN, None, out, wording)
    page = openpyxl.load_workbook(out)["Summary"].iter_rows(max_col=2, values_only=True)
    assert set(lines) <= set(page)
