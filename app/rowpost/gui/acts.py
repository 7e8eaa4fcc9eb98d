"""What the buttons in bars name, and what is done then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rowpost.gui.pages.map_page import MapPage
from rowpost.gui.parts.target_list import TROUBLE_SCENARIO
from rowpost.gui.state import NOTHING_SAID, Step

if TYPE_CHECKING:
    from rowpost.gui.workplace import Workplace


class Acts:
    """Does what a name says; `go:map` and `answer:3:invoiceNumber` carry more behind the colon."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._plain = self._plain_acts()
        self._with_more = self._acts_with_more()

    def do(self, name: str) -> None:
        """Do it."""
        verb, _, rest = name.partition(":")
        if verb in self._with_more:
            self._with_more[verb](rest)
        else:
            self._plain[verb]()

    def _acts_with_more(self) -> dict[str, Callable[[str], object]]:
        deeds = self._workplace.deeds
        return {
            "open": self._workplace.open,
            "go": lambda step: self._workplace.go(Step(step)),
            "target": deeds.targets.choose,
            "sign_in": deeds.targets.sign_in,
            "run": deeds.results.open_run,
            "follow": self._follow,
            "answer": self._answer,
            "map": self._map,
            "settle": deeds.columns.settle,
            "renamed": deeds.columns.accept_renamed,
            "group": deeds.columns.choose_groups,
            "otherwise": deeds.columns.choose_otherwise,
            "release": partial(self._decide, "release"),
            "close_there": partial(self._decide, "close_there"),
            "close_not_there": partial(self._decide, "close_not_there"),
        }

    def _decide(self, name: str, row: str) -> None:
        self._workplace.deeds.results.decide(name, int(row))

    def _follow(self, run: str) -> None:
        self._workplace.deeds.following.choose_run(run)
        self._workplace.go(Step.FOLLOW)

    def _map(self, field: str) -> None:
        """Go to a field on the Map page."""
        self._workplace.go(Step.MAP)
        page = self._workplace.page(Step.MAP)
        if isinstance(page, MapPage):
            page.begin_at(field)

    def _words(self, code: str) -> str:
        return self._workplace.words(code)

    def _answer(self, rest: str) -> None:
        column, _, keys = rest.partition(":")
        self._workplace.deeds.columns.choose_fields(keys.split(","), int(column))

    def _plain_acts(self) -> dict[str, Callable[[], object]]:
        deeds, desk = self._workplace.deeds, self._workplace.desk
        return {
            "targets": self._workplace.offer_targets,
            "choose_file": deeds.files.choose,
            "since": deeds.past.show_since,
            "open_sample": deeds.files.open_sample,
            "open_trouble": partial(deeds.files.open_sample, TROUBLE_SCENARIO),
            "password": deeds.files.ask_password,
            "save_template": deeds.files.save_template,
            "cancel_reading": desk.stop,
            "cancel": desk.stop,
            "cancel_cells": deeds.reviewing.layering.cancel,
            "read_again": deeds.reading.read_again,
            "open_outside": deeds.reading.open_outside,
            "leave_out_hidden": partial(deeds.reading.choose_hidden, include=False),
            "include_hidden": partial(deeds.reading.choose_hidden, include=True),
            "leave_out_struck": lambda: deeds.reviewing.leave_out_struck(self._words("undo.struck")),
            "include_struck": lambda: deeds.reviewing.take_in_struck(self._words("undo.struck")),
            "keep_saved": deeds.saved_mappings.update,
            "check": deeds.judging.check,
            "confirm_send": deeds.sending.confirm,
            "stop_after_part": desk.ask_to_stop,
            "pause": deeds.sending.pause,
            "resume": deeds.sending.resume,
            "ask_now": deeds.sending.ask_now,
            "go_on_held": deeds.sending.go_on_held,
            "sign_in_again": deeds.sending.sign_in_again,
            "save_results": deeds.files.save_results,
            "open_saved": deeds.files.open_saved,
            "save_receipt": deeds.files.save_receipt,
            "send_again": deeds.repeating.fix_and_send_again,
            "follow_ask": deeds.following.ask,
            "follow_batches": deeds.following.list_batches,
            "follow_cancel": deeds.following.cancel,
            "dismiss": partial(desk.store.update, **NOTHING_SAID),
        }
