"""The side that prepares: a workbook is read, mapped and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.session import diary, mappings, own_copies, word_memory
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.intake import IntakeRules
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.mapping import Seen
    from rowpost.model.assessment import Assessment
    from rowpost.model.problems import Problem
    from rowpost.model.settings import CheckSettings
    from rowpost.session.corrected import Corrections
    from rowpost.session.review import Review
    from rowpost.session.suggesting import Suggestion

# The sample's dates are fixed. It is judged as of this day, so that the practice run never grows old.
SAMPLE_DAY = date(2026, 11, 21)
ANEW = "-"  # in the place of a saved mapping's name: use none of them


class Preparing(Side):
    """From a file to an assessment."""

    def make_ready(self) -> None:
        """Load what comes after reading, and open the ledger: for callers that wait for the reader anyway."""
        import rowpost.intake
        import rowpost.session.known  # noqa: F401 - that they are loaded is all

        _ = self.memory

    def open(
        self,
        path: Path,
        reading: Reading | None = None,
        *,
        password: str | None = None,
        stop: StopToken,
        progress: OnProgress,
    ) -> Opened:
        """Read a workbook in a child process; one that this program has written is recognised."""
        from rowpost.sheets import Limits, open_workbook

        how = reading or Reading()
        rules = self.settings.reading
        read = partial(
            open_workbook,
            path,
            catalog=self.catalog,
            password=password,
            limits=Limits(rules.child_memory_mib << 20, rules.child_seconds),
            stop=stop,
            progress=progress if self._apart is None else self._apart.beside(path, progress),
        )
        opened = read(how)
        meant = own_copies.sheet_meant(opened, how)
        book = own_copies.told(read(meant) if meant else opened)
        diary.opened(self.log, book)
        return book

    def corrections(
        self, path: Path, opened: Opened, reading: Reading, *, stop: StopToken, progress: OnProgress
    ) -> Corrections | None:
        """What was corrected in a problem workbook made from this sheet; None if the file is none.

        Trouble if rows or columns have moved in it.
        """
        from rowpost.session.corrected import corrections, is_copy_of

        if not is_copy_of(path, opened):
            return None
        meant = replace(reading, sheet=opened.table.sheet, header_row=opened.layout.header_row)
        return corrections(opened, self.open(path, meant, stop=stop, progress=progress))

    def preview(
        self, path: Path, reading: Reading | None = None, *, password: str | None = None, stop: StopToken
    ) -> Opened:
        """Read only the first rows, quickly however long the file is."""
        from rowpost.sheets import preview

        return preview(path, reading or Reading(), self.catalog, password=password, stop=stop)

    def suggest(self, opened: Opened, saved: str = "", columns: Sequence[tuple[str, str]] = ()) -> Suggestion:
        """Return the mapping saved under that name or in that file, moved to this sheet.

        Without a name: the saved mapping that knows these headings, else what they suggest; with
        '-' only what they suggest. `columns` are a person's own choices: field, heading or letters.
        """
        from rowpost.session import suggesting

        reading = self.settings.reading
        if saved == ANEW:
            return self.about(opened, suggesting.suggestion, (), reading, columns)
        if saved:
            return self.about(opened, suggesting.fitted, self.load_mapping(saved), reading, columns)
        known, unreadable = mappings.load_all(self._parts.places.mappings)
        found = self.about(opened, suggesting.suggestion, known, reading, columns)
        return replace(found, facts=(*unreadable, *found.facts))

    def see(self, opened: Opened, mapping: ColumnMapping, *, stop: StopToken | None = None) -> Seen:
        """Look at the sheet, edits and all, through a mapping. Trouble where it does not fit the catalog."""
        from rowpost.mapping import see_sheet

        return replace(self.about(opened, see_sheet, mapping, stop=stop), mapping=mapping)

    def with_constants(self, mapping: ColumnMapping, constants: Mapping[str, str]) -> ColumnMapping:
        """Give fields the same value in all rows."""
        from rowpost.mapping import with_constants

        return with_constants(mapping, constants, self.catalog)

    def assess(
        self,
        opened: Opened,
        mapping: ColumnMapping,
        target: Target,
        *,
        include_hidden: bool | None = None,
        in_child: bool = True,
        stop: StopToken,
        progress: OnProgress,
    ) -> Assessment:
        """Map, build and check every row; in a child process unless there is no window to keep alive."""
        if in_child:
            from rowpost.intake import assess_in_child as do
        else:
            from rowpost.intake import assess_by_two as do
        rules = self.rules(opened, target, include_hidden=include_hidden)
        return do(opened.table, opened.layout, mapping, self.catalog, rules, stop=stop, progress=progress)

    def runs_like(self, opened: Opened, assessment: Assessment, target: Target) -> tuple[Problem, ...]:
        """Tell of earlier runs of this organisation with the same content or the same totals."""
        from rowpost.session import earlier, known

        ledger = self.memory.ledger
        who = (target.environment, target.organization_id)
        return earlier.runs_like(
            opened, assessment, target, ledger.runs(), lambda: known.Known.of(ledger.all_claims(*who))
        )

    def review(
        self,
        opened: Opened,
        mapping: ColumnMapping,
        target: Target,
        *,
        include_hidden: bool | None = None,
    ) -> Review:
        """Return what judges the sheet, and judges it again after every edit; the ledger is asked now."""
        from rowpost.session.review import Review

        rules = self.rules(opened, target, include_hidden=include_hidden)
        return Review(opened, mapping, self.catalog, rules)

    def rules(
        self,
        opened: Opened,
        target: Target,
        *,
        include_hidden: bool | None = None,
    ) -> IntakeRules:
        """What fitness means today, for this target; the ledger is asked once per check.

        Where the workbook was opened to send again, only that is fit; all other rows are left out.
        """
        from rowpost.intake import IntakeRules
        from rowpost.session import known

        who = (target.environment, target.organization_id)
        ledger = self.memory.ledger
        claims = known.Known.of(ledger.all_claims(*who), opened.again)
        is_sample = Path(opened.path) == self.sample
        return IntakeRules(
            today=SAMPLE_DAY if is_sample else self.clock.now().astimezone().date(),
            environment=target.environment,
            organization_id=target.organization_id,
            include_hidden=self.hidden_rows(include_hidden),
            checks=self._checks_for(target),
            country=self.settings.reading.country,
            known=claims if len(claims) else None,
            again=opened.again,
            rejected=known.rejected(ledger.rejected_claims(*who), self.wording),
        )

    def _checks_for(self, target: Target) -> CheckSettings:
        from rowpost.checks import severities_for

        checks = self.settings.checks
        return replace(checks, severities=severities_for(checks.severities, target))

    def hidden_rows(self, answer: bool | None) -> bool | None:
        """Whether hidden rows count: the answer for this workbook, else the settings', else None: ask."""
        if answer is not None:
            return answer
        return {"include": True, "leave_out": False}.get(self.settings.reading.hidden_rows)

    def refuse_unanswered(self, opened: Opened, include_hidden: bool | None) -> None:
        """Trouble if rows are hidden and nobody has said whether they count: nothing is sent on a guess."""
        hidden = len(opened.layout.hidden_rows)
        if hidden and self.hidden_rows(include_hidden) is None:
            raise Trouble("session.hidden_unanswered", Remedy.FIX_SETTINGS, {"count": hidden})

    def saved_mappings(self) -> tuple[str, ...]:
        """The names of the saved mappings."""
        return mappings.names(self._parts.places.mappings)

    def load_mapping(self, name_or_file: str) -> ColumnMapping:
        """Return a saved mapping, or the one in a file."""
        return mappings.load(self._parts.places.mappings, name_or_file)

    def save_mapping(self, name: str, mapping: ColumnMapping, opened: Opened) -> ColumnMapping:
        """Keep a mapping for next month, with masked rows of its sheet that show how it reads them."""
        kept = self.mapping_to_keep(name, mapping, opened)
        mappings.save(self._parts.places.mappings, name, kept)
        return kept

    def mapping_to_keep(self, name: str, mapping: ColumnMapping, opened: Opened) -> ColumnMapping:
        """Return a mapping as it would be kept under that name, with masked rows of its sheet."""
        from rowpost.mapping import with_golden

        return with_golden(replace(mapping, name=name), opened.table, opened.layout, self.catalog)

    def put_mapping(self, name: str, mapping: ColumnMapping | None) -> None:
        """Keep a mapping exactly as it is under a name; None: forget it."""
        mappings.put(self._parts.places.mappings, name, mapping)

    def rename_mapping(self, name: str, new: str) -> None:
        """Keep a saved mapping under another name. Trouble where that name is taken."""
        mappings.rename(self._parts.places.mappings, name, new)

    def import_mapping(self, file: Path) -> str:
        """Keep the mapping of a file; return its name here."""
        return mappings.take_in(self._parts.places.mappings, file)

    def export_mapping(self, mapping: ColumnMapping, file: Path) -> None:
        """Write a mapping to a file, for another machine or a colleague."""
        mappings.write(mapping, file)

    def with_known_words(self, mapping: ColumnMapping, opened: Opened, target: Target) -> ColumnMapping:
        """Return the mapping with what a person has said before of words in this creditor's sheets."""
        known = word_memory.load(self._parts.places.words_file)
        if not known.get(_creditor(target)):
            return mapping
        return self.about(opened, word_memory.recall, known, _creditor(target), mapping)

    def words_recalled(self, before: ColumnMapping, now: ColumnMapping) -> tuple[Problem, ...]:
        """Say which words `with_known_words` has put in."""
        return word_memory.news(before, now)

    def remember_words(self, mapping: ColumnMapping, target: Target) -> None:
        """Keep what the words of a mapping stand for, for this creditor's next sheet."""
        word_memory.remember(self._parts.places.words_file, _creditor(target), mapping)


def _creditor(target: Target) -> str:
    """Who the sheet is of; to practise is one creditor, under whichever organisation."""
    practising = target.environment is Environment.PRACTICE
    return str(target.environment) if practising else target.organization_id or target.name
