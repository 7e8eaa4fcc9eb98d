"""Settings are changed in the file without touching what a person has written there."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.host.toml_change import changed, without_empty

Changes = dict[tuple[str, ...], Any]
WRITTEN = """\
# Ours. Ask Kari before changing.
[sending]
part_size = 50  # the agency's advice # of May
# canary = true

# where it goes
[targets.mine]
environment = "staging"
client_id = "a#b" # not a comment in there
[privacy]
forget_after_days = 30
"""


def wanted(text: str, changes: Changes) -> dict[str, Any]:
    document = deepcopy(tomllib.loads(text))
    for path, value in changes.items():
        table = document
        for step in path[:-1]:
            table = table.setdefault(step, {})
        if value is None:
            table.pop(path[-1], None)
        else:
            table[path[-1]] = value
    return document


def test_one_value_changes_and_every_comment_stays() -> None:
    changes: Changes = {
        ("sending", "part_size"): 20,
        ("targets", "mine", "client_id"): "x",
    }
    new = changed(WRITTEN, changes, wanted(WRITTEN, changes))
    assert "part_size = 20  # the agency's advice # of May" in new
    assert 'client_id = "x"  # not a comment in there' in new
    assert new.count("#") == WRITTEN.count("#") - 1


def test_new_values_stand_in_their_table_and_new_tables_at_the_end() -> None:
    changes: Changes = {("sending", "canary"): True, ("network", "proxy"): "none"}
    new = changed(WRITTEN, changes, wanted(WRITTEN, changes))
    assert new.index("canary = true\n") < new.index("# where it goes") < new.index("[targets.mine]")
    assert new.endswith('[network]\nproxy = "none"\n')


def test_a_value_and_a_whole_table_can_go() -> None:
    changes: Changes = {("sending", "part_size"): None, ("targets", "mine"): None}
    new = changed(WRITTEN, changes, wanted(WRITTEN, changes))
    assert "part_size" not in new
    assert "mine" not in new
    assert "# canary = true" in new
    assert "# where it goes" in new


@pytest.mark.parametrize(
    "text",
    [
        "sending.part_size = 50\n",
        "sending = { part_size = 50 }\n",
        '[sending]\nnote = """\npart_size = 1\n"""\n',
    ],
)
def test_what_cannot_be_changed_by_lines_is_written_anew(text: str) -> None:
    changes: Changes = {("sending", "part_size"): 20}
    new = changed(text, changes, wanted(text, changes))
    assert tomllib.loads(new) == wanted(text, changes)


KEYS = st.sampled_from(["a", "b", "with space", "ø", "x.y", ""])
VALUES = st.one_of(st.integers(-9, 99), st.booleans(), st.text(max_size=8), st.none())
LINES = st.sampled_from(
    [*WRITTEN.splitlines(), "a = 1", "[b]", "[a.b]", "x = [", "]", '"ø" = "]" # [a]', "\u2028"]
)


@given(st.lists(LINES, max_size=12), st.dictionaries(st.tuples(KEYS, KEYS), VALUES, max_size=4))
def test_the_file_says_what_is_wanted_and_nothing_else(lines: list[str], changes: Changes) -> None:
    text = "\n".join(lines)
    try:
        told = wanted(text, changes)
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        return
    assert without_empty(tomllib.loads(changed(text, changes, told))) == without_empty(told)
