"""The one JSON document of a command, whatever it holds."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rowpost.cli.console import json_lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), VALUES))
def test_the_document_comes_back_as_it_was(document: dict[str, object]) -> None:
    assert json.loads("".join(json_lines(document))) == document


def test_every_entry_of_a_list_has_a_line() -> None:
    document = {"file": "å.xlsx", "problems": [{"row": 2}, {"row": 3}], "facts": []}
    assert "".join(json_lines(document)).splitlines() == [
        "{",
        '  "file": "å.xlsx",',
        '  "problems": [',
        '    {"row": 2},',
        '    {"row": 3}',
        "  ],",
        '  "facts": []',
        "}",
    ]
