"""What the agency said is kept sealed, told apart by days, and erased with the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from rowpost.ledger import Ledger
from rowpost.model.answers import CaseFacts, InvoiceFacts
from rowpost.model.attempts import RowVerdict, Stage
from rowpost.model.followup import Answer, Asked, FollowLine, Seen
from rowpost.model.outside import StopToken
from tests.safety.world import open_ledger
from tests.unit.ledger.test_guards import TARGET, received, sent

SECRET = "Kari Fjell"
INVOICE = InvoiceFacts("i", "a", document={"id": "i", "amount": Decimal("19857.40"), "odd": None})
CASE = CaseFacts("c", document={"debtors": [{"fullName": SECRET}]})


class Calendar:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 3, 10, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float, stop: StopToken) -> bool:
        return stop.is_set()


@pytest.fixture
def clock() -> Calendar:
    return Calendar()


@pytest.fixture
def ledger(tmp_path: Path, clock: Calendar) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", clock) as opened:
        yield opened


def seen(remaining: str) -> Seen:
    return Seen(
        1, "i", "a", "source-a", currency="NOK", remaining=Decimal(remaining), payment_reference=SECRET
    )


def keep(ledger: Ledger, asked: Asked, what: Seen) -> FollowLine:
    ledger.keep_answers(TARGET, [(Answer(asked, (INVOICE,), (CASE,)), what)])
    (line,) = ledger.followed_keys(TARGET, [asked])
    return line


def test_changes_are_told_from_the_last_look_of_an_earlier_day(ledger: Ledger, clock: Calendar) -> None:
    asked = Asked("a", "source-a")
    assert ledger.followed_keys(TARGET, [asked]) == [FollowLine(asked)]
    first_day = clock.moment
    assert keep(ledger, asked, seen("100")) == FollowLine(asked, seen("100"), first_day)
    clock.moment += timedelta(days=18)
    assert keep(ledger, asked, seen("60")).before == seen("100")
    clock.moment += timedelta(hours=1)
    line = keep(ledger, asked, seen("0.00"))
    assert line == FollowLine(asked, seen("0.00"), clock.moment, seen("100"), first_day)


def test_the_rows_of_a_run_that_may_be_there(ledger: Ledger) -> None:
    run, _ = sent(ledger, *"abc")
    lines = ledger.followed(run)
    assert [line.asked.source_id for line in lines] == ["source-a", "source-b", "source-c"]
    assert [line.asked.rows for line in lines] == [(2,), (3,), (4,)]
    assert {line.seen for line in lines} == {None}
    ledger.keep_answers(TARGET, [(Answer(lines[1].asked, (INVOICE,)), seen("5"))])
    assert [line.seen for line in ledger.followed(run)] == [None, seen("5"), None]
    assert ledger.followed_keys(TARGET, [Asked(source_id="source-b")])[0].seen == seen("5")


def test_the_answers_come_back_whole_and_exact(ledger: Ledger, clock: Calendar) -> None:
    asked = Asked("a", "source-a")
    assert ledger.whole_answer(TARGET, asked) is None
    keep(ledger, asked, seen("1"))
    assert ledger.whole_answer(TARGET, asked) == ([INVOICE.document], [CASE.document], clock.moment)


def test_nothing_of_a_person_lies_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    keep(ledger, Asked("a", "source-a"), seen("1"))
    assert SECRET.encode() not in (tmp_path / "ledger.sqlite").read_bytes()


def test_it_is_erased_with_the_run_and_after_its_days(ledger: Ledger, clock: Calendar) -> None:
    stranger = Asked("77")
    run, attempt = received(ledger, "a")
    (line,) = ledger.followed(run)
    keep(ledger, line.asked, seen("1"))
    keep(ledger, stranger, seen("2"))
    accept(ledger, attempt)
    ledger.erase(run, "tester")
    assert [line.seen for line in ledger.followed(run)] == [None]
    assert ledger.followed_keys(TARGET, [stranger])[0].seen is not None
    clock.moment += timedelta(days=31)
    ledger.erase_old(30)
    assert ledger.followed_keys(TARGET, [stranger])[0].seen is None


def test_other_organisations_know_nothing_of_it(ledger: Ledger) -> None:
    keep(ledger, Asked("a"), seen("1"))
    other = replace(TARGET, organization_id="1b4e28ba-2fa1-4d1b-8f4a-00000000ffff")
    assert ledger.followed_keys(other, [Asked("a")])[0].seen is None


def test_batches_are_known_by_their_runs(ledger: Ledger) -> None:
    run, attempt = received(ledger, "a")
    batch = ledger.attempt(attempt).batch_id
    assert ledger.batches_of_runs(TARGET) == {batch: run}
    assert ledger.run_of_batch(batch) == run
    assert ledger.run_of_batch("other") == ""


def accept(ledger: Ledger, attempt: int) -> None:
    rows = ledger.attempt(attempt).rows
    ledger.judge(attempt, [RowVerdict(row.row, Stage.ACCEPTED, "row.accepted") for row in rows])
