"""Adopting settles exactly what is proved, whatever the batch says and the agency holds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rowpost.ledger import Ledger
from rowpost.model.answers import Batch, BatchState, Cause, InvoiceFacts, LookAnswer, Word
from rowpost.model.books import RowState
from rowpost.model.trouble import Remedy
from rowpost.sending import Fate, adopt
from tests.safety.world import Switch, make_run, open_ledger, ready, target_at

NUMBERS = "abcd"
TARGET = target_at("http://127.0.0.1:1")


@dataclass(frozen=True)
class Held:
    """What the agency answers of one row: how many invoices, equal or not, or nothing at all."""

    invoice_ids: tuple[str, ...] = ()
    equal: bool = True
    silent: bool = False


@dataclass
class Shelf:
    """The look-ups of an agency."""

    held: Mapping[str, Held]

    def invoices_by_source_id(self, source_id: str) -> LookAnswer:
        number = source_id.removeprefix("source-")
        kept = self.held[number]
        if kept.silent:
            return LookAnswer(cause=Cause("network.refused", Remedy.TRY_LATER))
        sent = json.loads(ready([number])[0].payload, parse_float=Decimal)
        amount = sent["originalInvoiceAmount"] if kept.equal else Decimal(1)
        return LookAnswer(
            tuple(InvoiceFacts(one, number, source_id, original_amount=amount) for one in kept.invoice_ids)
        )


ids = st.sampled_from(["i1", "i2"])
held = st.builds(Held, st.lists(ids, max_size=2, unique=True).map(tuple), st.booleans(), st.booleans())
words = st.builds(
    Word,
    accepted=st.booleans(),
    invoice_number=st.sampled_from([*NUMBERS, "stranger", ""]),
    source_id=st.sampled_from(["", *(f"source-{n}" for n in NUMBERS), "source-x"]),
    index=st.integers(-1, 3),
    invoice_id=st.sampled_from(["", "i1", "i2"]),
    raw=st.sampled_from(["", "no"]),
)


def is_looked_up(number: str, said: list[Word], kept: Held) -> bool:
    """Whether a row is asked for, and answered: the rule, written once more and plainly."""
    about = [
        word
        for word in said
        if (word.invoice_number or word.source_id)
        and word.invoice_number in ("", number)
        and word.source_id in ("", f"source-{number}")
    ]
    return bool(about) and all(word.accepted for word in about) and not kept.silent


@settings(max_examples=25, deadline=None)
@given(st.lists(words, max_size=6), st.fixed_dictionaries(dict.fromkeys(NUMBERS, held)))
def test_only_what_is_proved_is_settled(said: list[Word], kept: dict[str, Held]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.sqlite") as ledger:
        run = make_run(ledger, TARGET, ready(NUMBERS))
        batch = Batch("b", BatchState.PARTIAL, tuple(said), created_at=datetime.now(UTC))
        found = adopt(run, batch, ledger, Shelf(kept), stop=Switch(), who="tester")  # type: ignore[arg-type]
        looked = {number: kept[number] for number in NUMBERS if is_looked_up(number, said, kept[number])}
        accepted = in_state(ledger, run, RowState.ACCEPTED)
        held_back = in_state(ledger, run, RowState.NOT_KNOWN)
        assert accepted == {n for n, one in looked.items() if len(one.invoice_ids) == 1 and one.equal}
        assert accepted | held_back == {n for n, one in looked.items() if one.invoice_ids}
        assert held_back == {row.invoice_number for row in found.rows if row.fate is Fate.HELD}
        assert accepted == {row.invoice_number for row in found.rows if row.fate is Fate.ACCEPTED}
        assert found.settled == len(accepted)
        assert not any(row.fate is Fate.REJECTED for row in found.rows)
        ledger.verify()


def in_state(ledger: Ledger, run: str, state: RowState) -> set[str]:
    result = ledger.result(run)
    assert result.summary.books.balanced
    assert not any(row.state is RowState.REJECTED for row in result.rows)
    return {row.invoice_number for row in result.rows if row.state is state}
