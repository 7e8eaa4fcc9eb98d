"""The Map page as a value: one line a field, what is asked, unused columns, groups, the saved mapping."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State
from rowpost.gui.views.finding import shown
from rowpost.gui.views.map_details import Open, heading_of, open_question
from rowpost.gui.views.map_groups import GroupsView, groups_view
from rowpost.gui.views.map_lines import CONSTANT, MapGroup, Sight, groups
from rowpost.gui.views.map_questions import open_debtors, questions
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.mapping import Mapping, to_document
from rowpost.mapping.targets import find
from rowpost.model.cells import column_letters
from rowpost.model.workbook import Opened

_LOOK_AHEAD = 50  # rows in which a first value of an unused column is looked for


@dataclass(frozen=True, slots=True)
class ColumnOption:
    """One column of the workbook as a choice."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class UnusedColumn:
    """A column that is not sent, with its first value."""

    column: int
    heading: str
    sample: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """The saved mapping in use ('' for none), whether it has been changed since, and all others."""

    name: str
    text: str
    tone: Tone
    changed: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The whole page."""

    options: tuple[ColumnOption, ...]
    groups: tuple[MapGroup, ...]
    unused: tuple[UnusedColumn, ...]
    questions: tuple[NoticeView, ...]
    rows: GroupsView
    saved: SavedView


def map_view(state: State, words: Words) -> MapView | None:
    """Return what the Map page shows; None until the sheet has been seen through the mapping."""
    opened, mapping, seen = state.opened, state.mapping, state.seen
    if opened is None or mapping is None or seen is None or seen.mapping is not mapping:
        return None
    edited = replace_table(opened, state)
    lines = tuple(groups(Sight(edited, mapping, seen, words, open_debtors(state)), state.marks))
    return MapView(
        _options(opened, words),
        lines,
        _unused(opened, mapping, words),
        tuple(questions(state, words)),
        groups_view(mapping, seen, words),
        _saved(state, mapping, to_look_at(state, words), words),
    )


def to_look_at(state: State, words: Words) -> int:
    """Count what waits for a person; what a bar asks is not counted once more at its field."""
    mapping, seen, catalog = state.mapping, state.seen, words.catalog
    if mapping is None or seen is None or seen.mapping is not mapping:
        return 0
    bars = sum(bar.tone is not Tone.INFO for bar in questions(state, words))
    taken = {rule.field for rule in mapping.rules}
    proposed = {rule.field for rule in mapping.unsure} - taken
    unread = sum(
        open_question(find(catalog, rule.field)[0], rule, seen) is not Open.NOTHING for rule in mapping.rules
    )
    asked = {key for question in mapping.questions for key in question.candidates} | proposed
    lost = set(state.suggestion.lost) if state.suggestion and bars else set()
    missing = sum(field.key not in asked | lost for field in mapping.missing(catalog))
    return bars + len(proposed) + unread + missing


def replace_table(opened: Opened, state: State) -> Opened:
    """Return the workbook as it was edited."""
    return replace(opened, table=opened.table.with_edits(state.edits)) if state.edits else opened


def _options(opened: Opened, words: Words) -> tuple[ColumnOption, ...]:
    columns = (
        ColumnOption(
            column,
            words("map.column", letters=column_letters(column), heading=heading_of(opened, column)),
        )
        for column in range(1, opened.table.column_count + 1)
    )
    return (ColumnOption(0, words("map.no_column")), ColumnOption(CONSTANT, words("map.constant")), *columns)


def _unused(opened: Opened, mapping: Mapping, words: Words) -> tuple[UnusedColumn, ...]:
    used = {column for rule in mapping.rules for column in rule.columns}
    named = (column for column in range(1, opened.table.column_count + 1) if column not in used)
    return tuple(
        UnusedColumn(column, heading_of(opened, column), sample)
        for column in named
        if (sample := _first_value(opened, column, words))
        or (opened.layout.headings[column - 1 : column] or ("",))[0]
    )


def _first_value(opened: Opened, column: int, words: Words) -> str:
    layout = opened.layout
    rows = range(layout.first_row, min(layout.last_row, layout.first_row + _LOOK_AHEAD) + 1)
    texts = (shown(opened.table, row, column, words.habits).strip() for row in rows)
    return next(filter(None, texts), "")


def _saved(state: State, mapping: Mapping, asked: int, words: Words) -> SavedView:
    saved = state.suggestion.saved if state.suggestion else None
    if saved is None or saved.name not in state.mappings:
        return SavedView("", words("map.saved.none"), Tone.PLAIN, changed=False, names=state.mappings)
    fits = words("map.saved.fits") if not asked else words("map.saved.asks", count=asked)
    changed = _kept(mapping) != _kept(saved)
    text = words("map.saved.used", mapping=saved.name, fits=fits)
    return SavedView(saved.name, text, Tone.CHECK if asked else Tone.OK, changed, state.mappings)


def _kept(mapping: Mapping) -> dict[str, object]:
    """What of a mapping is worth saving again when it differs; columns move from month to month."""
    document = to_document(mapping)
    document["fields"] = {
        rule.field: (
            tuple(mapping.headings[column - 1 : column] for column in rule.columns),
            {name: value for name, value in document["fields"][rule.field].items() if name not in _MOVING},
        )
        for rule in mapping.rules
    }
    return {name: document[name] for name in ("fields", "grouping", "leave_out")}


_MOVING = frozenset({"columns", "reason", "confidence"})
