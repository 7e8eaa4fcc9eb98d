"""What a process that checks is told beside the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rowpost.catalog import Catalog
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import Mapping as ColumnMapping


@dataclass(frozen=True, slots=True)
class Job:
    """Everything but the sheet itself. `edits` lie over the table's cells."""

    mapping: ColumnMapping
    catalog: Catalog
    rules: IntakeRules
    edits: Mapping[tuple[int, int], str]
