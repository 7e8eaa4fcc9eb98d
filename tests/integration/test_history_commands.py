"""`runs --search`, `runs --export` and `forget`, as a person or a script calls them."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rowpost.cli.main import main
from rowpost.host import folders
from rowpost.ledger import Ledger
from rowpost.model.attempts import Conclusion, NewPart, Outcome, RowVerdict, RunMeta, Stage
from rowpost.model.results import RunStatus
from rowpost.wiring import open_session
from tests.safety.world import ready, target_at

TARGET = target_at("http://127.0.0.1:1")


def made(ledger: Ledger, *numbers: str, by: str = "Kari") -> str:
    """A run of these invoices, nothing sent yet."""
    worth = {"NOK": Decimal("1250.5") * len(numbers)}
    meta = RunMeta(TARGET, "november.xlsx", "/x/november.xlsx", "0" * 64, "Ark1", 1, len(numbers), worth, by)
    invoices = [replace(one, customer_number=f"C-{one.invoice_number}") for one in ready(numbers)]
    return ledger.create_run(meta, invoices, ())


def sent(ledger: Ledger, run: str) -> int:
    ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    attempt, _ = ledger.intend(ahead.part)
    assert attempt is not None
    ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    return attempt.attempt


def settled(ledger: Ledger, run: str) -> None:
    """Accept all but the last row of a run, reject that one with words that want to be a formula."""
    attempt = sent(ledger, run)
    rows = [row.row for row in ledger.attempt(attempt).rows]
    verdicts = [
        RowVerdict(row, Stage.ACCEPTED, "row.accepted", "", f"i-{row}", f"c-{row}") for row in rows[:-1]
    ]
    ledger.judge(
        attempt, [*verdicts, RowVerdict(rows[-1], Stage.REJECTED, "row.rejected", "=1+1 is no address")]
    )
    ledger.finish(run, RunStatus.DONE)


@pytest.fixture
def run() -> str:
    """A settled run of three invoices in this test's home."""
    with open_session() as session:
        name = made(session.memory.ledger, "10234", "10235", "=10236")
        settled(session.memory.ledger, name)
    return name


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Call the program; return the exit code and the one document it prints."""
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_when_did_we_send_10234_and_what_became_of_it(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = asked(capsys, "runs", "--search", "10234")
    (row,) = document["rows"]
    assert (code, row["run"], row["by_whom"], row["file"]) == (0, run, "Kari", "november.xlsx")
    assert (row["invoice_number"], row["state"], row["case_id"]) == ("10234", "accepted", "c-1")
    assert (row["amount"], row["row"], row["forgotten"]) == ("1250.50", 2, False)
    for text in ("C-10234", "c-1", "source-10234"):
        assert asked(capsys, "runs", "--search", text)[1]["rows"] == [row]
    assert len(asked(capsys, "runs", "--search", "1 250,50")[1]["rows"]) == 3


def test_a_day_and_a_name_find_the_run(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session() as session:
        day = session.summary(run).created_at.astimezone()
    for text in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", run, "November"):
        _, document = asked(capsys, "runs", "--search", text)
        assert [found["run"] for found in document["runs"]] == [run]


def test_an_answer_can_be_read(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "runs", "--search", "=10236", "--lang", "nb")
    assert code == 0
    assert run in out
    assert "Avvist" in out
    assert "no address" in out
    code, out, _ = told(capsys, "runs", "--search", "99999")
    assert (code, "99999" in out) == (0, True)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_search_is_usage(capsys: pytest.CaptureFixture[str], text: str) -> None:
    code, _, err = told(capsys, "runs", "--search", text)
    assert code == 2
    assert "10234" in err


@pytest.mark.parametrize(
    ("language", "delimiter", "amount"),
    [("en", ",", "1250.50"), ("nb", ";", "1250,50"), ("fi", ";", "1250,50")],
)
def test_the_export_holds_a_line_a_row_and_proves_that_it_is_whole(
    run: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, delimiter: str, amount: str
) -> None:
    out = tmp_path / "ledger.csv"
    code, document = asked(capsys, "runs", "--export", str(out), "--lang", language)
    assert (code, document) == (0, {"file": str(out), "rows": 3})
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=delimiter))
    headings, *rows, end = lines
    assert len(rows) == 3
    assert {len(line) for line in (headings, *rows)} == {19}
    assert (rows[0][0], rows[0][7], rows[0][10]) == (run, "10234", amount)
    assert (rows[2][7], rows[2][13]) == ("'=10236", "'=1+1 is no address")
    with open_session() as session:
        assert end[:3] == ["#end", "3", session.memory.ledger.chain_head()]


def test_an_export_that_cannot_be_written_says_so(
    run: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = told(capsys, "runs", "--export", str(tmp_path / "nowhere" / "x.csv"))
    assert code == 2
    assert "nowhere" in err
    code, _, err = told(capsys, "runs", "--export", str(tmp_path))
    assert code == 2


def test_forgetting_says_what_goes_and_what_stays(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = told(capsys, "forget", run)
    assert code == 2  # there is no terminal to ask at
    assert "3 invoices" in err
    assert "sent twice" in err
    code, document = asked(capsys, "forget", run[:4], "--yes")
    assert (code, document["run"], document["invoices"], document["given_up"]) == (0, run, 3, 0)
    code, out, _ = told(capsys, "forget", run, "--yes")
    assert (code, "was forgotten" in out) == (0, True)


def test_after_forgetting_everything_but_the_persons_is_there(
    run: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "forget", run, "--yes")
    _, document = asked(capsys, "runs")
    (summary,) = document["runs"]
    assert summary["forgotten_at"]
    assert summary["counts"]["accepted"] == 2
    (row,) = asked(capsys, "runs", "--search", "10234")[1]["rows"]
    assert (row["state"], row["case_id"], row["forgotten"]) == ("accepted", "c-1", True)
    assert asked(capsys, "runs", "--search", "C-10234")[1]["rows"] == []
    code, _, _ = told(capsys, "results", run, "--results", str(tmp_path / "out.xlsx"))
    assert code == 1  # one was rejected, as before
    assert (tmp_path / "out.xlsx").is_file()
    assert told(capsys, "resume", run, "--yes")[0] == 1
    with open_session() as session:
        ledger = session.memory.ledger
        again = made(ledger, "10234")
        ledger.cut(again, [NewPart(tuple(row.row for row in ledger.loose(again)))])
        ahead = ledger.facts(again, 200).ahead
        assert ahead is not None
        assert ledger.intend(ahead.part)[0] is None  # nothing is sent twice


def test_an_unfinished_run_is_not_forgotten_by_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    with open_session() as session:
        waits, open_ = made(session.memory.ledger, "a", "b"), made(session.memory.ledger, "c")
        sent(session.memory.ledger, open_)
    code, _, err = told(capsys, "forget", waits, "--yes")
    assert code == 2
    assert "2 invoices" in err
    assert "--give-up-waiting" in err
    code, _, err = told(capsys, "forget", open_, "--yes", "--give-up-waiting")
    assert code == 5
    assert "not known" in err
    code, document = asked(capsys, "forget", waits, "--yes", "--give-up-waiting")
    assert (code, document["given_up"]) == (0, 2)


@pytest.mark.parametrize("command", [("forget", "--yes"), ("results",), ("resume", "--yes")])
def test_a_run_that_is_not_there_is_said_so(
    capsys: pytest.CaptureFixture[str], command: Sequence[str]
) -> None:
    name, *more = command
    code, _, err = told(capsys, name, "nono-00", *more)
    assert code == 2
    assert "nono-00" in err


def test_what_is_old_is_forgotten_at_the_start_and_told(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(folders.find().ledger_file) as db:
        db.execute("UPDATE run SET created_at = '2026-01-01T00:00:00.000+00:00'")
    code, _, err = told(capsys, "runs")
    assert code == 0
    assert "30 days" in err
    assert "30 days" not in told(capsys, "runs")[2]
