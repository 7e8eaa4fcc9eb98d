"""Everything the ledger knows as CSV, a line a row: for Excel, and for those who check our books.

UTF-8 with a byte order mark, because Excel takes anything else for its own code page. Excel also
splits and reads numbers by the country it is set to, so the language decides: `;` and a decimal
comma in Norwegian, Swedish, Danish and Finnish, `,` and a point in English. A text that a
spreadsheet would take for a formula gets an apostrophe in front. The last line holds the number of
rows and the head of the ledger's chain: a file without it is not whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from rowpost.model.books import RowState
from rowpost.model.history import Ledgerful
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.trouble import Stopped
from rowpost.reports.save import whole_file
from rowpost.wording import Wording
from rowpost.wording.reasons import reason

_COLUMNS = (
    *("run", "sent_at", "by_whom", "file", "rows", "target", "organization", "invoice", "source_id"),
    *("currency", "amount", "state", "reason", "reason_raw", "batch", "invoice_id", "case"),
    *("decided_at", "forgotten"),
)
_END = "#end"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EVERY = 500  # rows between two looks at the stop token


def write_ledger_csv(
    known: Ledgerful, out: Path, wording: Wording, *, now: datetime, stop: StopToken, progress: OnProgress
) -> int:
    """Write the file as a whole; return how many rows. Stopped, or Trouble as in `save`, leaves none."""
    in_english = wording.language == "en"
    with whole_file(out) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file, delimiter="," if in_english else ";")
        write.writerow([wording.say(f"reports.ledger.column.{name}") for name in _COLUMNS])
        rows = 0
        for rows, line in enumerate(_lines(known, wording), start=1):
            if rows % _EVERY == 1:
                if stop.is_set():
                    raise Stopped
                progress(Progress("progress.exporting", rows - 1, known.rows))
            write.writerow(line)
        write.writerow([_END, rows, known.chain_head, now.isoformat(timespec="seconds")])
    return rows


def _lines(known: Ledgerful, wording: Wording) -> Iterator[Sequence[str]]:
    states = {state: wording.say(f"state.{state}") for state in RowState}
    said: dict[tuple[str, str], str] = {}  # the same sentence stands in many rows
    for hit in known.hits:
        row = hit.row
        key = (row.state, "" if row.reason_raw else row.code)
        ours = reason(row, wording) if row.reason_raw else said.get(key)
        if ours is None:
            ours = said[key] = reason(row, wording)
        yield (
            *(hit.run, _moment(hit.created_at), safe(hit.by_whom), safe(hit.file_name)),
            *(" ".join(map(str, row.rows)), safe(hit.target.name)),
            safe(hit.target.organization_name or hit.target.organization_id),
            *(safe(row.invoice_number), safe(row.source_id), row.currency, _figure(row.amount, wording)),
            *(states[row.state], ours, safe(row.reason_raw), safe(row.batch_id), safe(row.invoice_id)),
            *(safe(row.case_id), _moment(row.decided_at) if row.decided_at else ""),
            "1" if hit.forgotten else "",
        )


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _moment(moment: datetime) -> str:
    """A moment as every spreadsheet reads it, in local time."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def _figure(amount: Decimal, wording: Wording) -> str:
    """An amount as a number of the language's country, nothing between the thousands."""
    figures = f"{amount:.2f}" if amount == amount.quantize(Decimal("0.01")) else format(amount, "f")
    return figures if wording.language == "en" else figures.replace(".", ",")
