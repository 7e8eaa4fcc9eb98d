"""Verdicts are tied to rows by key; what a batch does not say is not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.answers import Batch, BatchState, Word
from rowpost.model.attempts import Attempt, SentRow, Stage
from rowpost.sending import verdicts

ROWS = tuple(SentRow(n, n, f"A{n}", f"S{n}", b"{}", n) for n in range(4))


def attempt(heard: Mapping[int, bool] | None = None, decided: int = 0) -> Attempt:
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    return Attempt(1, "uid", 1, 1, "b", ROWS[decided:], moment, heard or {}, ROWS[:decided])


def yes(number: int, **more: Any) -> Word:
    return Word(accepted=True, invoice_number=f"A{number}", invoice_id=f"I{number}", **more)


def no(number: int, raw: str = "no") -> Word:
    return Word(accepted=False, invoice_number=f"A{number}", raw=raw)


def stages(found: verdicts.Reading) -> list[Stage]:
    return [verdict.stage for verdict in found.verdicts]


def read(*words: Word, state: BatchState = BatchState.PARTIAL, **more: Any) -> verdicts.Reading:
    return verdicts.read(attempt(**more), Batch("b", state, words))


def test_each_row_has_its_own_verdict() -> None:
    found = read(no(1, "bankrupt"), yes(3), yes(0))
    assert stages(found) == [Stage.ACCEPTED, Stage.REJECTED, Stage.NOT_KNOWN, Stage.ACCEPTED]
    assert found.verdicts[0].invoice_id == "I0"
    assert found.verdicts[1].raw == "bankrupt"
    assert found.verdicts[2].code == "row.not_mentioned"


def test_success_without_rows_accepts_none() -> None:
    assert set(stages(read(state=BatchState.SUCCESS))) == {Stage.NOT_KNOWN}


def test_both_lists_contradict_and_repeats_are_not_believed() -> None:
    found = read(yes(0), no(0), yes(1), yes(1), no(2, "a"), no(2, "b"), yes(3))
    assert stages(found) == [Stage.CONFLICT, Stage.NOT_KNOWN, Stage.REJECTED, Stage.ACCEPTED]
    assert found.verdicts[2].raw == "a; b"


def test_a_foreign_invoice_makes_the_whole_batch_foreign() -> None:
    found = read(yes(0), Word(accepted=True, invoice_number="theirs"), yes(1))
    assert found.foreign
    assert set(stages(found)) == {Stage.NOT_KNOWN}


def test_a_word_without_any_key_decides_nothing() -> None:
    found = read(yes(0), Word(accepted=False, raw="something failed"))
    assert not found.foreign
    assert stages(found) == [Stage.ACCEPTED, *[Stage.NOT_KNOWN] * 3]


def test_an_index_counts_where_there_is_no_key() -> None:
    found = read(Word(accepted=False, index=2, raw="no"), Word(accepted=True, index=9))
    assert stages(found)[2] is Stage.REJECTED


def test_an_unfinished_batch_is_only_heard_and_a_change_of_mind_is_a_conflict() -> None:
    found = read(yes(0), no(1), state=BatchState.OPEN)
    assert (found.verdicts, found.heard) == ((), {0: True, 1: False})
    found = read(no(0), no(1), yes(2), yes(3), heard={0: True, 1: False})
    assert stages(found) == [Stage.CONFLICT, Stage.REJECTED, Stage.ACCEPTED, Stage.ACCEPTED]


def test_rows_that_are_decided_are_known_but_not_judged_again() -> None:
    found = read(yes(0), yes(1), yes(2), yes(3), decided=2)
    assert not found.foreign
    assert [verdict.row for verdict in found.verdicts] == [2, 3]


def test_a_batch_is_ours_only_if_it_speaks_of_exactly_our_rows() -> None:
    all_ = tuple(yes(n) for n in range(4))
    assert verdicts.is_batch_of(attempt(), Batch("b", BatchState.SUCCESS, all_))
    assert verdicts.is_batch_of(attempt(decided=2), Batch("b", BatchState.SUCCESS, all_))
    assert not verdicts.is_batch_of(attempt(), Batch("b", BatchState.OPEN, all_))
    assert not verdicts.is_batch_of(attempt(), Batch("b", BatchState.SUCCESS, all_[:3]))
    assert not verdicts.is_batch_of(attempt(), Batch("b", BatchState.SUCCESS, (*all_, yes(9))))
    assert not verdicts.is_batch_of(attempt(), Batch("b", BatchState.SUCCESS, ()))


words = st.lists(
    st.builds(
        Word,
        accepted=st.booleans(),
        invoice_number=st.sampled_from(["", "A0", "A1", "A2", "A3", "B9"]),
        source_id=st.sampled_from(["", "S0", "S1", "S2"]),
        index=st.integers(-1, 5),
        raw=st.sampled_from(["", "no"]),
    ),
    max_size=8,
)


@given(words, st.sampled_from(list(BatchState)))
def test_accepted_is_said_only_where_the_batch_says_it_once_and_nothing_else(
    said: list[Word], state: BatchState
) -> None:
    found = read(*said, state=state)
    for verdict in found.verdicts:
        if verdict.stage is Stage.ACCEPTED:
            about = [
                word
                for word in said
                if word.invoice_number == f"A{verdict.row}"
                or word.source_id == f"S{verdict.row}"
                or (not word.invoice_number and not word.source_id and word.index == verdict.row)
            ]
            assert state.ended
            assert [word.accepted for word in about] == [True]


@given(st.permutations([yes(0), no(1), yes(2)]))
def test_the_order_of_the_answer_does_not_matter(said: list[Word]) -> None:
    assert read(*said) == read(yes(0), no(1), yes(2))
