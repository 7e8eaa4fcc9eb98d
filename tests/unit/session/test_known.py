"""What was claimed before, packed for the process that checks: the same answers there and here."""

from __future__ import annotations

import pickle
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rowpost.checks import SentBefore
from rowpost.mapping import normalized_number
from rowpost.model.again import Again
from rowpost.model.attempts import ClaimLine
from rowpost.session.known import Known

AT = "2026-10-01T12:00:00+00:00"


def line(source_id: str, number: str, run: str = "r1", stage: str = "accepted") -> ClaimLine:
    return (source_id, run, AT, stage, number, "7,8", "october.xlsx", "120.50")


def passed_on(known: Known) -> Known:
    """As it arrives in another process."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(known, pickle.HIGHEST_PROTOCOL, buffer_callback=buffers.append)
    made: Known = pickle.loads(head, buffers=[bytes(one.raw()) for one in buffers])
    assert len(head) < 1000, "the claims themselves are not written once more"
    return made


def test_a_claim_is_found_by_key_and_by_number() -> None:
    for known in (
        made := Known.of([[line("a", "0017")], [line("b", "B 2", stage="intent")]]),
        passed_on(made),
    ):
        found = known.by_source_id("a")
        assert found == known.by_number("17")
        assert isinstance(found, SentBefore)
        assert (found.run, found.state, found.row, found.file_name) == ("r1", "accepted", 7, "october.xlsx")
        assert found.amount == Decimal("120.50")
        other = known.by_number(normalized_number("b2"))
        assert other is not None
        assert other.state == "not_known"
        assert known.by_source_id("c") is None
        assert known.by_number("18") is None
        assert len(known) == 2


def test_what_a_run_has_released_is_free_for_the_one_that_follows() -> None:
    again = Again("r1", frozenset({"a", "b"}), frozenset({"a"}), {})
    made = Known.of([[line("a", "1"), line("b", "2")]], again)
    for known in (made, passed_on(made)):
        assert known.by_source_id("a") is None
        assert known.by_number("1") is None
        assert known.by_source_id("b") is not None
    of_another = Known.of([[line("a", "1", run="r2")]], again)
    assert of_another.by_source_id("a") is not None, "another run holds it"


KEYS = st.text("ab01 ", min_size=1, max_size=4)


@given(st.lists(st.tuples(KEYS, KEYS)), st.integers(1, 3))
def test_packed_or_not_the_answers_are_those_of_a_dictionary(
    claims: list[tuple[str, str]], size: int
) -> None:
    lines = [line(source_id, number) for source_id, number in claims]
    known = passed_on(Known.of([lines[at : at + size] for at in range(0, len(lines), size)]))
    by_key, by_number = dict(claims), {normalized_number(number) for _, number in claims}
    for key in {*by_key, "x"}:
        assert (known.by_source_id(key) is not None) is (key in by_key)
        number = normalized_number(key)
        assert (known.by_number(number) is not None) is (number in by_number)
