"""Makes the pages of a window, each when it is first visited: its modules are imported no earlier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from rowpost.gui.deeds import Deeds
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.state import Step
from rowpost.gui.words import Words
from rowpost.session import Session

MakePage = Callable[[], Page]


def page_makers(look: Look, words: Words, deeds: Deeds, session: Session) -> dict[Step, MakePage]:
    """Return what makes the page of every step."""
    return {step: partial(make, look, words, deeds, session) for step, make in _MAKERS.items()}


def _open(look: Look, words: Words, deeds: Deeds, _: Session) -> Page:
    from rowpost.gui.pages.open_page import OpenDeeds, OpenPage

    reading, results = deeds.reading, deeds.results
    asked = OpenDeeds(
        deeds.act, reading.choose_sheet, reading.choose_heading_row, results.open_run, reading.open
    )
    return OpenPage(look, words, asked)


def _map(look: Look, words: Words, deeds: Deeds, _: Session) -> Page:
    from rowpost.gui.pages.map_page import MapDeeds, MapPage

    return MapPage(look, words, MapDeeds(deeds.act, deeds.columns, deeds.saved_mappings))


def _review(look: Look, words: Words, deeds: Deeds, _: Session) -> Page:
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.pages.review_work import PageDeeds

    files = deeds.files
    asked = PageDeeds(deeds.reviewing, deeds.looking, files.save_problems, files.choose, deeds.act)
    return ReviewPage(look, words, asked)


def _send(look: Look, words: Words, deeds: Deeds, session: Session) -> Page:
    from rowpost.gui.pages.send_page import SendPage

    return SendPage(look, words, deeds.act, lambda: session.settings.sending.part_size)


def _results(look: Look, words: Words, deeds: Deeds, _: Session) -> Page:
    from rowpost.gui.pages.results_page import ResultsPage

    return ResultsPage(look, words, deeds.act, deeds.results.copy_table, deeds.results.copy_cells)


def _follow(look: Look, words: Words, deeds: Deeds, _: Session) -> Page:
    from rowpost.gui.pages.followup_page import FollowupPage

    return FollowupPage(look, words, deeds.following)


def _history(look: Look, words: Words, deeds: Deeds, session: Session) -> Page:
    from rowpost.gui.pages.history_page import HistoryDeeds, HistoryPage

    asked = HistoryDeeds(
        deeds.past, deeds.results.open_run, deeds.sending.go_on, lambda run: deeds.act(f"follow:{run}")
    )
    return HistoryPage(look, words, asked, lambda: session.settings.privacy.forget_after_days)


def _settings(look: Look, words: Words, deeds: Deeds, session: Session) -> Page:
    from rowpost.gui.pages.settings_page import SettingsDeeds, SettingsPage
    from rowpost.gui.parts.target_list import TargetDeeds

    targets, choices = deeds.targets, deeds.choices
    asked = SettingsDeeds(
        choices.change,
        TargetDeeds(
            targets.choose,
            targets.sign_in,
            targets.remove,
            targets.look,
            targets.practise,
            targets.run_practice,
        ),
        deeds.saved_mappings,
        targets.all,
        choices.open_folder,
    )
    return SettingsPage(look, words, choices.decided, dict(session.folders), asked)


def _help(look: Look, words: Words, _: Deeds, __: Session) -> Page:
    from rowpost.gui.pages.help_page import HelpPage

    return HelpPage(look, words)


_MAKERS: Mapping[Step, Callable[[Look, Words, Deeds, Session], Page]] = MappingProxyType(
    {
        Step.OPEN: _open,
        Step.MAP: _map,
        Step.REVIEW: _review,
        Step.SEND: _send,
        Step.RESULTS: _results,
        Step.FOLLOW: _follow,
        Step.HISTORY: _history,
        Step.SETTINGS: _settings,
        Step.HELP: _help,
    }
)
