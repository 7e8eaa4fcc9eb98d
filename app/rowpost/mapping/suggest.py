"""Which column becomes which field: suggested with a reason and a confidence, or asked."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import replace
from difflib import SequenceMatcher
from types import MappingProxyType

from rowpost.catalog import Catalog, Field, FieldKind, KnownHeading, fold, known_headings
from rowpost.mapping.constants import with_constants
from rowpost.mapping.converters.words import known_words
from rowpost.mapping.document import SURE, FieldRule, Mapping, Part, Question
from rowpost.mapping.shapes import ColumnShape, contradicts, looks_like, shape_of, words_of
from rowpost.mapping.targets import find
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

NO_CONSTANTS: ReadOnlyMapping[str, str] = MappingProxyType({})
_PARTS = {
    "zipCode": Part.ZIP_CODE,
    "city": Part.CITY,
    "organizationNumber": Part.ORGANIZATION,
    "identificationNumber": Part.PERSON,
}
_LOOKS_LIKE = {
    "email": "mapping.reason.looks_like_email",
    "organizationNumber": "mapping.reason.looks_like_organization",
    "identificationNumber": "mapping.reason.looks_like_person",
}
_LABEL, _ALIAS, _WITHOUT_BRACKETS, _GIVES_WAY = 100, 95, 90, 85  # confidence, in percent, by name
_TELLING = 3  # letters of a word that is no mere initial
_CLOSE = 0.86  # of 1: two letters apart in a long word
_ONE_TO_ONE = frozenset({FieldKind.AMOUNT, FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.IDENTIFIER})
_CURRENCY, _ROWS = "currency", 500  # rows whose currency is looked at
_YES_AND_NO = 2  # different values that a flag can have
_WHOLE, _REMAINING = "originalInvoiceAmount", "remainingAmount"
_DAY, _MOST_DATES = "invoiceDate", 0.8
_FIRST_DEBTOR = "debtors[0]"
_ANOTHER_DEBTOR = re.compile(r"([^\W\d]+)[ .]*([2-9])[ .:_-]*(\D+)")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]|\*")


def suggest(
    table: Table, layout: Layout, catalog: Catalog, *, constants: ReadOnlyMapping[str, str] = NO_CONSTANTS
) -> Mapping:
    """Suggest a mapping for this sheet; `constants` hold for every row (field key or path -> text).

    Known headings are taken where the values do not contradict them; close spellings of money,
    dates and identifiers, and columns known by their values alone, are only proposed (`unsure`).
    Two columns for one such field become questions. Trouble for a constant that no field has.
    """
    finder = _Finder(table, layout, catalog)
    questions, proposals = finder.look()
    rules, unsure, doubles = _settle(proposals, catalog)
    taken = {rule.field for rule in rules}
    asked = (*questions, *finder.questions(doubles, taken))
    mapping = Mapping(
        kind=catalog.kind,
        headings=layout.headings,
        rules=rules,
        unsure=tuple(rule for rule in unsure if rule.field not in taken),
        questions=tuple(sorted(asked, key=lambda question: question.column)),
    )
    return with_constants(mapping, constants, catalog)


class _Finder:
    """Looks at every column of one sheet."""

    def __init__(self, table: Table, layout: Layout, catalog: Catalog) -> None:
        self._table, self._layout, self._catalog = table, layout, catalog
        self._known = _all_names(catalog)
        lists = (field for field in catalog.fields if field.kind is FieldKind.ENUM)
        self._words = {field.key: known_words(field).keys() for field in lists}
        self._currencies = known_words(catalog.field(_CURRENCY))
        self._harmless = frozenset(map(fold, catalog.markers.get("gross", ())))

    def look(self) -> tuple[list[Question], list[FieldRule]]:
        """Return what must be asked, and a proposal for every column that can be told."""
        questions: list[Question] = []
        proposals: list[FieldRule] = []
        for column, heading in enumerate(self._layout.headings, 1):
            forms = _forms(heading)
            if any(form in self._catalog.never for form in forms):
                continue
            asked = next((self._catalog.ask[form] for form in forms if form in self._catalog.ask), None)
            if asked:
                questions.append(Question(column, heading, asked, "mapping.ask.ambiguous_amount"))
            else:
                proposals += self._proposals(column, heading, forms)
        return questions, proposals

    def questions(self, doubles: Iterable[FieldRule], taken: Container[str]) -> Iterator[Question]:
        """Ask about columns of which only one can be the field; `taken` are fields that have their column."""
        for rule in doubles:
            column = rule.columns[0]
            heading = self._layout.headings[column - 1]
            yield Question(column, heading, _could_be(rule.field, taken), "mapping.ask.two_columns")

    def _proposals(self, column: int, heading: str, forms: Sequence[str]) -> Iterator[FieldRule]:
        split = next((self._catalog.split[form] for form in forms if form in self._catalog.split), ())
        for key in split:
            yield FieldRule(
                key, (column,), part=_PARTS[key], reason="mapping.reason.holds_two", confidence=_GIVES_WAY
            )
        if split:
            return
        shape = shape_of(self._table, column, self._layout)
        found = (
            self._by_name(column, forms)
            or self._of_another_debtor(column, heading)
            or self._by_spelling(column, forms)
        )
        if found:
            yield self._weighed(found, heading, shape)
        elif self._is_some_day(forms, shape):
            yield FieldRule(_DAY, (column,), reason="mapping.reason.looks_like_date", confidence=70)
        elif key := looks_like(shape):
            yield FieldRule(key, (column,), reason=_LOOKS_LIKE[key], confidence=70)
        elif key := self._by_words(column):
            yield FieldRule(key, (column,), reason="mapping.reason.looks_like_words", confidence=70)

    def _weighed(self, found: FieldRule, heading: str, shape: ColumnShape) -> FieldRule:
        """The rule as it is, or only as a proposal where values or the heading itself speak against it."""
        field = find(self._catalog, found.field)[0]
        contradicted = self._is_something_else(heading, field, shape)
        doubt = "mapping.reason.values_contradict" if contradicted else self._doubt(heading, field)
        return replace(found, confidence=SURE // 2, reason=doubt) if doubt else found

    def _doubt(self, heading: str, field: Field) -> str:
        """Why an amount may not be what its name says: "(eks. mva)", or "(NOK)" where rows are in EUR."""
        said = fold(" ".join(_IN_BRACKETS.findall(heading)))
        if field.kind is not FieldKind.AMOUNT or not said or said in self._harmless:
            return ""
        code = self._currencies.get(said)
        if code is None:
            return "mapping.reason.says_more"
        return "mapping.reason.other_currency" if self._codes_of_rows() - {code} else ""

    def _codes_of_rows(self) -> set[str]:
        """The currencies that the first rows name in a column of their own."""
        headings = enumerate(self._layout.headings, 1)
        columns = [column for column, heading in headings if self._names_currency(heading)]
        rows = range(self._layout.first_row, min(self._layout.last_row, self._layout.first_row + _ROWS) + 1)
        words = {fold(self._table.cell(row, column).stored) for row in rows for column in columns}
        return {code for word in words if (code := self._currencies.get(word))}

    def _names_currency(self, heading: str) -> bool:
        known = self._known.get(fold(heading))
        return known is not None and known.key == _CURRENCY

    def _is_something_else(self, heading: str, field: Field, shape: ColumnShape) -> bool:
        """Whether the values cannot be this field's; a percentage is no amount of money."""
        if field.kind is FieldKind.BOOLEAN:
            return shape.share("amount") > 1 / 2 and shape.different > _YES_AND_NO
        return contradicts(field, shape) or (field.kind is FieldKind.AMOUNT and "%" in heading)

    def _is_some_day(self, forms: Sequence[str], shape: ColumnShape) -> bool:
        """Whether this is a 'Dato' that says no more: most often the invoice's."""
        names = {fold(word) for word in self._catalog.markers.get("date", ())}
        return shape.share("date") > _MOST_DATES and not names.isdisjoint(forms)

    def _by_name(self, column: int, forms: Sequence[str]) -> FieldRule | None:
        """Take a name that is known; spelling counts for nothing: 'FAKTURANR.' is as good as 'Fakturanr'."""
        for form, confidence in zip(forms, (_ALIAS, _WITHOUT_BRACKETS), strict=False):
            known = self._known.get(form)
            if known and known.is_vague:
                return FieldRule(known.key, (column,), reason=_known_name(known), confidence=_GIVES_WAY)
            if known and known.is_label and confidence == _ALIAS:
                return FieldRule(
                    known.key, (column,), reason="mapping.reason.same_heading", confidence=_LABEL
                )
            if known:
                return FieldRule(known.key, (column,), reason=_known_name(known), confidence=confidence)
        return None

    def _by_words(self, column: int) -> str:
        """Tell the one list of words that all cells are taken from: 'Privat', 'Firma'; '' for none."""
        words = words_of(self._table, column, self._layout)
        if max(map(len, words), default=0) < _TELLING:
            return ""
        found = [key for key, known in self._words.items() if words <= known]
        return found[0] if len(found) == 1 else ""

    def _of_another_debtor(self, column: int, heading: str) -> FieldRule | None:
        """Tell 'Debitor 2 navn': a debtor's word, its number, and the name of one of its fields."""
        named = _ANOTHER_DEBTOR.fullmatch(heading.strip())
        known = self._known.get(fold(named[3])) if named else None
        if not (named and known and fold(named[1]) in map(fold, self._catalog.markers.get("debtor", ()))):
            return None
        path = self._catalog.field(known.key).path
        if not path.startswith(_FIRST_DEBTOR):
            return None
        field = path.replace(_FIRST_DEBTOR, f"debtors[{int(named[2]) - 1}]", 1)
        return FieldRule(field, (column,), reason=_known_name(known), confidence=90)

    def _by_spelling(self, column: int, forms: Sequence[str]) -> FieldRule | None:
        """Take the one closest name, unless a look-alike or an ambiguous name is as close."""
        form = forms[-1] if forms else ""
        if len(form) < 5:
            return None
        others = (*self._catalog.never, *self._catalog.ask, *self._catalog.split)
        ratio, name = max((_likeness(form, name), name) for name in (*self._known, *others))
        if ratio < _CLOSE or name not in self._known or _digits(form) != _digits(name):
            return None
        key = self._known[name].key
        is_text = self._catalog.field(key).kind not in _ONE_TO_ONE
        return FieldRule(
            key, (column,), reason="mapping.reason.close_spelling", confidence=85 if is_text else 70
        )


