"""What a mapping makes of a sheet, as far as a person has to see it before every row is judged."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, replace
from itertools import islice

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping.build import drafts
from rowpost.mapping.column_words import column_words
from rowpost.mapping.decisions import Decisions
from rowpost.mapping.document import FieldRule, GroupKind, Mapping
from rowpost.mapping.group_preview import GroupPreview, group_preview
from rowpost.mapping.group_proposal import GroupProposal, group_proposal
from rowpost.mapping.guesses import guesses
from rowpost.mapping.plan import INVOICE_NUMBER, Plan
from rowpost.mapping.results import Flawed
from rowpost.mapping.targets import find
from rowpost.mapping.untold import Untold, untold
from rowpost.model.drafts import NOWHERE, Draft
from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Opened

_DRAFTS = 30  # invoices looked at for three different samples of every field
_LOOK_AHEAD = 500  # rows passed over that are credit notes, settled or blank
_WORDS = 200  # different words of a column that are listed


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column, how many rows have it, and the wire word it stands for: '' for none.

    `code` says what else it stands for ('left_out.credit_note'), or why it cannot be used.
    """

    text: str
    count: int
    value: str
    code: str = ""

    @property
    def open(self) -> bool:
        """Whether a person has to say what it stands for."""
        return not self.value and not self.code.startswith("left_out.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person is shown of `mapping`.

    `drafts` are the first invoices as they would be sent (they do not know their cells), `words`
    the different words of every column with a fixed list, `guesses` the likeliest columns of fields
    without one, `untold` the debtors whom nothing tells to be persons or companies.
    """

    mapping: Mapping
    decisions: Decisions
    drafts: tuple[Draft, ...]
    words: ReadOnlyMapping[str, tuple[Word, ...]]
    guesses: ReadOnlyMapping[str, tuple[int, ...]]
    proposal: GroupProposal | None
    preview: GroupPreview | None
    untold: Untold | None = None


def see(table: Table, layout: Layout, mapping: Mapping, catalog: Catalog) -> Seen:
    """Look at the sheet through the mapping; reads whole columns, so not for a thread that paints.

    Trouble where the mapping names a field that is not there, or a constant that does not fit.
    """
    plan = Plan(table, layout, mapping, catalog)
    ahead = islice(drafts(plan, layout), _LOOK_AHEAD)
    proposal = group_proposal(table, layout, mapping, catalog, plan.decisions)
    return Seen(
        mapping,
        plan.decisions,
        tuple(islice((_by_itself(draft) for draft in ahead if not draft.left_out), _DRAFTS)),
        {rule.field: tuple(_words(plan, layout, rule)) for rule in mapping.rules if _has_words(plan, rule)},
        guesses(table, layout, mapping, catalog),
        proposal,
        _preview(plan, layout, proposal),
        untold(plan, layout),
    )


def _by_itself(draft: Draft) -> Draft:
    """The draft without the whole plan behind it, so that it can travel and outlive the sheet."""
    return replace(draft, origins=NOWHERE)


def see_sheet(opened: Opened, catalog: Catalog, mapping: Mapping) -> Seen:
    """Look at the sheet of an opened workbook."""
    return see(opened.table, opened.layout, mapping, catalog)


def _preview(plan: Plan, layout: Layout, proposal: GroupProposal | None) -> GroupPreview | None:
    """What is chosen, else what is proposed."""
    chosen = plan.mapping.grouping
    if chosen.kind is not GroupKind.NONE:
        return group_preview(plan, layout, chosen.kind, find(plan.catalog, chosen.by)[1].path)
    return group_preview(plan, layout, proposal.kind, INVOICE_NUMBER) if proposal else None


def _has_words(plan: Plan, rule: FieldRule) -> bool:
    return len(rule.columns) == 1 and find(plan.catalog, rule.field)[0].kind is FieldKind.ENUM


def _words(plan: Plan, layout: Layout, rule: FieldRule) -> Iterator[Word]:
    path = find(plan.catalog, rule.field)[1].path
    for text, count in column_words(plan.table, rule.columns[0], layout).most_common(_WORDS):
        value = plan.read(path, text)
        if isinstance(value, Flawed):
            yield Word(text, count, "" if value.value is None else str(value.value), value.flaw.code)
        elif value is not None:
            yield Word(text, count, str(value))
