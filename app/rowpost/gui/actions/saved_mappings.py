"""Map: keep a mapping for next month, use another one, share it as a file. Every deed can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.files import FileDeeds
from rowpost.gui.actions.history import Swap
from rowpost.gui.words import Words
from rowpost.mapping import Difference, Mapping
from rowpost.session import Session
from rowpost.session.preparing import ANEW
from rowpost.session.suggesting import Suggestion

_LANE = "mappings"  # one after the other, so that an undo never overtakes what it undoes
Kept = tuple[Mapping | None, Suggestion | None]  # what lies under a name, and what the page says of it
Used = tuple[Mapping | None, frozenset[str], Suggestion | None]


class SavedMappingDeeds:
    """What can be done with saved mappings."""

    def __init__(self, desk: Desk, undo: QUndoStack, files: FileDeeds, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._undo = undo
        self._files = files
        self._words = words

    @property
    def undo_stack(self) -> QUndoStack:
        """What was done and can be undone."""
        return self._undo

    def save_as(self, name: str) -> None:
        """Keep the mapping in force under a name; one that was kept under it comes back with undo."""
        state, session = self._desk.state, self._desk.session
        opened, mapping, told = state.opened, state.mapping, state.suggestion
        if opened is None or mapping is None:
            return

        def ready(found: tuple[Mapping | None, Mapping]) -> None:
            before, after = found
            fits = Suggestion(after, saved=after)
            self._undo.push(
                Swap(
                    self._words()("undo.saved"),
                    (before, told),
                    (after, fits),
                    lambda kept: self._keep(name, kept),
                )
            )
            self._say("map.saved.kept", name)

        self._desk.quietly(
            lambda _stop, _told: (_known(session, name), session.mapping_to_keep(name, mapping, opened)),
            ready,
            lane=_LANE,
        )

    def update(self) -> None:
        """Keep the mapping in force in the place of the saved one it came from."""
        found = self._desk.state.suggestion
        if found is not None and found.saved is not None:
            self.save_as(found.saved.name)

    def _keep(self, name: str, kept: Kept) -> None:
        mapping, told = kept
        self._desk.store.update(suggestion=told)
        self._run(lambda session: session.put_mapping(name, mapping))

    def rename(self, name: str, new: str) -> None:
        """Keep a saved mapping under another name."""
        session = self._desk.session
        if new != name:
            self._desk.quietly(
                lambda _stop, _told: session.rename_mapping(name, new),
                lambda _: self._renamed(name, new),
                lane=_LANE,
            )

    def _renamed(self, name: str, new: str) -> None:
        """It has been done; from now on it can be undone."""

        def put(names: tuple[str, str]) -> None:
            before, after = names
            self._run(lambda session: session.rename_mapping(before, after))
            self._call_it(before, after)

        self._call_it(name, new)
        self._undo.push(Swap(self._words()("undo.saved"), (new, name), (name, new), put, done=True))
        self.load_names()

    def _call_it(self, before: str, after: str) -> None:
        found = self._desk.state.suggestion
        if found is not None and found.saved is not None and found.saved.name == before:
            saved = replace(found.saved, name=after)
            self._desk.store.update(suggestion=replace(found, saved=saved))

    def delete(self, name: str) -> None:
        """Forget a saved mapping; undo brings it back."""
        told, session = self._desk.state.suggestion, self._desk.session
        is_used = told is not None and told.saved is not None and told.saved.name == name
        after = replace(told, saved=None, difference=Difference()) if told and is_used else told

        def found(mapping: Mapping | None) -> None:
            self._undo.push(
                Swap(
                    self._words()("undo.saved"),
                    (mapping, told),
                    (None, after),
                    lambda kept: self._keep(name, kept),
                )
            )
            self._say("map.saved.deleted", name)

        self._desk.quietly(lambda _stop, _told: _known(session, name), found, lane=_LANE)

    def use(self, name: str) -> None:
        """Map this sheet by another saved mapping."""
        opened = self._desk.state.opened
        if opened is not None:
            called = self._words()("undo.map.used", mapping=name)
            self._suggest(lambda session: session.suggest(opened, name), called)

    def start_anew(self) -> None:
        """Map this sheet by its headings alone."""
        opened = self._desk.state.opened
        if opened is not None:
            self._suggest(lambda session: session.suggest(opened, ANEW), self._words()("undo.map.anew"))

    def _suggest(self, ask: Callable[[Session], Suggestion], called: str) -> None:
        session, done = self._desk.session, partial(self._suggested, called)
        self._desk.quietly(lambda _stop, _told: ask(session), done, lane=_LANE)

    def _suggested(self, called: str, found: Suggestion) -> None:
        state = self._desk.state
        before: Used = (state.mapping, state.marks, state.suggestion)
        after: Used = (found.mapping, frozenset(), found)
        self._undo.push(Swap(called, before, after, self._put))

    def _put(self, used: Used) -> None:
        mapping, marks, told = used
        self._desk.store.update(
            mapping=mapping, marks=marks, suggestion=told, assessment=None, index=None, result=None
        )

    def export(self) -> None:
        """Write the mapping in force to a file of a person's choice."""
        state, session = self._desk.state, self._desk.session
        opened, mapping = state.opened, state.mapping
        if opened is None or mapping is None:
            return
        saved = state.suggestion.saved if state.suggestion else None
        name = saved.name if saved else Path(opened.file_name).stem
        self._files.save(
            self._words()("map.saved.export"),
            f"{name}.json",
            lambda path: session.export_mapping(session.mapping_to_keep(name, mapping, opened), path),
        )

    def export_saved(self, name: str) -> None:
        """Write a saved mapping to a file of a person's choice."""
        session, title = self._desk.session, self._words()("map.saved.export")
        self._files.save(
            title, f"{name}.json", lambda path: session.export_mapping(session.load_mapping(name), path)
        )

    def import_file(self) -> None:
        """Ask for a file, keep its mapping, and use it."""
        if path := self._asked():
            self.take_in(path)

    def import_to_keep(self) -> None:
        """Ask for a file and keep its mapping; what is being mapped stays as it is."""
        if path := self._asked():
            self.take_in(path, use=False)

    def _asked(self) -> Path | None:
        words = self._words()
        path = self._files.ask_file(words("map.saved.import"), f"{words('map.saved.files')} (*.json)")
        return Path(path) if path else None

    def take_in(self, path: Path, *, use: bool = True) -> None:
        """Keep the mapping of a file, and use it."""
        session = self._desk.session

        def taken(found: tuple[str, Mapping | None]) -> None:
            name, mapping = found
            told = self._desk.state.suggestion
            self._undo.push(
                Swap(
                    self._words()("undo.saved"),
                    (None, told),
                    (mapping, told),
                    lambda kept: self._keep(name, kept),
                )
            )
            self._say("map.saved.taken", name)
            if use:
                self.use(name)

        def take() -> tuple[str, Mapping | None]:
            name = session.import_mapping(path)
            return name, _known(session, name)

        self._desk.quietly(lambda _stop, _told: take(), taken, lane=_LANE)

    def load_names(self) -> None:
        """Show which mappings are saved."""
        session = self._desk.session
        self._desk.quietly(
            lambda _stop, _told: session.saved_mappings(),
            lambda names: self._desk.store.update(mappings=names),
            lane=_LANE,
        )

    def _run(self, deed: Callable[[Session], object]) -> None:
        session = self._desk.session
        self._desk.quietly(lambda _stop, _told: deed(session), lambda _: self.load_names(), lane=_LANE)

    def _say(self, code: str, name: str) -> None:
        self._desk.store.update(said=self._words()(code, mapping=name))


def _known(session: Session, name: str) -> Mapping | None:
    return session.load_mapping(name) if name in session.saved_mappings() else None
