"""The lines of the Map page as values: one a field, with samples as they will be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rowpost.catalog import Catalog, Field, FieldGroup
from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.finding import shown
from rowpost.gui.views.map_details import (
    Choice,
    MapDetails,
    Open,
    details,
    evidence_of,
    heading_of,
    open_question,
    options,
    otherwise,
)
from rowpost.gui.views.payload import MIDNIGHT, leaf, phone_written, written
from rowpost.gui.words import Words
from rowpost.mapping import DEBTOR_TYPE, FieldRule, Seen, Untold
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.mapping.targets import find
from rowpost.model.drafts import Draft
from rowpost.model.workbook import Opened

CONSTANT = -1  # in place of a column: the same value for every row
SAMPLES = 3
_DEBTOR = "debtors[0]"
_LATER_ENTRY = re.compile(r"\[([1-9][0-9]?)\]")
_FURTHER = re.compile(r"debtors\[([1-9][0-9]?)\]")


@dataclass(frozen=True, slots=True)
class MapLine:
    """One field. `column` is 0 for nothing, CONSTANT, or a column from 1; `first` are listed first."""

    key: str
    label: str
    required: bool
    column: int
    constant: str
    options: tuple[Choice, ...]  # of a fixed list
    samples: tuple[str, ...]
    tone: Tone
    state: str
    reason: str
    first: tuple[int, ...] = ()
    proposed: int = 0  # a column that is only proposed
    proposal: str = ""
    more: str = ""  # the other columns that are joined to it
    details: MapDetails | None = None
    nothing: str = ""  # what the picker says where there is no column, '' for the usual words

    @property
    def asks(self) -> bool:
        """Whether a person should look at this line first."""
        return self.tone in (Tone.MUST_FIX, Tone.CHECK)


@dataclass(frozen=True, slots=True)
class MapGroup:
    """Fields that belong together."""

    group: str
    title: str
    lines: tuple[MapLine, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """All that the lines are made from."""

    opened: Opened
    mapping: ColumnMapping
    seen: Seen
    words: Words
    untold: Untold | None = None  # debtors about whom a person has yet to say what they are

    @property
    def catalog(self) -> Catalog:
        """The fields."""
        return self.words.catalog


def groups(sight: Sight, marks: frozenset[str]) -> Iterator[MapGroup]:
    """Yield the groups with their lines, required fields first; further debtors after the first."""
    missing = frozenset(field.key for field in sight.mapping.missing(sight.catalog))
    for group in FieldGroup:
        members = [
            _line(field, field.key, missing, sight) for field in sight.catalog.fields if field.group is group
        ]
        members.sort(key=lambda line: not line.required)
        if members:
            yield MapGroup(group.value, sight.words(f"map.group.{group.value}"), tuple(members))
        if group is FieldGroup.CONTACT:
            for number in further_debtors(sight.mapping, marks):
                yield _further(number, sight)


def further_debtors(mapping: ColumnMapping, marks: frozenset[str]) -> tuple[int, ...]:
    """Return the places (from 1) of the debtors after the first that have fields, or were asked for."""
    told = {int(mark.removeprefix("debtor:")) for mark in marks if mark.startswith("debtor:")}
    for rule in (*mapping.rules, *mapping.unsure):
        if named := _FURTHER.match(rule.field):
            told.add(int(named[1]))
    return tuple(sorted(told))


def _further(number: int, sight: Sight) -> MapGroup:
    title = sight.words("map.group.further", number=number + 1)
    lines = tuple(
        _line(field, field.path.replace(_DEBTOR, f"debtors[{number}]"), frozenset(), sight)
        for field in sight.catalog.fields
        if field.path.startswith(_DEBTOR)
    )
    return MapGroup(FieldGroup.DEBTOR.value, title, tuple(_unneeded(line) for line in lines))


def _unneeded(line: MapLine) -> MapLine:
    return replace(line, required=False)


def _line(field: Field, key: str, missing: frozenset[str], sight: Sight) -> MapLine:
    mapping, words = sight.mapping, sight.words
    rule = mapping.rule(key)
    unsure = next((rule for rule in mapping.unsure if rule.field == key), None) if rule is None else None
    tone, state = _state(field, key, rule, unsure, missing, sight)
    has_proposal = unsure is not None and bool(unsure.columns)
    return MapLine(
        key,
        words.label(field),
        (field.required and not field.derived) or field.key in missing,
        _column_of(rule),
        (rule.constant or "") if rule else "",
        options(field, words),
        _samples(key, rule, sight) if rule or key == DEBTOR_TYPE else (),
        tone,
        state,
        _reason(field, key, rule or unsure, sight),
        sight.seen.guesses.get(key, ()),
        unsure.columns[0] if unsure and has_proposal else 0,
        words("map.use_proposal", heading=heading_of(sight.opened, unsure.columns[0]))
        if unsure and has_proposal
        else "",
        " + ".join(heading_of(sight.opened, column) for column in rule.columns[1:]) if rule else "",
        _details(field, key, rule, sight),
        words(f"map.by.{key}") if field.derived and key == field.key else "",
    )


def _details(field: Field, key: str, rule: FieldRule | None, sight: Sight) -> MapDetails | None:
    if rule is not None and rule.columns:
        return details(field, rule, sight.seen, sight.opened, sight.words)
    by_itself = key == DEBTOR_TYPE and (rule is None or rule.constant is None)
    return otherwise(field, rule, sight.words) if by_itself else None


def _column_of(rule: FieldRule | None) -> int:
    if rule is None or (not rule.columns and rule.constant is None):
        return 0
    return rule.columns[0] if rule.columns else CONSTANT


def _state(
    field: Field,
    key: str,
    rule: FieldRule | None,
    unsure: FieldRule | None,
    missing: frozenset[str],
    sight: Sight,
) -> tuple[Tone, str]:
    words = sight.words
    if key == DEBTOR_TYPE and sight.untold is not None:
        return Tone.CHECK, words("map.unsure")
    if rule is not None:
        is_open = open_question(field, rule, sight.seen) is not Open.NOTHING
        return (Tone.CHECK, words("map.unsure")) if is_open else (Tone.OK, words("map.matched"))
    if unsure is not None:
        return Tone.CHECK, words("map.unsure")
    if key in missing:
        return Tone.MUST_FIX, words("map.missing")
    return Tone.PLAIN, words("map.derived") if field.required and field.derived else ""


def _reason(field: Field, key: str, rule: FieldRule | None, sight: Sight) -> str:
    """Why it is this column, and what stands in the way of reading it."""
    words = sight.words
    count = sum(word.open for word in sight.seen.words.get(key, ()))
    if count:
        return words("map.open_words", count=count)
    if key == DEBTOR_TYPE and sight.untold is not None:
        code = "map.untold.line" if sight.untold.whole else "map.untold.line.first"
        return words(code, count=sight.untold.count)
    if rule is None:
        return ""
    evidence = evidence_of(field, rule, sight.seen, words)
    if open_question(field, rule, sight.seen) is not Open.NOTHING:
        return evidence
    return "\n".join(part for part in (words.wording.say(rule.reason), evidence) if part)


def _samples(key: str, rule: FieldRule | None, sight: Sight) -> tuple[str, ...]:
    path = find(sight.catalog, key)[1].path
    columns = rule.columns if rule else ()
    found: dict[str, None] = {}
    for draft in sight.seen.drafts:
        if text := _sample(path, columns, draft, sight):
            found[text] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _sample(path: str, columns: Sequence[int], draft: Draft, sight: Sight) -> str:
    value = leaf(draft.payload, _entry(path, draft, sight))
    sent = phone_written(value) if isinstance(value, Mapping) else written(value).removesuffix(MIDNIGHT)
    if isinstance(value, Decimal):
        sent = f"{sent} {draft.payload.get('currency', '')}".rstrip()
    table, habits = sight.opened.table, sight.words.habits
    cells = [shown(table, draft.rows[0], column, habits) for column in columns]
    raw = " ".join(text for text in cells if text)
    if not sent:
        broken = any(placed.flaw.path == path for placed in draft.flaws)
        return sight.words("map.not_read", value=raw) if raw and broken else ""
    return sent if not raw or raw == sent else f"{raw} → {sent}"


def _entry(path: str, draft: Draft, sight: Sight) -> str:
    """Find the entry of a list that a field made: those of empty cells are not sent, others move up."""
    later = list(_LATER_ENTRY.finditer(path))
    if not later:
        return path
    start, end = later[-1].span(1)
    below = {f"{path[:start]}{at}{path[end:]}" for at in range(int(path[start:end]))}
    filled = 0
    for rule in sight.mapping.rules:
        if find(sight.catalog, rule.field)[1].path in below:
            filled += any(sight.opened.table.cell(draft.rows[0], column).stored for column in rule.columns)
    return f"{path[:start]}{filled}{path[end:]}"
