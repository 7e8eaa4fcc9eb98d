"""The plan of one mapping on one table: the values of some rows, and where every value came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping.compile import Compiler, is_phone
from rowpost.mapping.converters.phone import phone_in
from rowpost.mapping.debtor_type import debtor_types, or_else
from rowpost.mapping.decisions import Decisions, decide
from rowpost.mapping.document import Mapping
from rowpost.mapping.leaves import ColumnLeaf, Leaf
from rowpost.mapping.priced import in_currency
from rowpost.mapping.results import Converted, Flawed, plain
from rowpost.mapping.shape import Node
from rowpost.mapping.source_id import source_id_maker
from rowpost.mapping.targets import find
from rowpost.mapping.zeros import Zeros
from rowpost.model.cells import CellRef
from rowpost.model.drafts import PlacedFlaw
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

SOURCE_ID, INVOICE_NUMBER, CURRENCY = "uniqueSourceInvoiceId", "invoiceNumber", "currency"
_NOTHING = (None,)  # what a leaf says that is not mapped
_DEBTOR = re.compile(r"debtors\[[0-9]+\]")
_FURTHER_CLAIM = re.compile(r"claims\[[1-9][0-9]*\]\.remainingAmount")
_SLOT = re.compile(r"(\w+)\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: `organization_id` as the agency issued it; `country` is where the creditor is at home."""

    organization_id: str = ""
    country: str = "NO"


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows from `first` on: their payloads, their flaws by row, and the values of every leaf."""

    first: int
    payloads: list[dict[str, Any]]
    flaws: dict[int, list[PlacedFlaw]]
    values: dict[str, list[Any]]


class Plan:
    """A mapping, compiled for one table. Knows the origin of every leaf without storing any.

    `decisions` are those of an earlier plan for the same sheet, where there is one.
    """

    def __init__(
        self,
        table: Table,
        layout: Layout,
        mapping: Mapping,
        catalog: Catalog,
        sender: Sender | None = None,
        decisions: Decisions | None = None,
    ) -> None:
        sender = sender or Sender()
        self.table, self.mapping, self.catalog = table, mapping, catalog
        self.decisions = decisions or decide(table, layout, mapping, catalog)
        fixed = mapping.rule(CURRENCY)
        currency = (fixed.constant if fixed else None) or ""
        compiler = Compiler(table, catalog, self.decisions, sender.country, currency)
        self.leaves: dict[str, Leaf] = compiler.leaves(mapping)
        self._otherwise = compiler.otherwise(mapping)
        self._is_amount = {
            path: catalog.field(leaf.target.key).kind is FieldKind.AMOUNT
            for path, leaf in self.leaves.items()
        }
        self._zeros = {path: self._zeros_of(leaf, sender) for path, leaf in self.leaves.items()}
        # a fee of 0 beside the principal says that there is none
        self._further_claims = {path for path in self.leaves if _FURTHER_CLAIM.fullmatch(path)}
        self._phones = [path for path, leaf in self.leaves.items() if is_phone(leaf.target)]
        self._home = sender.country
        self._derive_id = source_id_maker(sender.organization_id)
        self._debtors = self._all_debtors()
        self._root, self._places = self._shape()
        self._fixed_columns: dict[str, tuple[int, ...]] = {}

    def block(self, first: int, last: int) -> Block:
        """Convert and nest Excel's rows `first` to `last`."""
        count = last - first + 1
        flaws: dict[int, list[PlacedFlaw]] = {}
        raw = {path: leaf.block(first, last) for path, leaf in self.leaves.items()}
        values = self._plain(raw, first, flaws)
        self._derive(raw, values, count)
        payloads = self._root.objects([values[path] for path in self._places], count)
        return Block(first, [payload or {} for payload in payloads], flaws, values)

    def some(self, paths: Iterable[str], first: int, last: int) -> dict[str, list[Any]]:
        """Return the values of some leaves only, as they are sent; a leaf that is not mapped is not there."""
        wanted = {path for path in paths if path in self.leaves}
        beside = {path for path in self.leaves if path.endswith((".countryCode", CURRENCY))}
        raw = {path: self.leaves[path].block(first, last) for path in wanted | beside}
        return self._plain(raw, first, {})

    def _plain(
        self, raw: dict[str, list[Converted]], first: int, flaws: dict[int, list[PlacedFlaw]]
    ) -> dict[str, list[Any]]:
        """Settle what is unproved, and move what there is to say about the values to `flaws`."""
        values: dict[str, list[Any]] = {}
        for path, found in raw.items():
            leaf = self.leaves[path]
            if leaf.odd:
                raw[path] = self._settled(path, raw)
                values[path] = _without_flaws(raw[path], leaf, first, flaws)
            else:
                values[path] = found
            if path in self._further_claims:
                values[path] = [amount or None for amount in values[path]]
        for path in self._phones:
            if path in values:
                self._call_from_home(values, path)
        return values

    def _call_from_home(self, values: dict[str, list[Any]], path: str) -> None:
        """Read phone numbers without a country code as those of the debtor's country, where a row says it."""
        debtor, _, _ = path.partition(".")
        countries = values.get(f"{debtor}.addresses[0].countryCode")
        if countries:
            values[path] = [
                phone_in(country, phone) if phone and country and country != self._home else phone
                for phone, country in zip(values[path], countries, strict=True)
            ]

    def cells(self, rows: Sequence[int], path: str) -> tuple[CellRef, ...]:
        """Return the cells behind a leaf of the first row; () where no cell made it."""
        return tuple(self.table.ref(rows[0], column) for column in self._columns(rows[0], path))

    def place(self, rows: Sequence[int], path: str) -> tuple[int, int]:
        """Return row and column of the first cell behind a leaf; column 0 where there is none."""
        columns = self._columns(rows[0], path)
        return rows[0], columns[0] if columns else 0

    def _columns(self, row: int, path: str) -> tuple[int, ...]:
        """The columns of a leaf; only where a list has several slots do they differ from row to row."""
        columns = self._fixed_columns.get(path)
        if columns is None:
            leaf = self._leaf(self._slot_path(row, path))
            columns = leaf.columns if leaf else ()
            if not self._slots_vary(path):
                self._fixed_columns[path] = columns
        return columns

    def read(self, path: str, text: str) -> Converted:
        """Return what a text would become in the one column behind a leaf; None where there is none."""
        leaf = self.leaves.get(path)
        return leaf.reader.read(text) if isinstance(leaf, ColumnLeaf) else None

    def number(self, row: int) -> str:
        """Return the invoice number of a row as it is sent, '' where it has none."""
        leaf = self.leaves.get(INVOICE_NUMBER)
        found = plain(leaf.block(row, row)[0]) if leaf else None
        return found if isinstance(found, str) else ""

    def is_blank(self, row: int) -> bool:
        """Whether columns are mapped, and no such cell of the row holds anything."""
        mapped = [leaf for leaf in self.leaves.values() if leaf.columns]
        return bool(mapped) and all(leaf.block(row, row)[0] is None for leaf in mapped)

    def _leaf(self, path: str) -> Leaf | None:
        found = self.leaves.get(path) or self.leaves.get(path.rpartition(".")[0])
        if found is None and path == SOURCE_ID:
            return self.leaves.get(INVOICE_NUMBER)
        return found

    def _slot_path(self, row: int, path: str) -> str:
        """Turn an entry of a list as it is sent into the slot of the mapping that made it."""
        node, done = self._root, ""
        for name, entry in _SLOT.findall(path):
            slots = node.lists.get(name, {})
            slot = int(entry)
            there = self._there(row, slots) if len(slots) > 1 else sorted(slots)
            slot = there[slot] if slot < len(there) else slot
            done += f"{name}[{slot}]."
            node = slots.get(slot, Node())
        return done + path.rpartition("].")[2] if done else path

    def _slots_vary(self, path: str) -> bool:
        node = self._root
        for name, entry in _SLOT.findall(path):
            slots = node.lists.get(name, {})
            if len(slots) > 1:
                return True
            node = slots.get(int(entry), Node())
        return False

    def _there(self, row: int, slots: dict[int, Node]) -> list[int]:
        values = self.block(row, row).values
        block = [values[path] for path in self._places]
        return [slot for slot, node in sorted(slots.items()) if node.objects(block, 1)[0] is not None]

    def _settled(self, path: str, raw: dict[str, list[Converted]]) -> list[Converted]:
        if self._is_amount[path]:
            return in_currency(self.leaves[path].target, raw[path], raw.get(CURRENCY))
        zeros = self._zeros[path]
        if zeros is None:
            return raw[path]
        debtor = _DEBTOR.match(path)
        country = raw.get(f"{debtor[0]}.addresses[0].countryCode") if debtor else None
        return zeros.settle(raw[path], country)

    def _zeros_of(self, leaf: Leaf, sender: Sender) -> Zeros | None:
        lengths = self.catalog.field(leaf.target.key).lengths
        return Zeros(leaf.target, lengths, sender.country) if lengths else None

    def _derive(self, raw: dict[str, list[Converted]], values: dict[str, list[Any]], count: int) -> None:
        """Make what the sheet does not say, or not in every row: types of debtors, and keys."""
        for debtor in self._debtors:
            path, start = f"{debtor}.type", f"{debtor}."
            if None in raw.get(path, _NOTHING):
                own = {
                    name.removeprefix(start): found for name, found in raw.items() if name.startswith(start)
                }
                told = debtor_types(own, count)
                if word := self._otherwise.get(path):
                    cells = [found for name, found in own.items() if self.leaves[start + name].columns]
                    told = or_else(told, word, cells)
                _fill(values, raw, path, told)
        if None in raw.get(SOURCE_ID, _NOTHING):
            numbers = values.get(INVOICE_NUMBER) or [None] * count
            derive = self._derive_id
            _fill(values, raw, SOURCE_ID, [number and derive(number) for number in numbers])

    def _all_debtors(self) -> tuple[str, ...]:
        found = [_DEBTOR.match(path) for path in ("debtors[0]", *self.leaves)]
        return tuple(dict.fromkeys(debtor[0] for debtor in found if debtor))

    def _shape(self) -> tuple[Node, tuple[str, ...]]:
        """Make the tree of the payload; constants and types alone make no entry of a list."""
        root = Node(always=True)
        for path in ("debtors[0]", "claims[0]"):
            root.reach(path)[0].always = True
        paths = [*self.leaves, *(f"{debtor}.type" for debtor in self._debtors), SOURCE_ID]
        places = tuple(dict.fromkeys(paths))
        for place, path in enumerate(places):
            self._plant(root, path, place)
        for rule in self.mapping.rules:
            for path, word in find(self.catalog, rule.field)[0].sets.items():
                if path not in places:
                    node, name = root.reach(path)
                    node.fixed[name] = word
        return root, places

    def _plant(self, root: Node, path: str, place: int) -> None:
        node, name = root.reach(path)
        leaf = self.leaves.get(path)
        if not name:
            node.whole = place
        elif leaf is not None and not leaf.columns and node is not root:
            node.fixed[name] = leaf.block(1, 1)[0]
        else:
            node.leaves[name] = place


def _fill(
    values: dict[str, list[Any]], raw: dict[str, list[Converted]], path: str, derived: list[str | None]
) -> None:
    """Take derived values where the row's cell is empty; a cell that cannot be used stays a gap."""
    if path not in raw:
        values[path] = derived
        return
    values[path] = [
        made if cell is None else value
        for made, cell, value in zip(derived, raw[path], values[path], strict=True)
    ]


def _without_flaws(
    found: list[Converted], leaf: Leaf, first: int, flaws: dict[int, list[PlacedFlaw]]
) -> list[Any]:
    """Move what there is to say about the values to `flaws`; return the values as they are sent."""
    plain: list[Any] = list(found)
    column = leaf.columns[0]
    for place, value in enumerate(found):
        if type(value) is Flawed:
            plain[place] = value.value
            flaws.setdefault(first + place, []).append(PlacedFlaw(first + place, column, value.flaw))
    return plain
