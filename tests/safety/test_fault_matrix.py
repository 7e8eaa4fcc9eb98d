"""Every kind of fault at every question, over real sockets: what becomes of the run stands in a table."""

from __future__ import annotations

import pytest

from tests.safety.fault_kinds import SLOW
from tests.safety.matrix import PLACES, cells, kinds, read_table, verdicts_of
from tests.support.figures import Figure

TABLE = read_table()


def test_the_table_is_large_enough(figure: Figure) -> None:
    names = [cell.name for kind in kinds() for cell in cells(kind)]
    assert sorted(names) == sorted(TABLE)
    assert len(kinds()) >= 50
    assert {place for _, place, _ in names} == set(PLACES)
    assert len(names) >= 500
    figure("fault matrix: kinds, cells", f"{len(kinds())}, {len(names)}")


def _verify(kind: str) -> int:
    """Play the cells of a kind; return how many there are."""
    played = verdicts_of(kind)
    for cell, verdict in played:
        assert all(findings.clean for findings in verdict.findings), (cell.name, verdict)
        assert (verdict.during, verdict.afterwards) == TABLE[cell.name], cell.name
    return len(played)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind not in SLOW])
def test_faults_that_strike_at_once(kind: str, figure: Figure) -> None:
    figure("fault matrix: cells as expected", _verify(kind))


@pytest.mark.parametrize("kind", SLOW)
def test_faults_that_take_their_time(kind: str, figure: Figure) -> None:
    figure("fault matrix: cells as expected", _verify(kind))
