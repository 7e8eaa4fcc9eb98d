"""What a target has rejected, and why: counted by cause, so that it need not be learnt twice."""

from __future__ import annotations

import hashlib
from datetime import datetime

from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Readable
from rowpost.model.attempts import RejectedClaim, Rejection
from rowpost.model.targets import Environment

Cause = tuple[str, bytes | None]


def rejections(store: Readable, environment: Environment, organization_id: str) -> tuple[Rejection, ...]:
    """All causes of rejection of an organisation, the most frequent first.

    Texts that are equal but for the values in them are one cause.
    """
    found = _by_cause(store, environment, organization_id)
    return tuple(sorted(found.values(), key=lambda one: -one.count))


def rejected_claims(
    store: Readable, environment: Environment, organization_id: str
) -> dict[str, RejectedClaim]:
    """The invoices that were rejected when they were last sent, by source id.

    Those whose personal data was erased are not among them: nobody can say whether they are unchanged.
    """
    causes = _by_cause(store, environment, organization_id)
    found = store.db.execute(
        """SELECT claim.source_id, row.source_id, code, alike, sealed
        FROM claim JOIN row ON row.id = claim.row JOIN payload ON payload.row = row.id
        WHERE claim.environment = ? AND claim.organization_id = ? AND stage = 'rejected'""",
        (environment, organization_id),
    ).fetchall()
    claims = {}
    for source, own, code, alike, sealed in found:
        payload = store.sealer.open(sealed, payload_purpose(own))
        claims[source] = RejectedClaim(hashlib.sha256(payload).digest(), causes[code, alike])
    return claims


def _by_cause(store: Readable, environment: Environment, organization_id: str) -> dict[Cause, Rejection]:
    """SQLite takes `reason` from the line that has the largest `decided_at`."""
    found = store.db.execute(
        """SELECT code, alike, reason, count(*), max(decided_at)
        FROM row JOIN run ON run.id = row.run
        WHERE environment = ? AND organization_id = ? AND stage = 'rejected' GROUP BY code, alike""",
        (environment, organization_id),
    )
    opened = store.sealer.open_text
    return {
        (code, alike): Rejection(code, opened(reason, "reason"), count, datetime.fromisoformat(last))
        for code, alike, reason, count, last in found
    }
