"""The payload of a row: the same bytes whichever rows stand in its block."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping.shape import Node

PATHS = ("number", "amount", "text", "claims[0].amount", "debtors[0].name", "debtors[0].addresses[0].zip")
ROWS = st.lists(st.tuples(*(st.none() | st.integers(0, 9) for _ in PATHS)), min_size=1, max_size=8)


def made_node(*, always: bool) -> Node:
    root = Node(always=always, fixed={"kind": "invoice"})
    for place, path in enumerate(PATHS):
        node, leaf = root.reach(path)
        node.leaves[leaf] = place
    root.lists["claims"][0].fixed["currency"] = "NOK"
    return root


@given(ROWS, st.booleans())
def test_a_row_alone_and_among_others_is_written_alike(
    rows: list[tuple[int | None, ...]],
    always: bool,
) -> None:
    together = made_node(always=always).objects(
        [list(column) for column in zip(*rows, strict=True)], len(rows)
    )
    alone = [made_node(always=always).objects([[value] for value in row], 1)[0] for row in rows]
    if always:  # a slot that may be absent is decided by its own values alone only where it is always there
        assert [json.dumps(one) for one in together] == [json.dumps(one) for one in alone]
    assert [one for one in together if one] == [one for one in alone if one]


def test_fields_stand_in_the_order_of_the_mapping() -> None:
    ((first, second),) = [made_node(always=True).objects([[1, 1], [None, 2], [3, 3], *[[None, None]] * 3], 2)]
    assert list(first or {}) == ["kind", "number", "text"]
    assert list(second or {}) == ["kind", "number", "amount", "text"]
