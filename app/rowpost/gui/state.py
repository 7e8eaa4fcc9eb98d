"""What the window knows at one moment: a frozen value that the pages are views of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from rowpost.gui.follow_state import FollowState
from rowpost.gui.hold import Hold
from rowpost.gui.past import Past
from rowpost.model.outside import Progress
from rowpost.model.table import NO_EDITS
from rowpost.model.targets import Target
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import Opened, Reading

if TYPE_CHECKING:
    from rowpost.gui.views.review_index import ReviewIndex
    from rowpost.gui.views.settings import Decided
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.mapping import Seen
    from rowpost.model.assessment import Assessment
    from rowpost.model.results import RunResult, RunSummary
    from rowpost.session.suggesting import Suggestion
    from rowpost.session.watching import Watch


class Step(StrEnum):
    """A place in the window; the value is also the name of its icon."""

    OPEN = "open"
    MAP = "map"
    REVIEW = "review"
    SEND = "send"
    RESULTS = "results"
    HISTORY = "history"
    FOLLOW = "follow"
    SETTINGS = "settings"
    HELP = "help"


STEPS = (Step.OPEN, Step.MAP, Step.REVIEW, Step.SEND, Step.RESULTS)


class Work(StrEnum):
    """What is going on in the background."""

    READING = "reading"
    CHECKING = "checking"
    SENDING = "sending"
    SAVING = "saving"
    LOOKING = "looking"
    COMPARING = "comparing"


@dataclass(frozen=True, slots=True)
class Busy:
    """Work under way, its newest progress, and whether it has been asked to stop."""

    work: Work
    progress: Progress | None = None
    stopping: bool = False
    about: str = ""  # the name of the file at hand, where it is not the one that is open


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the sheet a person is: the filter, and the cell by Excel's row and column (0: nowhere)."""

    chip: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person has changed in a copy of the workbook: rows, columns and the new texts."""

    file_name: str
    changes: tuple[tuple[int, int, str], ...]
    unread: tuple[tuple[int, int], ...] = ()  # cells with a formula that was saved without its result


NOTHING_SAID: Mapping[str, str | None] = MappingProxyType(
    {"trouble": None, "refused": "", "said": "", "saved": "", "left": ""}
)


@dataclass(frozen=True, slots=True)
class State:
    """Everything the pages show."""

    target: Target
    step: Step = Step.OPEN
    busy: Busy | None = None
    trouble: Trouble | None = None
    refused: str = ""  # the name of the file that the trouble is about, where another one may be open
    said: str = ""  # a good deed to report, in words
    saved: str = ""  # the file that this tells of
    left: str = ""  # the workbook that this one has replaced, where there was work in it: that is kept
    path: str = ""
    reading: Reading = field(default_factory=Reading)
    opened: Opened | None = None
    mapping: ColumnMapping | None = None
    suggestion: Suggestion | None = None  # what the mapping was at first, and how it was found
    seen: Seen | None = None  # the sheet through a mapping: the newest one that has been looked through
    mappings: tuple[str, ...] = ()  # names of the saved ones
    marks: frozenset[str] = frozenset()  # said on the Map page, but no part of the mapping
    edits: Mapping[tuple[int, int], str] = field(default_factory=lambda: NO_EDITS)
    left_out: frozenset[int] = frozenset()  # rows that a person leaves out
    corrected: Corrected | None = None  # a copy of the workbook that came back, not merged yet
    assessment: Assessment | None = None
    cells: Progress | None = None  # many cells are being worked out; the sheet is as it was until then
    index: ReviewIndex | None = None  # made with the assessment, so that the window need not wait for it
    sent: Assessment | None = None  # what has been handed over to a run
    watch: Watch | None = None
    paused: bool = False
    hold: Hold | None = None
    result: RunResult | None = None
    runs: tuple[RunSummary, ...] = ()
    decided: Decided | None = None
    follow: FollowState = field(default_factory=FollowState)
    past: Past = field(default_factory=Past)

    @property
    def sendable(self) -> int:
        """How many invoices wait for the button; none of what has been sent already.

        Rows that were judged one by one are judged together once more before they can be sent.
        """
        if self.assessment is None or self.assessment is self.sent or self.provisional or self.cells:
            return 0
        return len(self.assessment.ready)

    @property
    def provisional(self) -> bool:
        """Whether rows were edited since all of them were judged together."""
        return self.index is not None and not self.index.is_whole(self.edits, self.left_out)

    def working(self, work: Work) -> bool:
        """Whether that work is under way."""
        return self.busy is not None and self.busy.work is work
