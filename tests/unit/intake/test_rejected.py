"""What was rejected and comes again unchanged is told before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from rowpost.checks import RejectedBefore
from rowpost.intake import Rechecker
from rowpost.intake.examiner import Examiner
from rowpost.model.problems import Severity
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, RULES, assessed, mapped, row_with, sheet_of


def test_a_row_that_was_rejected_is_told_until_it_is_changed() -> None:
    (invoice,) = assessed(GOOD).ready
    before = RejectedBefore(
        sha256(invoice.payload).digest(), "The debtor is not known.", 12, date(2026, 11, 2)
    )
    rules = replace(RULES, rejected={invoice.source_id: before})
    again = assessed(GOOD, rules=rules)
    (problem,) = again.problems
    assert (problem.code, problem.severity, problem.where[0].a1) == (
        "rejected.before",
        Severity.WARNING,
        "A2",
    )
    assert (problem.values["count"], problem.values["date"]) == (12, date(2026, 11, 2))
    assert len(again.ready) == 1
    assert not assessed(row_with(Beskrivelse="Nettleie"), rules=rules).problems
    table, layout = sheet_of(GOOD)
    checker = Rechecker(Examiner(table, layout, mapped(table, layout), invoice_catalog(), rules))
    assert [one.code for one in checker.recheck({}, [2])[0].problems] == ["rejected.before"]
    assert checker.recheck({(2, 16): "Nettleie"}, [2])[0].problems == ()
