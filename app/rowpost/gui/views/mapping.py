"""The Map page as a value: one line a field, with samples as they will be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rowpost.catalog import Catalog, Field, FieldGroup
from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.payload import MIDNIGHT, leaf, written
from rowpost.gui.words import Words
from rowpost.mapping import FieldRule, Mapping, Question, build
from rowpost.model.cells import column_letters
from rowpost.model.drafts import Draft
from rowpost.model.workbook import Opened
from rowpost.shown import shown_text

CONSTANT = -1  # in place of a column: the same value for every row
SAMPLES = 3
_LOOK_AHEAD = 200  # drafts looked through for three that are no credit notes or settled rows


@dataclass(frozen=True, slots=True)
class ColumnOption:
    """One column of the workbook as a choice."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class MapLine:
    """One field. `column` is 0 for nothing, CONSTANT, or a column from 1."""

    key: str
    label: str
    required: bool
    column: int
    constant: str
    words: tuple[tuple[str, str], ...]  # wire word and label, for fields with a fixed list
    samples: tuple[str, ...]
    tone: Tone
    state: str
    reason: str
    proposed: int = 0  # a column that is only proposed
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class MapGroup:
    """Fields that belong together."""

    group: str
    title: str
    lines: tuple[MapLine, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The whole page; `unused` pairs headings with a sample."""

    options: tuple[ColumnOption, ...]
    groups: tuple[MapGroup, ...]
    unused: tuple[tuple[str, str], ...]
    questions: tuple[NoticeView, ...]
    missing: int
    matched: int


def map_view(opened: Opened, mapping: Mapping, words: Words) -> MapView:
    """Return what the Map page shows; builds the first invoices to have true samples."""
    catalog = words.catalog
    drafts = first_drafts(opened, mapping, catalog)
    missing = frozenset(field.key for field in mapping.missing(catalog))
    lines = {field.key: _line(field, mapping, missing, drafts, opened, words) for field in catalog.fields}
    return MapView(
        _options(opened, words),
        tuple(_groups(catalog, lines, words)),
        _unused(opened, mapping),
        tuple(
            _question(question, catalog, words)
            for question in mapping.questions
            if not _answered(question, mapping)
        ),
        len(missing),
        len(mapping.rules),
    )


def first_drafts(opened: Opened, mapping: Mapping, catalog: Catalog) -> tuple[Draft, ...]:
    """Return the first few invoices as they would be built."""
    drafts = islice(build(opened.table, opened.layout, mapping, catalog), _LOOK_AHEAD)
    return tuple(islice((draft for draft in drafts if not draft.left_out), SAMPLES))


def _groups(catalog: Catalog, lines: dict[str, MapLine], words: Words) -> Sequence[MapGroup]:
    groups = []
    for group in FieldGroup:
        members = [lines[field.key] for field in catalog.fields if field.group is group]
        members.sort(key=lambda line: not line.required)
        if members:
            groups.append(MapGroup(group.value, words(f"map.group.{group.value}"), tuple(members)))
    return groups


def _line(
    field: Field,
    mapping: Mapping,
    missing: frozenset[str],
    drafts: Sequence[Draft],
    opened: Opened,
    words: Words,
) -> MapLine:
    rule = mapping.rule(field.key)
    unsure = next((rule for rule in mapping.unsure if rule.field == field.key), None)
    tone, state = _state(field, rule, unsure, missing, words)
    shown = rule or unsure
    return MapLine(
        field.key,
        words.label(field),
        field.required or field.key in missing,
        _column_of(rule),
        (rule.constant or "") if rule else "",
        tuple((option.value, option.labels.get(words.language, option.value)) for option in field.options),
        _samples(field, rule, drafts, opened),
        tone,
        state,
        words.wording.say(shown.reason) if shown else "",
        unsure.columns[0] if unsure and unsure.columns and rule is None else 0,
        _proposal(unsure, opened, words) if rule is None else "",
    )


def _column_of(rule: FieldRule | None) -> int:
    if rule is None:
        return 0
    return rule.columns[0] if rule.columns else CONSTANT


def _proposal(unsure: FieldRule | None, opened: Opened, words: Words) -> str:
    if unsure is None or not unsure.columns:
        return ""
    return words("map.use_proposal", heading=_heading(opened, unsure.columns[0]))


def _state(
    field: Field, rule: FieldRule | None, unsure: FieldRule | None, missing: frozenset[str], words: Words
) -> tuple[Tone, str]:
    if rule is not None:
        return Tone.OK, words("map.matched")
    if unsure is not None:
        return Tone.CHECK, words("map.unsure")
    if field.key in missing:
        return Tone.MUST_FIX, words("map.missing")
    return Tone.PLAIN, ""


def _samples(
    field: Field, rule: FieldRule | None, drafts: Sequence[Draft], opened: Opened
) -> tuple[str, ...]:
    if rule is None:
        return ()
    texts = (_sample(field, rule, draft, opened) for draft in drafts)
    return tuple(dict.fromkeys(text for text in texts if text))


def _sample(field: Field, rule: FieldRule, draft: Draft, opened: Opened) -> str:
    sent = written(leaf(draft.payload, field.path)).removesuffix(MIDNIGHT)
    cells = [shown_cell(opened, draft.rows[0], column) for column in rule.columns]
    raw = " ".join(text for text in cells if text)
    if not raw or raw == sent:
        return sent
    return f"{raw} → {sent}" if sent else raw


def shown_cell(opened: Opened, row: int, column: int) -> str:
    """Return a cell as Excel shows it, its stored text where the form is not known."""
    cell = opened.table.cell(row, column)
    text = shown_text(cell, opened.table.epoch_1904)
    return cell.stored if text is None else text


def _heading(opened: Opened, column: int) -> str:
    headings = opened.layout.headings
    return (headings[column - 1] if column <= len(headings) else "") or column_letters(column)


def _options(opened: Opened, words: Words) -> tuple[ColumnOption, ...]:
    columns = (
        ColumnOption(
            column, words("map.column", letters=column_letters(column), heading=_heading(opened, column))
        )
        for column in range(1, opened.table.column_count + 1)
    )
    return (ColumnOption(0, words("map.no_column")), ColumnOption(CONSTANT, words("map.constant")), *columns)


def _unused(opened: Opened, mapping: Mapping) -> tuple[tuple[str, str], ...]:
    used = {column for rule in mapping.rules for column in rule.columns}
    first = opened.layout.first_row
    return tuple(
        (_heading(opened, column), shown_cell(opened, first, column))
        for column in range(1, opened.table.column_count + 1)
        if column not in used and (opened.layout.headings[column - 1 : column] or ("",))[0]
    )


def _answered(question: Question, mapping: Mapping) -> bool:
    return any(question.column in rule.columns for rule in mapping.rules)


def _question(question: Question, catalog: Catalog, words: Words) -> NoticeView:
    fields = [catalog.field(key) for key in question.candidates]
    return NoticeView(
        Tone.CHECK,
        words("map.question", heading=question.heading),
        words.wording.say(question.reason),
        tuple((f"answer:{question.column}:{field.key}", words.label(field)) for field in fields),
    )
