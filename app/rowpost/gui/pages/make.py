"""Makes all pages of a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rowpost.gui.actions.choices import ChoiceDeeds
from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.actions.files import FileDeeds
from rowpost.gui.actions.following import FollowDeeds
from rowpost.gui.actions.judging import JudgingDeeds
from rowpost.gui.actions.keeping import KeepingDeeds
from rowpost.gui.actions.looking import LookingDeeds
from rowpost.gui.actions.past import PastDeeds
from rowpost.gui.actions.reading import ReadingDeeds
from rowpost.gui.actions.repeating import RepeatingDeeds
from rowpost.gui.actions.results import ResultDeeds
from rowpost.gui.actions.reviewing import ReviewDeeds
from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.actions.sending import SendingDeeds
from rowpost.gui.actions.targets import TargetActions
from rowpost.gui.look.look import Look
from rowpost.gui.pages.followup_page import FollowupPage
from rowpost.gui.pages.help_page import HelpPage
from rowpost.gui.pages.history_page import HistoryDeeds, HistoryPage
from rowpost.gui.pages.map_page import MapDeeds, MapPage
from rowpost.gui.pages.open_page import OpenDeeds, OpenPage
from rowpost.gui.pages.page import Page
from rowpost.gui.pages.results_page import ResultsPage
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.pages.review_work import PageDeeds
from rowpost.gui.pages.send_page import SendPage
from rowpost.gui.pages.settings_page import SettingsDeeds, SettingsPage
from rowpost.gui.parts.target_list import TargetDeeds
from rowpost.gui.state import Step
from rowpost.gui.words import Words
from rowpost.session import Session


@dataclass(frozen=True, slots=True)
class Deeds:
    """All that can be done in the window."""

    files: FileDeeds
    reading: ReadingDeeds
    columns: ColumnDeeds
    saved_mappings: SavedMappingDeeds
    judging: JudgingDeeds
    reviewing: ReviewDeeds
    looking: LookingDeeds
    sending: SendingDeeds
    results: ResultDeeds
    following: FollowDeeds
    act: Callable[[str], None]
    go: Callable[[Step], None]
    choices: ChoiceDeeds
    targets: TargetActions
    keeping: KeepingDeeds
    repeating: RepeatingDeeds
    past: PastDeeds


def make_pages(look: Look, words: Words, deeds: Deeds, session: Session) -> dict[Step, Page]:
    """Return every page by its step."""
    open_deeds = OpenDeeds(
        deeds.act,
        deeds.reading.choose_sheet,
        deeds.reading.choose_heading_row,
        deeds.results.open_run,
        deeds.reading.open,
    )
    map_deeds = MapDeeds(deeds.act, deeds.columns, deeds.saved_mappings)
    return {
        Step.OPEN: OpenPage(look, words, open_deeds),
        Step.MAP: MapPage(look, words, map_deeds),
        Step.REVIEW: ReviewPage(
            look,
            words,
            _review_deeds(deeds),
        ),
        Step.SEND: SendPage(look, words, deeds.act, lambda: session.settings.sending.part_size),
        Step.RESULTS: ResultsPage(look, words, deeds.act, deeds.results.copy_table, deeds.results.copy_cells),
        Step.FOLLOW: FollowupPage(look, words, deeds.following),
        Step.HISTORY: HistoryPage(
            look,
            words,
            HistoryDeeds(
                deeds.past,
                deeds.results.open_run,
                deeds.sending.go_on,
                lambda run: deeds.act(f"follow:{run}"),
            ),
            lambda: session.settings.privacy.forget_after_days,
        ),
        Step.SETTINGS: SettingsPage(
            look, words, deeds.choices.decided, dict(session.folders), _settings_deeds(deeds)
        ),
        Step.HELP: HelpPage(look, words),
    }


def _review_deeds(deeds: Deeds) -> PageDeeds:
    files = deeds.files
    return PageDeeds(deeds.reviewing, deeds.looking, files.save_problems, files.choose, deeds.act)


def _settings_deeds(deeds: Deeds) -> SettingsDeeds:
    targets = deeds.targets
    return SettingsDeeds(
        deeds.choices.change,
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
        deeds.choices.open_folder,
    )
