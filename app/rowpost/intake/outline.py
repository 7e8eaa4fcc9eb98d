"""The outline of an assessment, whoever holds its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rowpost.intake.marks import Marks
from rowpost.intake.patched import Patched
from rowpost.intake.stores import ReadyStore, StayingStore
from rowpost.model.assessment import Assessment, Outline
from rowpost.model.books import RowState
from rowpost.model.invoices import ReadyInvoice, StayingRow


def outline(assessment: Assessment) -> Outline:
    """Return what an assessment comes to: at once after a check, in milliseconds after edits."""
    return replace(_of_ready(assessment.ready), left_out=_left_out(assessment.staying))


def _of_ready(ready: Sequence[ReadyInvoice]) -> Outline:
    if isinstance(ready, ReadyStore):
        return ready.outline
    marks = Marks()
    if isinstance(ready, Patched) and isinstance(ready.base, ReadyStore):
        gone = frozenset(ready.gone)
        still = (number for at, number in enumerate(ready.base.order) if at not in gone)
        marks.extend(ready.base.marks, still)
        ready = [invoice for _, invoice in ready.come]
    for invoice in ready:
        marks.add_invoice(invoice)
    return marks.outline()


def _left_out(staying: Sequence[StayingRow]) -> Mapping[str, int]:
    if isinstance(staying, StayingStore):
        return staying.left_out
    counts: Counter[str] = Counter()
    if isinstance(staying, Patched) and isinstance(staying.base, StayingStore):
        counts.update(staying.base.left_out)
        counts.subtract(_counted(staying.base[at] for at in staying.gone))
        staying = [row for _, row in staying.come]
    counts.update(_counted(staying))
    return +counts


def _counted(rows: Iterable[StayingRow]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        if row.state is RowState.LEFT_OUT:
            counts[row.code] += len(row.rows)
    return counts
