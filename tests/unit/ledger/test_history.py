"""Looking back: what was sent is found, forgotten and exported; nothing that proves it is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from rowpost.ledger import Ledger
from rowpost.ledger.migrate import migrations
from rowpost.model.attempts import RowVerdict, RunMeta, Stage
from rowpost.model.books import RowState
from rowpost.model.history import Wanted
from rowpost.model.results import RunStatus
from rowpost.model.targets import Environment
from rowpost.model.trouble import Trouble
from tests.safety.world import look_into, make_run, open_ledger, ready
from tests.unit.ledger.test_guards import TARGET, received


def claimed(ledger: Ledger) -> set[str]:
    """The source ids that count as sent."""
    lines = ledger.all_claims(Environment.PRACTICE, TARGET.organization_id)
    return {line[0] for some in lines for line in some}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


def runs_found(ledger: Ledger, text: str, *amounts: str) -> list[str]:
    return [hit.run for hit in ledger.search(Wanted(text, tuple(map(Decimal, amounts)))).hits]


def test_rows_are_found_by_every_number_a_person_has(ledger: Ledger) -> None:
    customer = replace(ready(["10234"])[0], customer_number="C-77")
    first = make_run(ledger, TARGET, [customer])
    second = make_run(ledger, TARGET, ready(["10234", "9"]))
    assert runs_found(ledger, "10234") == [second, first]
    assert runs_found(ledger, "010234") == [second, first]
    assert runs_found(ledger, " c-77 ") == [first]
    assert runs_found(ledger, "SOURCE-9") == [second]
    assert runs_found(ledger, "nothing") == runs_found(ledger, "  ") == []


def test_a_hit_says_when_by_whom_where_and_what_became_of_it(ledger: Ledger) -> None:
    run, attempt = received(ledger, "10234")
    ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "row.accepted", "", "inv-1", "case-1")])
    (hit,) = ledger.search(Wanted("case-1")).hits
    assert (hit.run, hit.file_name, hit.by_whom, hit.target) == (run, "book.xlsx", "tester", TARGET)
    assert (hit.row.state, hit.row.batch_id, hit.row.invoice_id) == (RowState.ACCEPTED, "b-1", "inv-1")
    assert not hit.forgotten
    assert ledger.search(Wanted("")).hits == ()  # rows without a case are not those of the case ""


def test_rows_are_found_by_amount_after_those_found_by_number(ledger: Ledger) -> None:
    dear = [
        replace(one, amount=Decimal(amount)) for one, amount in zip(ready("ab"), ("1250", "7.5"), strict=True)
    ]
    first = make_run(ledger, TARGET, dear)
    second = make_run(ledger, TARGET, ready(["1250"]))
    assert runs_found(ledger, "1250", "1250") == [second, first]
    assert runs_found(ledger, "7,50", "7.50") == [first]
    assert runs_found(ledger, "x", "7.51") == []


def test_an_answer_is_cut_where_it_would_be_endless(ledger: Ledger) -> None:
    make_run(ledger, TARGET, ready(f"n{n}" for n in range(250)))
    found = ledger.search(Wanted("x", (Decimal("1250.50"),)))
    assert (len(found.hits), found.more) == (200, True)
    assert found.hits[0].row.invoice_number == "n249"


def test_runs_are_found_by_name_file_and_day(ledger: Ledger) -> None:
    run = make_run(ledger, TARGET, ready("a"))
    now = datetime.now(UTC)
    today = (now - timedelta(hours=1), now + timedelta(hours=1))
    for wanted in (Wanted(run[:5]), Wanted("BOOK"), Wanted("21.11.", days=today)):
        assert [summary.run for summary in ledger.search(wanted).runs] == [run]
    assert ledger.search(Wanted("x", days=(now - timedelta(days=2), now - timedelta(days=1)))).runs == []


def test_a_run_can_be_named_by_its_beginning(ledger: Ledger) -> None:
    names = [make_run(ledger, TARGET, []) for _ in range(40)]
    assert ledger.full_name(f" {names[0].upper()} ") == names[0]
    starts = [name for name in names if sum(other[:3] == name[:3] for other in names) == 1]
    assert ledger.full_name(starts[0][:3]) == starts[0]
    for said in ("", "  ", "x0"):
        with pytest.raises(Trouble, match=r"ledger\.no_such_run"):
            ledger.full_name(said)


def test_a_beginning_of_several_runs_names_them(ledger: Ledger, path: Path) -> None:
    make_run(ledger, TARGET, [])
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER run_fixed")
    db.execute("UPDATE run SET name = 'bado-4'")
    db.commit()
    make_run(ledger, TARGET, [])
    db.execute("UPDATE run SET name = 'bado-47' WHERE name <> 'bado-4'")
    db.commit()
    db.close()
    assert ledger.full_name("bado-4") == "bado-4"
    assert ledger.full_name("bado-47") == "bado-47"
    with pytest.raises(Trouble, match=r"ledger\.several_runs") as caught:
        ledger.full_name("bado")
    assert caught.value.values["runs"] == "bado-47, bado-4"


def settled(ledger: Ledger) -> str:
    run, attempt = received(ledger, "a", "b")
    ledger.judge(
        attempt, [RowVerdict(1, Stage.ACCEPTED, "x"), RowVerdict(2, Stage.REJECTED, "y", "Kari Fjell")]
    )
    ledger.finish(run, RunStatus.DONE)
    return run


def test_what_is_forgotten_is_gone_and_the_books_stay(ledger: Ledger, path: Path) -> None:
    run = settled(ledger)
    before = ledger.summary(run)
    assert (before.forgotten_at, ledger.personal(run).invoices) == (None, 2)
    ledger.erase(run[:6], "tester")
    after = ledger.summary(run)
    assert after.forgotten_at is not None
    assert replace(after, forgotten_at=None) == before
    assert ledger.personal(run).invoices == 0
    assert b"Fjell" not in path.read_bytes()
    assert [row.reason_raw for row in ledger.result(run).rows] == ["", ""]
    assert [hit.forgotten for hit in ledger.search(Wanted("a")).hits] == [True]
    assert claimed(ledger) == {"source-a"}
    ledger.verify()


def test_what_may_be_at_the_agency_is_not_forgotten(ledger: Ledger) -> None:
    run, _ = received(ledger, "a", "b")
    for given_up in (False, True):
        with pytest.raises(Trouble, match=r"ledger\.run_is_open") as caught:
            ledger.erase(run, "tester", give_up_waiting=given_up)
        assert caught.value.values == {"run": run, "count": 2}
    assert ledger.personal(run) == ledger.personal(run[:7])
    assert (ledger.personal(run).unsettled, ledger.personal(run).waiting) == (2, 0)


def test_what_waits_is_given_up_only_if_that_is_wished(ledger: Ledger) -> None:
    run = make_run(ledger, TARGET, ready("abc"))
    with pytest.raises(Trouble, match=r"ledger\.run_waits") as caught:
        ledger.erase(run, "tester")
    assert caught.value.values == {"run": run, "count": 3}
    assert ledger.summary(run).forgotten_at is None
    ledger.erase(run, "tester", give_up_waiting=True)
    found = ledger.result(run)
    assert found.summary.status is RunStatus.DONE
    assert found.summary.books.balanced
    assert {(row.state, row.code) for row in found.rows} == {(RowState.NOT_FIT, "row.given_up")}
    assert not list(ledger.loose(run))
    assert ledger.facts(run, 200).ahead is None
    assert claimed(ledger) == set()  # another run may send them


def test_everything_is_told_oldest_first_with_the_chain_head(ledger: Ledger) -> None:
    first, second = settled(ledger), make_run(ledger, TARGET, ready(["c"]))
    known = ledger.everything()
    assert (known.rows, known.chain_head) == (3, ledger.chain_head())
    told = [(hit.run, hit.row.invoice_number) for hit in known.hits]
    assert told == [(first, "a"), (first, "b"), (second, "c")]


def test_a_file_of_another_form_under_the_same_number_is_not_touched(path: Path) -> None:
    open_ledger(path).close()
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE run ADD COLUMN mood TEXT")
    before = path.read_bytes()
    for opens in (open_ledger, look_into):
        with pytest.raises(Trouble, match=r"ledger\.other_form"):
            opens(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [number for number, _ in migrations()])
def test_every_older_file_opens(path: Path, version: int) -> None:
    older = [sql for number, sql in migrations() if number <= version]
    db = sqlite3.connect(path)
    for sql in older:
        db.executescript(sql.replace("\n", "  -- laid out in another way\n\n"))
    db.execute(f"PRAGMA user_version = {version}")
    db.execute(f"PRAGMA application_id = {0x526F7770}")
    db.execute("ANALYZE")  # somebody's tool: its tables are SQLite's own
    db.commit()
    db.close()
    with open_ledger(path) as ledger:
        meta = RunMeta(TARGET, "f.xlsx", "/x/f.xlsx", "ab", "Ark1", 3, 0, {}, "Kari")
        assert (
            ledger.runs()[0].run == ledger.create_run(meta, [], []) if ledger.runs() else ledger.runs() == []
        )
