from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from rowpost.host.toml import to_toml

# TOML has no lone surrogates; everything else may stand in a string or a key.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.one_of(TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False))
VALUES = st.one_of(PLAIN, st.lists(TEXTS, max_size=3))
DOCUMENTS = st.recursive(
    st.dictionaries(TEXTS, VALUES, max_size=4),
    lambda inner: st.dictionaries(TEXTS, st.one_of(VALUES, inner), max_size=4),
    max_leaves=8,
)


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(document)) == document


def test_it_is_readable() -> None:
    text = to_toml({"sending": {"part_size": 50, "canary": True}, "checks": {"severities": {"a.b": "note"}}})
    assert text == '[sending]\npart_size = 50\ncanary = true\n\n[checks.severities]\n"a.b" = "note"\n'
