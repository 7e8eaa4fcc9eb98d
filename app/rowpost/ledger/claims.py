"""What was claimed before, for the check that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rowpost.ledger.store import Readable
from rowpost.model.attempts import ClaimLine, KnownClaim
from rowpost.model.targets import Environment

ClaimLookup = Callable[[str], KnownClaim | None]
_AT_ONCE = 500  # claims: below a millisecond


_KNOWN = """
SELECT claim.source_id, run.name, claimed_at, stage, invoice_number, sheet_rows, file_name, amount
FROM claim JOIN row ON row.id = claim.row JOIN run ON run.id = row.run
WHERE claim.environment = ? AND claim.organization_id = ? AND stage <> 'rejected'"""


def known(store: Readable, environment: Environment, organization_id: str) -> ClaimLookup:
    """A look-up by source id. A rejected row's claim is free again and counts as none."""

    def lookup(source_id: str) -> KnownClaim | None:
        with store.one_moment():
            found = store.db.execute(
                f"{_KNOWN} AND claim.source_id = ?", (environment, organization_id, source_id)
            ).fetchone()
        return None if found is None else KnownClaim.of(found)

    return lookup


def known_all(store: Readable, environment: Environment, organization_id: str) -> Iterator[list[ClaimLine]]:
    """All claims of an organisation, some hundred at a time, for a check in another process."""
    with store.one_moment():
        found = store.db.execute(_KNOWN, (environment, organization_id))
        whole = [] if store.alone else found.fetchall()  # nobody is to wait for whoever takes them from here
    for start in range(0, len(whole), _AT_ONCE):
        yield whole[start : start + _AT_ONCE]
    while lines := found.fetchmany(_AT_ONCE):
        yield lines
