"""Parts: nobody is left out, nobody goes twice, and no two rows of one invoice number go together."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.attempts import LooseRow
from rowpost.sending.plan import parts, traits
from tests.safety.world import sending_rules

rows = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(1, 40), st.sampled_from(["NOK", "SEK"]))
).map(
    lambda drawn: [
        LooseRow(
            n, number, size, json.dumps({"currency": currency, "debtors": [{"type": "PRIVATE"}]}).encode()
        )
        for n, (number, size, currency) in enumerate(drawn)
    ]
)


@given(rows, st.integers(1, 8), st.integers(20, 100), st.booleans())
def test_every_row_once_within_the_limits(loose: list[LooseRow], size: int, most: int, canary: bool) -> None:
    rules = sending_rules(part_size=size, part_bytes=most, canary_rows=3)
    made = list(parts(loose, rules, canary=canary))
    by_row = {row.row: row for row in loose}
    assert sorted(row for part in made for row in part.rows) == sorted(by_row)
    for part in made:
        assert 0 < len(part.rows) <= (3 if part.canary else size)
        numbers = Counter(by_row[row].invoice_number for row in part.rows)
        assert max(numbers.values()) == 1
        if len(part.rows) > 1 and not part.canary:
            assert sum(by_row[row].size for row in part.rows) <= most
    assert [part.canary for part in made[1:]].count(True) == 0


def test_the_order_of_the_workbook_is_kept() -> None:
    loose = [LooseRow(n, f"A{n}", 10) for n in range(7)]
    made = list(parts(loose, sending_rules(part_size=3), canary=False))
    assert [part.rows for part in made] == [(0, 1, 2), (3, 4, 5), (6,)]


def test_a_canary_shows_every_kind_once() -> None:
    def row(n: int, **document: object) -> LooseRow:
        return LooseRow(n, f"A{n}", 10, json.dumps(document).encode())

    loose = [row(0, currency="NOK"), row(1, currency="NOK"), row(2, currency="SEK"), row(3, vat=True)]
    loose += [row(n, currency="NOK") for n in range(4, 30)]
    first, *rest = parts(loose, sending_rules(canary_rows=10), canary=True)
    assert (first.canary, first.rows) == (True, (0, 2, 3))
    assert not any(part.canary for part in rest)


def test_a_run_no_larger_than_a_canary_has_none() -> None:
    loose = [LooseRow(n, f"A{n}", 10, b"{}") for n in range(10)]
    assert [part.canary for part in parts(loose, sending_rules(canary_rows=10), canary=True)] == [False]


def test_traits() -> None:
    document = {"type": "NOTICE", "ocrReferenceNumber": "1", "debtors": [{"type": "COMPANY", "name": None}]}
    assert traits(json.dumps(document).encode()) == {
        ".type=NOTICE",
        ".ocrReferenceNumber",
        ".debtors.type=COMPANY",
    }
