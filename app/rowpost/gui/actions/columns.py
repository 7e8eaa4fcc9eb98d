"""Map: say which column is which field, and how its values are read. Every deed can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QUndoStack

from rowpost.catalog import FieldKind
from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.background import Job
from rowpost.gui.state import Step
from rowpost.gui.views.map_lines import further_debtors
from rowpost.gui.views.map_questions import ROWS_ARE_INVOICES
from rowpost.gui.words import Words
from rowpost.mapping import (
    DEBTOR_TYPE,
    DateOrder,
    FieldRule,
    Grouping,
    GroupKind,
    Mapping,
    NumberStyle,
    Part,
    Seen,
    refuse_unfit,
    taken_back,
)
from rowpost.mapping.targets import find
from rowpost.model.cells import column_letters
from rowpost.model.problems import Value
from rowpost.model.trouble import Trouble

_LANE = "map"
_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
Said = tuple[Mapping, frozenset[str]]  # the mapping, and what was said beside it


class ColumnDeeds:
    """What can be done with the fields of the Map page."""

    def __init__(self, desk: Desk, undo: QUndoStack, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._undo = undo
        self._words = words
        self._looking: Job | None = None
        self._looked_at: tuple[object, ...] = ()
        self._remembered: Mapping | None = None
        desk.store.changed.connect(self._look)
        desk.store.changed.connect(self._remember)

    # -- Seeing ------------------------------------------------------------------------------

    def _look(self) -> None:
        """Look at the sheet through the mapping in the background, whoever has changed either."""
        state = self._desk.state
        opened, mapping = state.opened, state.mapping
        if opened is None or mapping is None or (state.seen is not None and state.step is not Step.MAP):
            return
        wanted = (opened, mapping, state.edits)
        if len(self._looked_at) == len(wanted) and all(map(_same, self._looked_at, wanted)):
            return
        self._looked_at = wanted
        if self._looking is not None:
            self._looking.stop()
        session = self._desk.session
        edited = replace(opened, table=opened.table.with_edits(state.edits))

        def done(seen: Seen) -> None:
            if self._desk.state.mapping is mapping:
                self._desk.store.update(seen=seen)

        self._looking = self._desk.quietly(
            lambda stop, _told: session.see(edited, mapping, stop=stop), done, lane=_LANE
        )

    def _remember(self) -> None:
        """Keep what words stand for, once a person has had the rows judged by it."""
        state, session = self._desk.state, self._desk.session
        mapping, target = state.mapping, state.target
        if state.assessment is None or mapping is None or mapping is self._remembered:
            return
        self._remembered = mapping
        if any(rule.values for rule in mapping.rules):
            self._desk.quietly(
                lambda _stop, _told: session.remember_words(mapping, target), lambda _: None, lane=_LANE
            )

    # -- Where a field comes from ------------------------------------------------------------

    def choose_column(self, key: str, column: int) -> None:
        """Take a field from a column; 0: from nowhere."""
        if column <= 0:
            self._change(self._called("no_column", key), lambda mapping: mapping.without(key))
        else:
            self.choose_fields([key], column)

    def choose_fields(self, keys: Sequence[str], column: int) -> None:
        """Take several fields from one column, in one step of undo."""
        rules = [FieldRule(key, columns=(column,)) for key in keys]
        called = self._called("column", *keys, letters=column_letters(column))
        self._change(called, lambda mapping: mapping.with_rules(rules))

    def choose_constant(self, key: str, text: str) -> None:
        """Take the same value for every row; amounts in another currency stay what they are."""
        catalog, session = self._desk.session.catalog, self._desk.session
        try:
            refuse_unfit(catalog, key, text)
        except Trouble as trouble:
            self._desk.fail(trouble)
            return
        called = self._called("constant", key, value=self._words().wording.option(key, text))
        self._change(called, lambda mapping: session.with_constants(mapping, {key: text}))

    def join(self, key: str, column: int) -> None:
        """Append another column to a field."""
        self._replace("joined", key, lambda rule: {"columns": (*rule.columns, column)})

    def part_from(self, key: str, column: int) -> None:
        """Take a column out of a field that is made of several."""
        self._replace(
            "joined", key, lambda rule: {"columns": tuple(one for one in rule.columns if one != column)}
        )

    def choose_joiner(self, key: str, joiner: str) -> None:
        """Say what stands between columns that are put together."""
        self._replace("joined", key, lambda _: {"joiner": joiner})

    def choose_part(self, key: str, part: str) -> None:
        """Take only one part of what the column holds."""
        self._replace("read", key, lambda _: {"part": Part(part)})

    # -- How its values are read -------------------------------------------------------------

    def choose_order(self, key: str, order: str) -> None:
        """Read the dates of a field day first or month first, and all others that are as open."""
        called = self._called("read", key)
        self._change(called, lambda mapping: mapping.with_rules(self._orders(mapping, key, DateOrder(order))))

    def _orders(self, mapping: Mapping, key: str, order: DateOrder) -> Iterable[FieldRule]:
        seen, catalog = self._desk.state.seen, self._desk.session.catalog
        known = seen.decisions.dates if seen else {}
        for rule in mapping.rules:
            evidence = known.get(rule.columns[0]) if rule.columns else None
            is_open = rule.date_order is None and evidence is not None and evidence.ambiguous
            if rule.field == key or (is_open and find(catalog, rule.field)[0].kind in _DATES):
                yield replace(rule, date_order=order)

    def choose_style(self, key: str, style: str) -> None:
        """Read written amounts with a decimal comma or a decimal point."""
        self._replace("read", key, lambda _: {"number_style": NumberStyle(style)})

    def choose_word(self, key: str, word: str, value: str) -> None:
        """Say what a word of the column stands for; '': nothing."""

        def change(rule: FieldRule) -> dict[str, Any]:
            values = {known: wire for known, wire in rule.values.items() if known != word}
            return {"values": {**values, word: value} if value else values}

        self._replace("word", key, change, word=word)

    def choose_default(self, key: str, text: str) -> None:
        """Say what stands where the cell is empty; '': nothing."""
        try:
            if text:
                refuse_unfit(self._desk.session.catalog, key, text)
        except Trouble as trouble:
            self._desk.fail(trouble)
            return
        self._replace("empty", key, lambda _: {"default": text})

    def choose_otherwise(self, word: str) -> None:
        """Say what debtors are whom nothing tells to be persons or companies; '': ask row by row."""
        session = self._desk.session

        def change(mapping: Mapping) -> Mapping:
            if word:
                return session.with_constants(mapping, {f"{DEBTOR_TYPE}.otherwise": word})
            rule = mapping.rule(DEBTOR_TYPE)
            if rule is None or not rule.columns:
                return mapping.without(DEBTOR_TYPE)
            return mapping.with_rules([replace(rule, default="")])

        self._change(self._called("otherwise"), change)

    def choose_prefix(self, key: str, text: str) -> None:
        """Take a beginning off every value."""
        self._replace("read", key, lambda _: {"strip_prefix": text})

    # -- What rows are -----------------------------------------------------------------------

    def choose_groups(self, kind: str, by: str = "") -> None:
        """Say what rows with the same value of the field `by` are; '': each is an invoice."""
        chosen = GroupKind(kind)
        mark = frozenset() if chosen else frozenset({ROWS_ARE_INVOICES})

        def change(mapping: Mapping) -> Mapping:
            grouping = Grouping(chosen, by or mapping.grouping.by, chosen is GroupKind.NONE)
            return mapping if grouping == mapping.grouping else replace(mapping, grouping=grouping)

        self._change(self._called("groups"), change, mark)

    # -- What is asked -----------------------------------------------------------------------

    def settle(self, mark: str, name: str = "settled") -> None:
        """Let a question go."""
        self._change(self._called(name), lambda mapping: mapping, frozenset({mark}))

    def add_debtor(self) -> None:
        """Show the fields of one more debtor."""
        state = self._desk.state
        if state.mapping is not None:
            known = further_debtors(state.mapping, state.marks)
            self.settle(f"debtor:{max(known, default=0) + 1}", "debtor")

    def accept_renamed(self, before: str) -> None:
        """Say that a column of the saved mapping has another name now."""
        state = self._desk.state
        found = state.suggestion
        if found is None or found.saved is None or state.opened is None:
            return
        saved, layout = found.saved, state.opened.layout
        marks = {*state.marks, f"renamed:{before}"}
        pairs = [pair for pair in found.difference.renamed if f"renamed:{pair.before}" in marks]
        after = next((pair.after for pair in pairs if pair.before == before), "")
        self._change(
            self._called("renamed", before=before, after=after),
            lambda mapping: taken_back(mapping, saved, pairs, layout),
            frozenset({f"renamed:{before}"}),
        )

    # -- Changing ----------------------------------------------------------------------------

    def _called(self, name: str, *keys: str, **values: Value) -> str:
        """What Undo calls a change of these fields."""
        words, catalog = self._words(), self._desk.session.catalog
        labels = ", ".join(words.label(find(catalog, key)[0]) for key in keys)
        return words(f"undo.map.{name}", **values, label=labels)

    def _replace(
        self, name: str, key: str, changed: Callable[[FieldRule], dict[str, Any]], **values: Value
    ) -> None:
        def change(mapping: Mapping) -> Mapping:
            rule = mapping.rule(key)
            return mapping if rule is None else mapping.with_rules([replace(rule, **changed(rule))])

        self._change(self._called(name, key, **values), change)

    def _change(
        self, called: str, change: Callable[[Mapping], Mapping], marks: frozenset[str] = frozenset()
    ) -> None:
        """Change the mapping in one step of undo, which is called so."""
        state = self._desk.state
        if state.mapping is None:
            return
        before, after = (state.mapping, state.marks), (change(state.mapping), state.marks | marks)
        if after != before:
            self._undo.push(Swap(called, before, after, self._put))

    def _put(self, said: Said) -> None:
        mapping, marks = said
        changes: dict[str, Any] = {"marks": marks}
        if mapping is not self._desk.state.mapping:
            changes |= {"mapping": mapping, "assessment": None, "index": None, "result": None}
        self._desk.store.update(**changes)


def _same(one: object, other: object) -> bool:
    return one is other
