"""The books of a run: counted from its rows; kept once it has ended, until a row changes again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from rowpost.ledger.store import Readable, Store
from rowpost.model.attempts import STATE_OF, Stage
from rowpost.model.books import BookLine, Books, RowState, balance


def of_run(store: Readable, run: Mapping[str, Any]) -> Books:
    """Return the books of a line of the table `run`."""
    if not run["books"]:
        return count(store, run)
    kept = json.loads(run["books"])
    by_state = {RowState(state): rows for state, rows in kept["rows"].items()}
    amount_by_state = {
        currency: {RowState(state): Decimal(amount) for state, amount in states.items()}
        for currency, states in kept["amounts"].items()
    }
    return Books(run["row_count"], by_state, _amounts(run), amount_by_state)


def count(store: Readable, run: Mapping[str, Any]) -> Books:
    """Count the books of a line of the table `run` from its rows; SQLite does it, in whole numbers."""
    place = (run["first_row"], run["first_row"] + run["size"])
    added = (
        BookLine(STATE_OF[Stage(stage)], rows, currency, Decimal(units).scaleb(-decimals))
        for stage, currency, rows, units, decimals in store.db.execute(_ADDED, place)
    )
    single = (
        BookLine(STATE_OF[Stage(stage)], rows, currency, Decimal(amount))
        for stage, currency, rows, amount in store.db.execute(_SINGLE, place)
    )
    return balance(run["row_count"], _amounts(run), chain(added, single))


# Amounts are texts. Those with the same number of decimals are added up as whole numbers: exact, while
# they are so short that even ten million of them fit into 64 bits. Others are few, and are added one by one.
_PLAIN = "(length(amount) <= 12 AND amount NOT GLOB '*[^-0-9.]*')"
_DECIMALS = "CASE instr(amount, '.') WHEN 0 THEN 0 ELSE length(amount) - instr(amount, '.') END"
_ADDED = f"""
SELECT stage, currency, sum(row_count), sum(CAST(replace(amount, '.', '') AS INTEGER)),
    {_DECIMALS} AS decimals
FROM row WHERE id >= ? AND id < ? AND {_PLAIN} GROUP BY stage, currency, decimals"""
_SINGLE = f"""
SELECT stage, currency, row_count, amount FROM row WHERE id >= ? AND id < ? AND NOT {_PLAIN}"""


def _amounts(run: Mapping[str, Any]) -> dict[str, Decimal]:
    return {currency: Decimal(amount) for currency, amount in json.loads(run["amounts"]).items()}


def keep(store: Store, name: str) -> None:
    """Keep an ended run's books, inside a transaction; a trigger drops them when a row changes."""
    columns = ("row_count", "amounts", "first_row", "size")
    line = store.db.execute(f"SELECT {', '.join(columns)} FROM run WHERE name = ?", (name,)).fetchone()
    counted = count(store, dict(zip(columns, line, strict=True)))
    amounts = {
        currency: {state: str(amount) for state, amount in states.items()}
        for currency, states in counted.amount_by_state.items()
    }
    text = json.dumps({"rows": counted.by_state, "amounts": amounts})
    store.db.execute("UPDATE run SET books = ? WHERE name = ?", (text, name))
