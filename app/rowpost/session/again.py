"""Fix and send again: the rejected and released rows of a run, read as they were read then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rowpost.host import resources
from rowpost.model.again import Again, again
from rowpost.model.table import NO_EDITS
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session.own_copies import made_from

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.results import RunResult, RunSummary
    from rowpost.model.targets import Target
    from rowpost.model.workbook import Opened

Edits = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Setup:
    """How a run's workbook was read: its mapping (None: not known any more), and the edits of the window."""

    mapping: ColumnMapping | None = None
    edits: Edits = field(default_factory=lambda: NO_EDITS)


def setup_bytes(mapping: Mapping[str, Any] | None, edits: Edits) -> bytes:
    """Write a set-up down, given the mapping's document; b'' where there is nothing to write."""
    if mapping is None:
        return b""
    cells = [[row, column, text] for (row, column), text in sorted(edits.items())]
    return json.dumps({"mapping": mapping, "edits": cells}).encode()


def read_setup(raw: bytes) -> Setup:
    """Read a set-up back."""
    if not raw:
        return Setup()
    from rowpost.mapping import from_document

    found = json.loads(raw)
    mapping = from_document(found["mapping"], resources.schema("mapping"))
    return Setup(mapping, {(row, column): text for row, column, text in found["edits"]})


def what_goes(result: RunResult, opened: Opened) -> Again:
    """Say what of the run can be sent again from this workbook. Trouble where there is nothing."""
    same = opened.sha256 == result.summary.file_sha256 or made_from(opened, result.summary.file_sha256)
    found = again(result, same_rows=same)
    if not found.sent_again:
        raise Trouble("again.nothing", Remedy.FIX_SETTINGS, {"run": result.summary.run})
    return found


def refuse_other_target(summary: RunSummary, target: Target) -> None:
    """Trouble where the rows went to another place: what was rejected there says nothing here."""
    then = summary.target
    if (then.environment, then.organization_id) != (target.environment, target.organization_id):
        values = {"run": summary.run, "target": then.name, "organization": then.organization_id}
        raise Trouble("again.other_target", Remedy.FIX_SETTINGS, values)


def with_edits(opened: Opened, summary: RunSummary, edits: Edits) -> Edits:
    """The edits of then, where the workbook is still the same file; else a person has mended it since."""
    return edits if opened.sha256 == summary.file_sha256 else NO_EDITS
