"""The table of answers to a POST."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rowpost.model.answers import Cause, PostAnswer, Word
from rowpost.model.attempts import Attempt, Outcome, SentRow, Stage
from rowpost.model.trouble import Remedy
from rowpost.sending.conclude import conclude

ROWS = tuple(SentRow(n, n, f"A{n}", f"S{n}", b"{}", n) for n in range(5))
ATTEMPT = Attempt(1, "uid", 1, 1, "", ROWS, datetime(2026, 11, 21, tzinfo=UTC), {})
SINGLE = Attempt(1, "uid", 1, 1, "", ROWS[:1], datetime(2026, 11, 21, tzinfo=UTC), {})
CUT = Cause("network.no_answer", Remedy.TRY_LATER)


@pytest.mark.parametrize(
    ("answer", "outcome", "by_rule"),
    [
        (PostAnswer(202, batch_id="b-1"), Outcome.RECEIVED, False),
        (PostAnswer(202), Outcome.NOT_KNOWN, False),
        (PostAnswer(200, batch_id="b-1"), Outcome.NOT_KNOWN, True),
        (PostAnswer(0, CUT, never_sent=True), Outcome.NEVER_SENT, False),
        (PostAnswer(0, CUT), Outcome.NOT_KNOWN, True),
        (PostAnswer(409), Outcome.NOT_KNOWN, False),
        *[(PostAnswer(status), Outcome.REFUSED, False) for status in (400, 401, 403, 404, 413, 422, 429)],
        *[
            (PostAnswer(status), Outcome.NOT_KNOWN, True)
            for status in (
                100,
                200,
                201,
                204,
                301,
                302,
                307,
                308,
                402,
                405,
                408,
                410,
                418,
                451,
                500,
                502,
                503,
                504,
            )
        ],
    ],
)
def test_taken_or_not(answer: PostAnswer, outcome: Outcome, by_rule: bool) -> None:
    found = conclude(ATTEMPT, answer)
    assert (found.outcome, found.by_rule) == (outcome, by_rule)


@pytest.mark.parametrize("status", [400, 422])
def test_named_rows_are_taken_out_and_the_rest_goes_again(status: int) -> None:
    words = (
        Word(accepted=False, invoice_number="A1", raw="no street"),
        Word(accepted=False, source_id="S2", raw="no name"),
        Word(accepted=False, index=4, raw="no date"),
        Word(accepted=False, invoice_number="of somebody else", raw="x"),
    )
    found = conclude(ATTEMPT, PostAnswer(status, words=words))
    assert [(v.row, v.stage, v.raw) for v in found.verdicts] == [
        (1, Stage.REJECTED, "no street"),
        (2, Stage.REJECTED, "no name"),
        (4, Stage.REJECTED, "no date"),
    ]
    assert found.split == 0


def test_a_word_that_names_two_rows_names_none() -> None:
    torn = Word(accepted=False, invoice_number="A1", source_id="S2", raw="?")
    found = conclude(ATTEMPT, PostAnswer(422, words=(torn,)))
    assert (found.verdicts, found.split) == ((), 3)


def test_without_names_the_part_is_cut_in_halves_down_to_one() -> None:
    assert conclude(ATTEMPT, PostAnswer(422, raw="no")).split == 3
    found = conclude(SINGLE, PostAnswer(422, raw="no"))
    assert [(v.row, v.stage, v.raw) for v in found.verdicts] == [(0, Stage.REJECTED, "no")]


def test_413_teaches_a_limit() -> None:
    found = conclude(ATTEMPT, PostAnswer(413))
    assert (found.split, found.limit, found.verdicts) == (3, 3, ())
    found = conclude(SINGLE, PostAnswer(413))
    assert (found.limit, found.verdicts[0].code) == (0, "row.too_large")


def test_a_refusal_does_not_settle_an_earlier_attempt() -> None:
    row = SentRow(7, 7, "A7", "S7", b"{}", 0, earlier_open=True)
    again = Attempt(2, "uid", 1, 1, "", (row,), datetime(2026, 11, 21, tzinfo=UTC), {})
    found = conclude(again, PostAnswer(422, raw="duplicate"))
    assert [(v.stage, v.code) for v in found.verdicts] == [(Stage.NOT_KNOWN, "row.refused_but_open")]
