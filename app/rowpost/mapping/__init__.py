"""Columns to fields to invoices: suggest a mapping, remember it, build drafts by it."""

from rowpost.mapping.build import build
from rowpost.mapping.chosen import column_argument, with_columns
from rowpost.mapping.compile import refuse_unfit
from rowpost.mapping.constants import DEBTOR_TYPE, with_constants
from rowpost.mapping.decisions import Decisions, decide
from rowpost.mapping.document import (
    SURE,
    DateOrder,
    FieldRule,
    Grouping,
    GroupKind,
    Mapping,
    NumberStyle,
    Part,
    Question,
)
from rowpost.mapping.evidence import Evidence
from rowpost.mapping.files import from_document, to_document
from rowpost.mapping.golden import changed_rows, with_golden
from rowpost.mapping.group_preview import GroupPart, GroupPreview, group_preview
from rowpost.mapping.group_proposal import GroupProposal, group_proposal
from rowpost.mapping.plan import Plan, Sender
from rowpost.mapping.profile import ColumnProfile, profile
from rowpost.mapping.saved import (
    Difference,
    Renamed,
    accept_renamed,
    best_match,
    fingerprint,
    fit,
    taken_back,
)
from rowpost.mapping.seen import Seen, Word, see, see_sheet
from rowpost.mapping.source_id import normalized_number, source_id_maker
from rowpost.mapping.suggest import suggest
from rowpost.mapping.targets import find
from rowpost.mapping.untold import Untold

__all__ = [
    "DEBTOR_TYPE",
    "SURE",
    "ColumnProfile",
    "DateOrder",
    "Decisions",
    "Difference",
    "Evidence",
    "FieldRule",
    "GroupKind",
    "GroupPart",
    "GroupPreview",
    "GroupProposal",
    "Grouping",
    "Mapping",
    "NumberStyle",
    "Part",
    "Plan",
    "Question",
    "Renamed",
    "Seen",
    "Sender",
    "Untold",
    "Word",
    "accept_renamed",
    "best_match",
    "build",
    "changed_rows",
    "column_argument",
    "decide",
    "find",
    "fingerprint",
    "fit",
    "from_document",
    "group_preview",
    "group_proposal",
    "normalized_number",
    "profile",
    "refuse_unfit",
    "see",
    "see_sheet",
    "source_id_maker",
    "suggest",
    "taken_back",
    "to_document",
    "with_columns",
    "with_constants",
    "with_golden",
]
