"""The JSON documents hold the keys and the forms that scripts rely on."""

from datetime import UTC, datetime
from decimal import Decimal

from rowpost.cli import documents
from rowpost.model.books import BookLine, RowState, amounts_of, balance
from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity
from rowpost.model.results import RowResult, RunResult, RunStatus, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.wording import Wording
from tests.support.tables import number, table_of

WORDING = Wording("en")


def a_run() -> RunResult:
    rows = [
        RowResult((4,), "1001", "s1", RowState.ACCEPTED, "NOK", Decimal("10.5"), batch_id="b", case_id="7"),
        RowResult((5, 6), "1002", "s2", RowState.REJECTED, "NOK", Decimal(20), reason_raw="no such debtor"),
        RowResult((7,), "", "", RowState.NOT_FIT),
    ]
    lines = [BookLine(row.state, len(row.rows), row.currency, row.amount) for row in rows]
    target = Target("practice", Environment.PRACTICE, "", "", "", "")
    summary = RunSummary(
        run="bado-47",
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        file_name="f.xlsx",
        file_path="f.xlsx",
        file_sha256="",
        sheet="Ark1",
        header_row=3,
        target=target,
        status=RunStatus.DONE,
        books=balance(4, amounts_of(lines), lines),
    )
    return RunResult(summary, rows)


def test_a_run_has_the_keys_of_the_contract() -> None:
    document = documents.run(a_run(), WORDING)
    assert list(document) == ["run", "target", "status", "counts", "totals", "rows"]
    assert document["counts"] == {
        "rows": 4,
        "left_out": 0,
        "not_fit": 1,
        "ready": 3,
        "waiting": 0,
        "accepted": 1,
        "rejected": 2,
        "not_known": 0,
    }
    assert document["totals"] == {
        "NOK": {
            "rows": "30.50",
            "left_out": "0.00",
            "not_fit": "0.00",
            "ready": "30.50",
            "waiting": "0.00",
            "accepted": "10.50",
            "rejected": "20.00",
            "not_known": "0.00",
        }
    }


def test_a_row_has_the_keys_of_the_contract() -> None:
    first, second, third = documents.run(a_run(), WORDING)["rows"]  # type: ignore[misc]
    keys = "row rows invoice_number source_id state batch_id invoice_id case_id code reason reason_raw"
    assert " ".join(first) == keys
    assert (second["row"], second["rows"], second["reason_raw"]) == (5, [5, 6], "no such debtor")
    assert (third["state"], third["invoice_number"]) == ("not_fit", "")


def test_a_problem_names_its_cell_as_excel_does() -> None:
    found = Problem(
        "x.y",
        Severity.ERROR,
        (CellRef("Fakturaer", 14, 28),),
        "debtors[0].addresses[0].zipCode",
        {"value": "15O"},
    )
    assert documents.problem(found, WORDING) == {
        "code": "x.y",
        "severity": "error",
        "sheet": "Fakturaer",
        "row": 14,
        "column": "AB",
        "cell": "AB14",
        "field": "debtors[0].addresses[0].zipCode",
        "value": "15O",
        "message": "x.y",
    }


def test_a_problem_of_the_whole_file_has_no_cell() -> None:
    document = documents.problem(Problem("x.y", Severity.WARNING), WORDING)
    assert (document["row"], document["column"], document["cell"]) == (None, "", "")


def test_amounts_keep_every_digit() -> None:
    assert [documents.amount(Decimal(text)) for text in ("1", "1.5", "0.005", "1E+3", "-2.10")] == [
        "1.00", "1.50", "0.005", "1000.00", "-2.10",
    ]  # fmt: skip


def test_problems_with_the_same_flaw_have_the_same_sentence_and_their_own_place() -> None:
    values = {"field": "currency", "value": "KRX", "options": "NOK"}
    same = [
        Problem("enum.not_one_of", Severity.ERROR, (CellRef("Ark1", row, 2),), "currency", values)
        for row in (4, 5)
    ]
    other = Problem("enum.not_one_of", Severity.ERROR, (), "currency", {**values, "value": "KRY"})
    told = list(documents.problems([*same, other], table_of([[]]), WORDING))
    assert told == [documents.problem(one, WORDING) for one in (*same, other)]
    assert [one["row"] for one in told] == [4, 5, None]


def test_a_cell_is_quoted_in_the_form_of_the_language() -> None:
    table = table_of([(number("3657.25", "#,##0.00"),)], sheet="Ark1")
    values = {"field": "dueDate", "value": "3,657.25"}
    one = Problem("date.not_a_date", Severity.ERROR, (CellRef("Ark1", 1, 1),), "dueDate", values)
    told = {
        language: str(next(documents.problems([one], table, Wording(language)))["message"])
        for language in ("en", "nb")
    }
    assert "3,657.25" in told["en"]
    assert "3\N{NO-BREAK SPACE}657,25" in told["nb"]


def test_a_debtor_whom_nothing_tells_has_a_cure_for_all_rows() -> None:
    values = {"field": "debtorType"}
    untold = Problem("value.missing", Severity.ERROR, (CellRef("Ark1", 4, 0),), values=values)
    assert "debtorType.otherwise=PRIVATE" in documents.cure(untold, WORDING)
    no_name = Problem("value.missing", Severity.ERROR, (CellRef("Ark1", 4, 2),), values={"field": "dueDate"})
    assert documents.cure(no_name, WORDING) == ""
