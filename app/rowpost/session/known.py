"""What the ledger remembers of an organisation's claims, in the form that the checks ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rowpost.checks import RejectedBefore, SentBefore
from rowpost.mapping import normalized_number

if TYPE_CHECKING:
    from rowpost.model.again import Again
    from rowpost.model.attempts import KnownClaim, RejectedClaim
    from rowpost.wording import Wording


class Known:
    """Claims by source id and by normalised invoice number; plain values, so a child can have them."""

    def __init__(self, claims: Mapping[str, KnownClaim]) -> None:
        self._by_source_id = {source_id: _before(claim) for source_id, claim in claims.items()}
        self._by_number = {
            normalized_number(claim.invoice_number): self._by_source_id[source_id]
            for source_id, claim in claims.items()
        }

    def __len__(self) -> int:
        """How many claims there are."""
        return len(self._by_source_id)

    def by_source_id(self, source_id: str) -> SentBefore | None:
        """The claim sent under this key."""
        return self._by_source_id.get(source_id)

    def by_number(self, normalized_number: str) -> SentBefore | None:
        """A claim whose invoice number is the same but for case, zeros and blanks."""
        return self._by_number.get(normalized_number)


def without(claims: Mapping[str, KnownClaim], again: Again | None) -> Mapping[str, KnownClaim]:
    """The claims but for those that a run has released, and another one is to send."""
    if again is None or not again.released:
        return claims
    free = again.released
    return {key: claim for key, claim in claims.items() if claim.run != again.run or key not in free}


def rejected(claims: Mapping[str, RejectedClaim], wording: Wording) -> dict[str, RejectedBefore]:
    """The invoices that were rejected, each with the reason as a person reads it."""
    return {source_id: _rejected(claim, wording) for source_id, claim in claims.items()}


def _rejected(claim: RejectedClaim, wording: Wording) -> RejectedBefore:
    seen = claim.rejection
    reason = seen.text or wording.say(seen.code)
    return RejectedBefore(claim.sha256, reason, seen.count, seen.last.astimezone().date())


def _before(claim: KnownClaim) -> SentBefore:
    day = claim.claimed_at.astimezone().date()
    return SentBefore(claim.run, day, str(claim.state), claim.row, claim.file_name, claim.amount)