def _settle(
    proposals: Sequence[FieldRule], catalog: Catalog
) -> tuple[tuple[FieldRule, ...], list[FieldRule], list[FieldRule]]:
    """Sort proposals into those taken, those to look at, and columns that compete for one field."""
    taken: dict[str, FieldRule] = {}
    doubles: list[FieldRule] = []
    unsure = [rule for rule in proposals if rule.confidence < SURE]
    for key in dict.fromkeys(rule.field for rule in proposals if rule.confidence >= SURE):
        rivals = sorted(
            (rule for rule in proposals if rule.field == key and rule.confidence >= SURE),
            key=lambda rule: -rule.confidence,
        )
        named = [rule for rule in rivals if rule.confidence > _GIVES_WAY] or rivals
        if len(named) > 1 and find(catalog, key)[0].kind in _ONE_TO_ONE:
            doubles += named
        else:
            taken[key] = named[0]
    return tuple(taken.values()), unsure, doubles


def _could_be(field: str, taken: Container[str]) -> tuple[str, ...]:
    """Of two columns for the whole invoice one may be what remains of it, where nothing else is."""
    return (field, _REMAINING) if field == _WHOLE and _REMAINING not in taken else (field,)


def _all_names(catalog: Catalog) -> dict[str, KnownHeading]:
    """Every folded name of a field: labels and aliases first, then its key and path."""
    names = dict(known_headings(catalog))
    for field in catalog.fields:
        for name in (field.key, field.path):
            names.setdefault(fold(name), KnownHeading(field.key, (), (name,)))
    return names


def _forms(heading: str) -> tuple[str, ...]:
    """The heading folded as it stands, and without what stands in brackets ('Restbeløp (NOK)')."""
    forms = (fold(heading), fold(_IN_BRACKETS.sub(" ", heading)))
    return tuple(dict.fromkeys(form for form in forms if form))


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 3:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _CLOSE else 0.0


def _digits(form: str) -> str:
    """The digits of a heading: 'Navn 2' is no spelling of 'Navn'."""
    return "".join(letter for letter in form if letter.isdigit())


def _known_name(known: KnownHeading) -> str:
    alone = len(known.languages) == 1
    return f"mapping.reason.known_name.{known.languages[0]}" if alone else "mapping.reason.known_name"
