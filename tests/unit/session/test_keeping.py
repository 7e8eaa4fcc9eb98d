"""The work at hand is sealed, comes back as it was, and is erased when its days are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.host import folders
from rowpost.host.clock import SystemClock
from rowpost.model.trouble import Trouble
from rowpost.session import Session
from rowpost.session.keeping import WorkAtHand
from rowpost.wiring import open_session

TEXT = st.text(max_size=10)
PLACES = st.integers(1, 10**6)
WORKS = st.builds(
    WorkAtHand,
    path=TEXT,
    sha256=TEXT,
    sheet=TEXT,
    header_row=st.none() | PLACES,
    include_hidden=st.none() | st.booleans(),
    mapping=st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
    marks=st.lists(TEXT, max_size=2).map(tuple),
    edits=st.lists(st.tuples(PLACES, PLACES, TEXT), max_size=3).map(tuple),
    left_out=st.lists(PLACES, max_size=3).map(tuple),
    target=TEXT,
    step=TEXT,
)


@pytest.fixture(scope="module")
def kept_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("kept")))
        with open_session(language="en") as made:
            yield made


@given(WORKS)
def test_what_is_kept_comes_back(kept_in: Session, work: WorkAtHand) -> None:
    kept_in.keep_work(work)
    assert kept_in.kept_work() == work


@pytest.mark.parametrize("count", [1999, 2000, 2001, 4001])
def test_many_edits_come_back_too(kept_in: Session, count: int) -> None:
    edits = tuple((row, 3, f'"{row}"') for row in range(1, count + 1))
    work = WorkAtHand("/a.xlsx", "0", "S", 1, None, None, (), edits, (), "practice", "review")
    kept_in.keep_work(work)
    assert kept_in.kept_work() == work


class Later(SystemClock):
    """A clock that is ahead."""

    def __init__(self, days: int) -> None:
        self.days = days

    def now(self):  # type: ignore[no-untyped-def] # as the real one
        return super().now() + timedelta(days=self.days)


@pytest.mark.parametrize(("days", "there"), [(29, True), (31, False)])
def test_it_is_erased_when_its_days_are_over(home: Path, days: int, there: bool) -> None:
    work = WorkAtHand("/a.xlsx", "0", "S", 1, None, None, (), ((2, 3, "x"),), (), "practice", "review")
    with open_session(language="en") as session:
        session.keep_work(work)
        session.clock = Later(days)
        assert (session.kept_work() == work) is there
    assert folders.find().work_file.exists() is there


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"sealed": "AAAA"}', b'{"sealed": 5}', b"\xff"])
def test_what_is_not_ours_is_said_and_put_away(home: Path, content: bytes) -> None:
    with open_session(language="en") as session:
        assert session.kept_work() is None
        folders.find().work_file.write_bytes(content)
        with pytest.raises(Trouble, match=r"work\.unreadable"):
            session.kept_work()
        if content != b"\xff":
            assert session.kept_work() is None


def aside(number: int) -> WorkAtHand:
    return WorkAtHand("/a", f"{number:064}", "S", 1, None, None, (), ((2, 3, "x"),), (), "practice", "review")


@pytest.mark.parametrize(("days", "there"), [(29, True), (31, False)])
def test_what_was_put_aside_is_erased_in_time_though_nobody_asks_for_it(
    home: Path, days: int, there: bool
) -> None:
    with open_session(language="en") as session:
        session.put_aside(aside(1))
        assert session.work_aside("0" * 64) is None
        assert session.kept_work() is None
        session.clock = Later(days)
        session.kept_work()
        assert bool(list(folders.find().aside.iterdir())) is there
        assert (session.work_aside(aside(1).sha256) == aside(1)) is there


def test_a_few_are_kept_and_all_are_forgotten_together(home: Path) -> None:
    with open_session(language="en") as session:
        for number in range(25):
            session.put_aside(aside(number))
        kept = [number for number in range(25) if session.work_aside(aside(number).sha256)]
        assert kept == list(range(5, 25))
        session.put_away(aside(24).sha256)
        assert session.work_aside(aside(24).sha256) is None
        session.forget_work()
    assert not list(folders.find().aside.iterdir())


def test_who_wants_nothing_remembered_has_nothing_put_aside(home: Path) -> None:
    with open_session(["privacy.remember_recent_files=false"], language="en") as session:
        session.put_aside(aside(1))
    assert not folders.find().aside.exists()
