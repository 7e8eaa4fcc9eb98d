"""Rows that make one invoice together, as a value: what is chosen, by which field, and a preview."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.map_details import Choice
from rowpost.gui.words import Words
from rowpost.mapping import GroupKind, GroupPreview, Mapping, Seen

_KEYS = ("invoiceNumber", "uniqueSourceInvoiceId", "ocrReferenceNumber", "customerNumber")


@dataclass(frozen=True, slots=True)
class GroupsView:
    """What several rows with one value are; `rows` of the preview are (row, amount, text)."""

    kinds: tuple[Choice, ...]
    kind: str
    keys: tuple[Choice, ...]
    key: str
    title: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()
    total: str = ""
    check: str = ""
    tone: Tone = Tone.PLAIN


def groups_view(mapping: Mapping, seen: Seen, words: Words) -> GroupsView:
    """Return what is chosen, and how the first such invoice looks."""
    chosen = mapping.grouping
    kinds = tuple(Choice(kind.value, words(f"map.group.{kind or 'none'}")) for kind in GroupKind)
    wanted = dict.fromkeys((*_KEYS, chosen.by))
    keys = tuple(
        Choice(key, words.label(words.catalog.field(key)))
        for key in wanted
        if mapping.rule(key) is not None or key == chosen.by
    )
    view = GroupsView(kinds, chosen.kind.value, keys, chosen.by)
    return _with_preview(view, seen.preview, words) if seen.preview else view


def _with_preview(view: GroupsView, preview: GroupPreview, words: Words) -> GroupsView:

    all_fit = preview.fitting == preview.groups
    total = words("map.preview.total", total=preview.total, currency=preview.currency)
    if preview.whole is not None:
        total = words(
            "map.preview.total_of", total=preview.total, whole=preview.whole, currency=preview.currency
        )
    rows = tuple(
        (words("map.preview.row", row=one.row), words.wording.write(one.amount), one.text)
        for one in preview.parts
    )
    return replace(
        view,
        title=words(f"map.preview.{preview.kind}", number=preview.number, count=len(rows)),
        rows=rows,
        total=total,
        check=words("map.preview.check", count=preview.groups, fitting=preview.fitting),
        tone=Tone.OK if all_fit else Tone.CHECK,
    )
