"""Files that cannot be written: found before anything is sent, and told as one document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import SAMPLE, run, sandbox

FAST = ("--option", "sending.poll_first_seconds=0.05")


@pytest.mark.parametrize(
    ("option", "name", "code"),
    [
        ("--results", "gone/out.xlsx", "reports.no_folder"),
        ("--results", "out.txt", "reports.wrong_ending"),
        ("--receipt", "gone/out.pdf", "reports.no_folder"),
        ("--receipt", "out.xlsx", "reports.receipt.not_pdf"),
    ],
)
def test_a_bad_place_is_told_before_anything_is_sent(
    option: str, name: str, code: str, tmp_path: Path, home: Path
) -> None:
    with sandbox() as place:
        arguments = (*place.arguments, "--yes", "--json", option, str(tmp_path / name), *FAST)
        ended = run("send", str(SAMPLE), *arguments, env=place.env)
        runs = run("runs", "--json").document["runs"]
    assert (ended.code, ended.document["error"]["code"], runs) == (2, code, [])
    assert not list(tmp_path.glob("**/*.new"))


def test_what_stands_at_the_place_is_kept_while_it_is_tried(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"mine")
    with sandbox() as place:
        bad = str(tmp_path / "gone" / "out.xlsx")
        run("send", str(SAMPLE), *place.arguments, "--yes", "--receipt", str(out), "--results", bad)
    assert out.read_bytes() == b"mine"
    assert {entry.name for entry in tmp_path.iterdir() if entry.is_file()} == {"out.pdf"}


def test_a_run_is_told_though_its_file_cannot_be_written(tmp_path: Path, home: Path) -> None:
    with sandbox() as place:
        sent = run("send", str(SAMPLE), *place.arguments, "--yes", "--json", *FAST, env=place.env)
    name = str(sent.document["run"])
    out = str(tmp_path / "gone" / "out.xlsx")
    ended = run("results", name, "--json", "--results", out)
    (refused,) = ended.document["not_written"]
    assert (ended.code, refused["file"], refused["code"]) == (2, out, "reports.no_folder")
    assert ended.document["counts"] == sent.document["counts"]


@pytest.mark.parametrize(
    "arguments", [("check", "--payload"), ("check", "--problems"), ("inspect", "--cells")]
)
def test_reading_commands_print_one_document(arguments: tuple[str, str], tmp_path: Path, home: Path) -> None:
    name, option = arguments
    ended = run(name, str(SAMPLE), "--json", option, str(tmp_path / "gone" / "out.xlsx"))
    assert (ended.code, ended.document["error"]["code"]) == (2, "reports.no_folder")


def test_without_a_screen_the_window_says_so(home: Path) -> None:
    ended = run(env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})
    assert (ended.code, ended.out) == (2, "")
    assert "rowpost --help" in ended.err
    assert "qt." not in ended.err


def test_a_sheet_without_invoices_is_not_called_in_order(tmp_path: Path, home: Path) -> None:
    empty = str(tmp_path / "empty.xlsx")
    run("template", empty)
    ended = run("check", empty)
    assert ended.code == 0
    assert "no rows with invoices" in ended.out
    assert "Nothing to fix" not in ended.out


def test_a_refused_sign_in_is_told_once_with_its_cure(home: Path) -> None:
    with sandbox() as place:
        wrong = {**place.env, "ROWPOST_CLIENT_SECRET": "wrong"}
        ended = run("send", str(SAMPLE), *place.arguments, "--yes", env=wrong)
    assert ended.code == 4
    assert ended.err.count("did not accept the sign-in") == 1
    assert "Check the client id and the secret" in ended.err
