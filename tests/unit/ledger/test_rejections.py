"""Rejections are counted by cause, and known by source id until they are accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rowpost.ledger import Ledger
from rowpost.model.attempts import RowVerdict, Stage
from rowpost.model.targets import Environment
from tests.safety.world import open_ledger
from tests.unit.ledger.test_guards import TARGET, received

WHO = (TARGET.environment, TARGET.organization_id)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def judged(ledger: Ledger, *reasons: str) -> None:
    """Send one invoice a reason; the empty reason is a yes."""
    _, attempt = received(ledger, *(str(number) for number in range(len(reasons))))
    ledger.judge(
        attempt,
        [
            RowVerdict(row.row, Stage.REJECTED, "row.rejected", reason)
            if reason
            else RowVerdict(row.row, Stage.ACCEPTED, "row.accepted")
            for row, reason in zip(ledger.attempt(attempt).rows, reasons, strict=True)
        ],
    )


def test_causes_are_counted_without_the_values_in_them(ledger: Ledger) -> None:
    judged(ledger, "Debtor 17 is not known", "Debtor 18 is not known", "Closed", "")
    found = ledger.rejections(*WHO)
    assert [(one.code, one.count) for one in found] == [("row.rejected", 2), ("row.rejected", 1)]
    assert found[0].text.startswith("Debtor 1")
    assert found[1].text == "Closed"
    assert ledger.rejections(Environment.PRODUCTION, TARGET.organization_id) == ()


def test_a_rejected_invoice_is_known_until_it_is_accepted(ledger: Ledger) -> None:
    judged(ledger, "Closed", "")
    ((source_id, claim),) = ledger.rejected_claims(*WHO).items()
    assert claim.rejection.count == 1
    run = ledger.runs()[0].run
    (row,) = [row for row in ledger.result(run).rows if row.reason_raw]
    assert row.source_id == source_id
    assert len(claim.sha256) == hashlib.sha256().digest_size
    judged(ledger, "")
    assert source_id not in ledger.rejected_claims(*WHO)
