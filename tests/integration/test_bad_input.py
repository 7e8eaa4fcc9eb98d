"""Bad input: one sentence with a cure, the right exit code, nothing lost, no traceback."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.program import SAMPLE, Ended, run, sandbox


def assert_one_sentence(ended: Ended, code: int) -> None:
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err + ended.out
    said = ended.err.strip().splitlines()[-1]
    assert ". " in said or said.endswith("."), said
    assert len(said) < 400


def workbook(folder: Path, *rows: list[object]) -> Path:
    path = folder / "book.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_no_file(command: str) -> None:
    assert_one_sentence(run(command, "nowhere.xlsx"), 3)


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_a_folder(command: str, tmp_path: Path) -> None:
    assert_one_sentence(run(command, str(tmp_path)), 3)


def test_a_pdf_that_poses_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "invoices.xlsx"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert_one_sentence(run("check", str(path)), 3)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "invoices.xlsx"
    path.touch()
    assert_one_sentence(run("check", str(path)), 3)


def test_an_empty_sheet(tmp_path: Path) -> None:
    assert run("check", str(workbook(tmp_path))).code == 3


def test_a_sheet_without_known_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Ting", "Tang"], ["a", "b"], ["c", "d"])
    ended = run("check", str(path))
    assert ended.code == 3
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("text", ["", "not json", "[]", "{}", '{"version": 99}'])
def test_a_wrong_mapping_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(text)
    assert_one_sentence(run("check", str(SAMPLE), "--mapping", str(path)), 3)


def test_a_mapping_that_is_not_there() -> None:
    assert_one_sentence(run("check", str(SAMPLE), "--mapping", "last month"), 3)


@pytest.mark.parametrize("constant", ["currency", "currencie=NOK", "=NOK"])
def test_a_constant_that_cannot_be_understood(constant: str) -> None:
    assert_one_sentence(run("check", str(SAMPLE), "--set", constant), 2)


@pytest.mark.parametrize(
    "option", ["x", "sending.part_size=many", "sending.part_sizes=5", "sending.part_size=0"]
)
def test_an_option_that_cannot_be_understood(option: str) -> None:
    assert_one_sentence(run("check", str(SAMPLE), "--option", option), 2)


def test_a_sheet_that_is_not_there() -> None:
    assert_one_sentence(run("check", str(SAMPLE), "--sheet", "Ark99"), 3)


def test_an_unknown_target() -> None:
    assert_one_sentence(run("send", str(SAMPLE), "--yes", "--target", "stagin"), 2)


def test_a_target_without_credentials() -> None:
    assert_one_sentence(run("send", str(SAMPLE), "--yes", "--target", "staging"), 2)


def test_plain_http_to_another_machine() -> None:
    far = ("--api-url", "http://api.example.no", "--token-url", "http://api.example.no/token")
    who = ("--org", "11111111-2222-4333-8444-555555555555", "--client-id", "c")
    assert_one_sentence(run("send", str(SAMPLE), "--yes", *far, *who), 2)


def test_an_unwritable_home(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file stands where the folder should be")
    assert_one_sentence(run("check", str(SAMPLE), env={"ROWPOST_HOME": str(blocked)}), 2)


def test_an_unwritable_result(tmp_path: Path) -> None:
    ended = run("template", str(tmp_path / "missing" / "out.xlsx"))
    assert_one_sentence(ended, 2)


def test_a_run_that_is_not_there() -> None:
    assert_one_sentence(run("results", "nope-00"), 2)


def test_two_copies_on_one_ledger(home: Path) -> None:
    from rowpost.host import folders
    from rowpost.host.locks import InstanceLock

    with InstanceLock(folders.find().ledger_file), sandbox() as place:
        ended = run("send", str(SAMPLE), "--yes", *place.arguments, env=place.env)
        assert_one_sentence(ended, 2)
        assert not place.books()["invoices"]


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check"], ["release", "x", "--reason", "y"]])
def test_usage(arguments: list[str]) -> None:
    if arguments:
        assert run(*arguments).code == 2


def test_with_json_the_trouble_is_the_one_document() -> None:
    ended = run("check", "nowhere.xlsx", "--json")
    assert ended.code == 3
    assert ended.document["error"]["message"]
    assert ended.document["error"]["cure"]
