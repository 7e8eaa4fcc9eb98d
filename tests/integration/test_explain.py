"""The checks can be read: what each one means, an example, where the rule comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from rowpost.checks import RULES
from tests.support.program import run

pytestmark = pytest.mark.usefixtures("home")


def test_all_rules_are_told_with_everything_there_is_to_say() -> None:
    ended = run("explain", "--json", "--lang", "nb")
    rules = ended.document["rules"]
    assert (ended.code, [rule["code"] for rule in rules]) == (0, list(RULES))
    for rule in rules:
        assert all(rule[name] for name in ("severity", "title", "explanation", "example", "source"))


def test_one_rule_is_told_in_full_and_an_unknown_one_refused() -> None:
    one = run("explain", "date.too_early")
    assert one.code == 0
    assert "production/date.too_early" in one.out
    unknown = run("explain", "date.too_late", "--json")
    assert (unknown.code, unknown.document["error"]["code"]) == (2, "checks.no_such_rule")


def test_a_severity_for_a_check_that_is_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Fakturanr;Navn\n1;A AS\n", encoding="utf-8")
    ended = run("check", str(file), "--option", 'checks.severities={"date.too_late"="off"}', "--json")
    assert (ended.code, ended.document["error"]["code"]) == (2, "checks.no_such_rule")


def test_nothing_was_rejected_yet() -> None:
    assert run("explain", "--rejections", "--json").document == {"rejections": []}
