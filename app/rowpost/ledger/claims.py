"""What was claimed before, for the check that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rowpost.ledger.store import Store
from rowpost.model.attempts import STATE_OF, KnownClaim, Stage
from rowpost.model.targets import Environment

ClaimLookup = Callable[[str], KnownClaim | None]


def known(store: Store, environment: Environment, organization_id: str) -> ClaimLookup:
    """A look-up by source id. A rejected row's claim is free again and counts as none."""

    def lookup(source_id: str) -> KnownClaim | None:
        found = store.db.execute(
            """SELECT run.name, claimed_at, stage, invoice_number
            FROM claim JOIN row ON row.id = claim.row JOIN run ON run.id = row.run
            WHERE claim.environment = ? AND claim.organization_id = ? AND claim.source_id = ?
              AND stage <> 'rejected'""",
            (environment, organization_id, source_id),
        ).fetchone()
        if found is None:
            return None
        name, at, stage, number = found
        return KnownClaim(name, datetime.fromisoformat(at), STATE_OF[Stage(stage)], number)

    return lookup


def known_all(store: Store, environment: Environment, organization_id: str) -> dict[str, KnownClaim]:
    """All claims of an organisation by source id, for a check in another process."""
    found = store.db.execute(
        """SELECT claim.source_id, run.name, claimed_at, stage, invoice_number
        FROM claim JOIN row ON row.id = claim.row JOIN run ON run.id = row.run
        WHERE claim.environment = ? AND claim.organization_id = ? AND stage <> 'rejected'""",
        (environment, organization_id),
    )
    return {
        source: KnownClaim(name, datetime.fromisoformat(at), STATE_OF[Stage(stage)], number)
        for source, name, at, stage, number in found
    }
