"""One draft, judged: all that the books need to know of it, in a form that may come from another process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from rowpost.checks.duplicates import Identity, identity_of
from rowpost.intake.judge import ENCODE, NUMBER, SOURCE_ID, Judge
from rowpost.intake.marks import debtor_number, due_number
from rowpost.mapping import Plan, normalized_number
from rowpost.model.books import RowState
from rowpost.model.drafts import Draft, Flaw, Origins, PlacedFlaw
from rowpost.model.invoices import StayingRow

_ZERO = Decimal(0)


class Entry(msgspec.Struct, array_like=True, gc=False):
    """An invoice to be.

    `left_out` and `code` say why its rows stay, '' where they do not; `payload` is what would be
    sent, b'' where nothing is, with its marks `due` and `debtor`. `identity` is what it shares with no other.
    """

    rows: tuple[int, ...]
    left_out: str
    code: str
    number: str
    source_id: str
    currency: str
    amount: Decimal
    identity: Identity | None = None
    payload: bytes = b""
    due: int = 0
    debtor: int = 0


@dataclass(slots=True)
class Chunk:
    """Some consecutive drafts. `flaws` are by place among the entries, as are `origins` (of groups only).

    `everywhere` are flaws met so far that hold for every row alike.
    """

    entries: Sequence[Entry]
    flaws: Mapping[int, Sequence[PlacedFlaw]] = field(default_factory=dict)
    origins: Mapping[int, Origins] = field(default_factory=dict)
    everywhere: Sequence[Flaw] = ()


def judged(drafts: Iterable[Draft], plan: Plan, judge: Judge) -> Chunk:
    """Judge some drafts."""
    entries: list[Entry] = []
    flaws: dict[int, Sequence[PlacedFlaw]] = {}
    origins: dict[int, Origins] = {}
    for place, draft in enumerate(drafts):
        judge.leave_out(draft)
        if draft.left_out:
            entries.append(_entry(draft, ""))
            continue
        verdict = judge.verdict(draft)
        entries.append(_entry(draft, verdict.code))
        if verdict.flaws:
            flaws[place] = verdict.flaws
        if draft.origins is not plan:
            origins[place] = draft.origins
    return Chunk(entries, flaws, origins, tuple(judge.everywhere.values()))


def _entry(draft: Draft, code: str) -> Entry:
    payload = draft.payload
    number = payload.get(NUMBER, "")
    currency, amount = worth(payload)
    entry = Entry(draft.rows, draft.left_out, code, number, payload.get(SOURCE_ID, ""), currency, amount)
    if not draft.left_out:
        entry.identity = identity_of(payload, normalized_number(number) if number else "")
        if not code:
            entry.payload = ENCODE(payload)
            entry.due = due_number(payload["dueDate"])
            entry.debtor = debtor_number(_name(payload["debtors"][0]))
    return entry


def _name(debtor: Mapping[str, Any]) -> str:
    """The name as `stores.ready_invoice` has it."""
    return debtor.get("name") or f"{debtor.get('firstname', '')} {debtor.get('lastname', '')}"


def stays(draft: Draft, state: RowState, code: str) -> StayingRow:
    """Turn a draft into rows that stay."""
    get = draft.payload.get
    return StayingRow(draft.rows, state, code, get(NUMBER, ""), get(SOURCE_ID, ""), *worth(draft.payload))


def worth(payload: Mapping[str, Any]) -> tuple[str, Decimal]:
    """Return currency and sum of the claims; ('', 0) where the row does not say both."""
    claims, currency = payload.get("claims"), payload.get("currency")
    if not claims or not currency:
        return "", _ZERO
    if len(claims) == 1:
        amount = claims[0].get("remainingAmount")
        return (currency, amount) if amount is not None else ("", _ZERO)
    total = _ZERO
    for claim in claims:
        total += claim.get("remainingAmount", _ZERO)
    return currency, total
