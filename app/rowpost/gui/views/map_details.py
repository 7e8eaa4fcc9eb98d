"""What can be said about one field beyond its column, as values: order of dates, words, parts, joining."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rowpost.catalog import Field, FieldKind
from rowpost.gui.words import Words
from rowpost.mapping import DEBTOR_TYPE, DateOrder, Evidence, FieldRule, NumberStyle, Part, Seen, Word
from rowpost.mapping.converters import amount, dates
from rowpost.mapping.converters.tidy import tidy
from rowpost.model.cells import column_letters
from rowpost.model.workbook import Opened

JOINERS = (" ", ", ", "-", "")
_PARTS = {
    "zipCode": (Part.ZIP_CODE,),
    "city": (Part.CITY,),
    "firstname": (Part.FIRST_NAME, Part.LAST_NAME),
    "lastname": (Part.LAST_NAME, Part.FIRST_NAME),
    "organizationNumber": (Part.ORGANIZATION,),
    "identificationNumber": (Part.PERSON,),
}
_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
_MAY_BE_FILLED = frozenset({FieldKind.TEXT, FieldKind.ENUM})
_EVIDENCE: Mapping[DateOrder | NumberStyle, str] = MappingProxyType(
    {
        DateOrder.DAY_MONTH: "mapping.evidence.day_month",
        DateOrder.MONTH_DAY: "mapping.evidence.month_day",
        NumberStyle.COMMA: "mapping.evidence.comma",
        NumberStyle.POINT: "mapping.evidence.point",
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several readings."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """One thing to choose; `chosen` is '' while nothing is decided."""

    title: str
    items: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word of the column, how often it stands there, and what it stands for ('' for nothing yet)."""

    text: str
    count: str
    value: str
    note: str
    open: bool


@dataclass(frozen=True, slots=True)
class MapDetails:
    """Everything about one field that is taken from columns; None where it cannot be said of it."""

    order: Choices | None = None
    style: Choices | None = None
    part: Choices | None = None
    words: tuple[WordLine, ...] = ()
    options: tuple[Choice, ...] = ()
    joined: tuple[tuple[int, str], ...] = ()  # columns beside the first, with their headings
    joiner: Choices | None = None
    default: str | None = None
    otherwise: bool = False  # the default is for what neither a cell nor the debtor's numbers and name tell
    prefix: str | None = None


def details(field: Field, rule: FieldRule, seen: Seen, opened: Opened, words: Words) -> MapDetails:
    """Return what can be said about a field that comes from columns."""
    may_join = field.kind is FieldKind.TEXT
    return MapDetails(
        _order(field, rule, seen, words),
        _style(field, rule, seen, words),
        _part(field, rule, words),
        tuple(_word(one, words) for one in seen.words.get(rule.field, ())),
        options(field, words),
        tuple((column, heading_of(opened, column)) for column in rule.columns[1:]),
        _joiner(rule, words) if may_join else None,
        rule.default if field.kind in _MAY_BE_FILLED else None,
        field.key == DEBTOR_TYPE,
        rule.strip_prefix if field.kind is FieldKind.IDENTIFIER else None,
    )


def otherwise(field: Field, rule: FieldRule | None, words: Words) -> MapDetails:
    """Return what can be said about a debtor's type where no column gives it."""
    return MapDetails(options=options(field, words), default=rule.default if rule else "", otherwise=True)


def options(field: Field, words: Words) -> tuple[Choice, ...]:
    """Return the words of a fixed list, by the names people know."""
    return tuple(
        Choice(option.value, option.value if field.codes else option.labels.get(words.language, option.value))
        for option in field.options
    )


def heading_of(opened: Opened, column: int) -> str:
    """Return what a column is called, its letters where nothing names it."""
    headings = opened.layout.headings
    return (headings[column - 1] if column <= len(headings) else "") or column_letters(column)


class Open(StrEnum):
    """What a person still has to say about a field that has a column."""

    NOTHING = ""
    ORDER = "order"
    STYLE = "style"
    WORDS = "words"


def open_question(field: Field, rule: FieldRule, seen: Seen) -> Open:
    """Return what keeps values of a mapped column from being understood."""
    if any(word.open for word in seen.words.get(rule.field, ())):
        return Open.WORDS
    dates_seen, amounts_seen = _dates(field, rule, seen), _amounts(field, rule, seen)
    if dates_seen and _undecided(dates_seen, rule.date_order):
        return Open.ORDER
    if amounts_seen and _undecided(amounts_seen, rule.number_style):
        return Open.STYLE
    return Open.NOTHING


def _undecided(
    evidence: Evidence[DateOrder] | Evidence[NumberStyle], chosen: DateOrder | NumberStyle | None
) -> bool:
    """Whether nothing is chosen where that is needed, or the values all fit the other choice."""
    if chosen is None:
        return evidence.ambiguous or _torn(evidence)
    return evidence.decided is not None and evidence.decided != chosen


