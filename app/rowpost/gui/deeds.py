"""All deeds of a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from rowpost.gui.state import Step

if TYPE_CHECKING:
    from rowpost.gui.workplace import Workplace


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


def make_deeds(workplace: Workplace) -> Deeds:
    """Return all that can be done in a window; words and look are asked for anew each time."""
    desk, undo, window = workplace.desk, workplace.undo, workplace.window
    reading = ReadingDeeds(desk, undo, lambda: workplace.words)
    results = ResultDeeds(desk, window, lambda: workplace.words)
    judging, choices = JudgingDeeds(desk), ChoiceDeeds(desk, workplace.decided)
    files = FileDeeds(desk, window, lambda: workplace.words, reading)
    targets = TargetActions(
        desk, window, lambda: workplace.words, lambda: workplace.look, choices, judging.check
    )
    keeping = KeepingDeeds(desk, reading.read_as, judging.check, results.open_run)
    reading.leaving, reading.arrived = keeping.put_aside, keeping.take_up
    return Deeds(
        files,
        reading,
        ColumnDeeds(desk, undo, lambda: workplace.words),
        SavedMappingDeeds(desk, undo, files, lambda: workplace.words),
        judging,
        ReviewDeeds(desk, undo, judging, lambda: workplace.words),
        LookingDeeds(desk, lambda: workplace.words),
        SendingDeeds(desk, window, lambda: workplace.words, results, targets),
        results,
        FollowDeeds(desk),
        workplace.act,
        workplace.go,
        choices,
        targets,
        keeping,
        RepeatingDeeds(desk, undo, judging.check),
        PastDeeds(desk, lambda: workplace.words, files, results),
    )
