"""What the ledger remembers of an organisation's claims, in the form that the checks ask for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rowpost.checks import RejectedBefore, SentBefore
from rowpost.mapping import normalized_number
from rowpost.model.attempts import KnownClaim

if TYPE_CHECKING:
    from rowpost.model.again import Again
    from rowpost.model.attempts import ClaimLine, RejectedClaim
    from rowpost.wording import Wording


class Known:
    """Claims by source id and by normalised invoice number, packed: only who asks takes them apart.

    `free` are keys of `run` that another run is to send: they are not held against it. Packed claims
    travel to another process as they are (PEP 574).
    """

    def __init__(
        self, packed: Sequence[bytes], count: int, run: str = "", free: frozenset[str] = frozenset()
    ) -> None:
        self._packed, self._count = packed, count
        self._run, self._free = run, free

    @classmethod
    def of(cls, claims: Iterable[list[ClaimLine]], again: Again | None = None) -> Known:
        """Pack what the ledger tells, but for what a run has released, and another one is to send."""
        packed, count = [], 0
        for lines in claims:
            packed.append(pickle.dumps(lines, pickle.HIGHEST_PROTOCOL))
            count += len(lines)
        return cls(packed, count, again.run, again.released) if again else cls(packed, count)

    def __reduce__(self) -> tuple[object, ...]:
        return Known, ([pickle.PickleBuffer(one) for one in self._packed], self._count, self._run, self._free)

    def __len__(self) -> int:
        """How many claims there are."""
        return self._count

    @cached_property
    def _lines(self) -> tuple[dict[str, ClaimLine], dict[str, ClaimLine]]:
        """The claims by source id, and by normalised number."""
        by_source_id: dict[str, ClaimLine] = {}
        by_number: dict[str, ClaimLine] = {}
        for packed in self._packed:
            for line in pickle.loads(packed):  # noqa: S301 - packed above
                source_id, run, _, _, number, *_ = line
                if source_id not in self._free or run != self._run:
                    by_source_id[source_id] = by_number[normalized_number(number)] = line
        return by_source_id, by_number

    def by_source_id(self, source_id: str) -> SentBefore | None:
        """The claim sent under this key."""
        return _before(self._lines[0].get(source_id))

    def by_number(self, normalized_number: str) -> SentBefore | None:
        """A claim whose invoice number is the same but for case, zeros and blanks."""
        return _before(self._lines[1].get(normalized_number))


def rejected(claims: Mapping[str, RejectedClaim], wording: Wording) -> dict[str, RejectedBefore]:
    """The invoices that were rejected, each with the reason as a person reads it."""
    return {source_id: _rejected(claim, wording) for source_id, claim in claims.items()}


def _rejected(claim: RejectedClaim, wording: Wording) -> RejectedBefore:
    seen = claim.rejection
    reason = seen.text or wording.say(seen.code)
    return RejectedBefore(claim.sha256, reason, seen.count, seen.last.astimezone().date())


def _before(line: ClaimLine | None) -> SentBefore | None:
    if line is None:
        return None
    claim = KnownClaim.of(line)
    day = claim.claimed_at.astimezone().date()
    return SentBefore(claim.run, day, str(claim.state), claim.row, claim.file_name, claim.amount)