def evidence_of(field: Field, rule: FieldRule, seen: Seen, words: Words) -> str:
    """Say by which values the order of dates or the style of amounts was found, or why it was not."""
    evidence = _dates(field, rule, seen) or _amounts(field, rule, seen)
    return _told(evidence, words) if evidence else ""


def _told(evidence: Evidence[DateOrder] | Evidence[NumberStyle], words: Words) -> str:
    wording = words.wording
    if _torn(evidence):
        return wording.say("mapping.evidence.both")
    if evidence.ambiguous:
        values = {"count": evidence.both, "total": evidence.total}
        return wording.say("mapping.evidence.ambiguous", values)
    if evidence.borrowed_from:
        return wording.say("mapping.evidence.borrowed", column=column_letters(evidence.borrowed_from))
    counts = {str(kind): count for kind, count in (evidence.only or {}).items()}
    count = counts.get(str(evidence.decided), 0)
    if evidence.decided is None or not count:
        return ""
    return wording.say(_EVIDENCE[evidence.decided], count=count, total=evidence.total)


def _torn(evidence: Evidence[DateOrder] | Evidence[NumberStyle]) -> bool:
    return len(evidence.only or {}) > 1


def _dates(field: Field, rule: FieldRule, seen: Seen) -> Evidence[DateOrder] | None:
    known = seen.decisions.dates.get(rule.columns[0]) if field.kind in _DATES and rule.columns else None
    return known if known and known.total else None


def _amounts(field: Field, rule: FieldRule, seen: Seen) -> Evidence[NumberStyle] | None:
    wanted = field.kind is FieldKind.AMOUNT and rule.columns
    known = seen.decisions.numbers.get(rule.columns[0]) if wanted else None
    return known if known and known.total else None


def _order(field: Field, rule: FieldRule, seen: Seen, words: Words) -> Choices | None:
    evidence = _dates(field, rule, seen)
    if evidence is None or not (evidence.both or evidence.only):
        return None
    items = tuple(Choice(order.value, _order_example(order, evidence.examples, words)) for order in DateOrder)
    chosen = rule.date_order or evidence.decided
    return Choices(words("map.order"), items, chosen.value if chosen else "")


def _order_example(order: DateOrder, examples: Iterable[str], words: Words) -> str:
    """A reading with a real value: 'Day first: 03/04/2026 is 2026-04-03'."""
    days = ((text, dates.readings(tidy(text).text).get(order)) for text in examples)
    return _example(f"map.order.{order}", ((text, day.isoformat()) for text, day in days if day), words)


def _style_example(style: NumberStyle, examples: Iterable[str], words: Words) -> str:
    values = ((text, amount.readings(text).get(style)) for text in examples)
    return _example(
        f"map.style.{style}", ((text, f"{value:.2f}") for text, value in values if value is not None), words
    )


def _example(code: str, readings: Iterable[tuple[str, str]], words: Words) -> str:
    """Name a way of reading, with the first value that can be read so and what would be sent."""
    for text, sent in readings:
        return words("map.reads_as", reading=words(code), value=text, sent=sent)
    return words(code)


def _style(field: Field, rule: FieldRule, seen: Seen, words: Words) -> Choices | None:
    evidence = _amounts(field, rule, seen)
    if evidence is None or not (evidence.both or _torn(evidence) or rule.number_style):
        return None
    items = tuple(
        Choice(style.value, _style_example(style, evidence.examples, words)) for style in NumberStyle
    )
    chosen = rule.number_style or evidence.decided
    return Choices(words("map.style"), items, chosen.value if chosen else "")


def _part(field: Field, rule: FieldRule, words: Words) -> Choices | None:
    parts = _PARTS.get(field.key)
    if parts is None or len(rule.columns) != 1:
        return None
    items = tuple(
        Choice(part.value, words(f"map.part.{part.value or 'whole'}")) for part in (Part.WHOLE, *parts)
    )
    return Choices(words("map.part"), items, rule.part.value)


def _joiner(rule: FieldRule, words: Words) -> Choices:
    names = {" ": "blank", ", ": "comma", "-": "dash", "": "nothing"}
    known = (*JOINERS, *(() if rule.joiner in JOINERS else (rule.joiner,)))
    items = tuple(
        Choice(joiner, words(f"map.joiner.{names[joiner]}") if joiner in names else joiner)
        for joiner in known
    )
    return Choices(words("map.joiner"), items, rule.joiner)


def _word(word: Word, words: Words) -> WordLine:
    note = words.wording.say(word.code) if word.code.startswith("left_out.") else ""
    return WordLine(word.text, words("map.rows", count=word.count), word.value, note, word.open)
