"""What was claimed before, for the check that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from rowpost.ledger.store import Store
from rowpost.model.attempts import STATE_OF, KnownClaim, Stage
from rowpost.model.targets import Environment

ClaimLookup = Callable[[str], KnownClaim | None]


_KNOWN = """
SELECT claim.source_id, run.name, claimed_at, stage, invoice_number, sheet_rows, file_name, amount
FROM claim JOIN row ON row.id = claim.row JOIN run ON run.id = row.run
WHERE claim.environment = ? AND claim.organization_id = ? AND stage <> 'rejected'"""


def known(store: Store, environment: Environment, organization_id: str) -> ClaimLookup:
    """A look-up by source id. A rejected row's claim is free again and counts as none."""

    def lookup(source_id: str) -> KnownClaim | None:
        found = store.db.execute(
            f"{_KNOWN} AND claim.source_id = ?", (environment, organization_id, source_id)
        ).fetchone()
        return None if found is None else _claim(*found[1:])

    return lookup


def known_all(store: Store, environment: Environment, organization_id: str) -> dict[str, KnownClaim]:
    """All claims of an organisation by source id, for a check in another process."""
    found = store.db.execute(_KNOWN, (environment, organization_id))
    return {source: _claim(*claim) for source, *claim in found}


def _claim(run: str, at: str, stage: str, number: str, rows: str, file: str, amount: str) -> KnownClaim:
    first = int(rows.partition(",")[0])
    state = STATE_OF[Stage(stage)]
    return KnownClaim(run, datetime.fromisoformat(at), state, number, first, file, Decimal(amount))
