"""The side that sends away from the window: in the courier, a process that takes the ledger meanwhile.

As with `remembering`, its methods must be called from one thread at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rowpost.model.answers import Cause
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import runs, targets
from rowpost.session.errands import Begun, GoOn, NewRun, Noted, Packed, Practising, ShowRun, Wishes
from rowpost.session.remembering import Remembering
from rowpost.session.watching import Watch

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.outside import StopToken
    from rowpost.model.results import RunResult
    from rowpost.model.targets import Target
    from rowpost.model.workbook import Opened
    from rowpost.session.courier import Courier

OnWatch = Callable[[Watch], None]
_ENDED = "courier.ended"
_FEW = 2000  # rows that are gathered here: quicker than another process starts


@dataclass(frozen=True, slots=True)
class Sent:
    """A run as it is after a sitting; `cause` is what cut the sitting short, None where nothing did."""

    result: RunResult
    cause: Cause | None = None


class Away(Remembering):
    """Has runs sent by a courier. Meanwhile the ledger is the courier's, and this session has none."""

    @property
    def run_away(self) -> str:
        """The run that a courier sends right now, '' for none; any thread may ask."""
        return self._run_away

    def make_courier_ready(self) -> None:
        """Start the process that will send, so that nobody waits for it when it is needed."""
        from rowpost.session.courier import Courier

        if self._courier is None or not self._courier.waits:
            self._dismiss_courier()
            self._courier = Courier(self._parts.start_courier)

    def _dismiss_courier(self) -> None:
        courier, self._courier = self._courier, None
        if courier is not None:
            courier.dismiss()

    def send_new(
        self,
        opened: Opened,
        assessment: Assessment,
        target: Target,
        mapping: ColumnMapping | None,
        *,
        wishes: Wishes,
        on_watch: OnWatch,
    ) -> Sent:
        """Have a run written down and sent. Trouble where it could not begin: then nothing was done."""
        from rowpost.mapping import to_document

        about = runs.meta(opened, assessment, target, self._parts.who)
        document = to_document(mapping) if mapping is not None else None
        errand = NewRun(about, document, self._practising_at(target))
        edits = ((row, column, text) for (row, column), text in opened.table.edits.items())
        return self._sitting(errand, lambda to: to.hand_over(assessment, edits), wishes, on_watch)

    def go_on(self, run: str, *, wishes: Wishes, on_watch: OnWatch) -> Sent:
        """Have a run gone on with. Trouble where that could not begin."""
        target = self.memory.ledger.target(run)
        errand = GoOn(run, self._practising_at(target))
        return self._sitting(errand, lambda _: None, wishes, on_watch)

    def result_away(self, run: str, *, stop: StopToken) -> RunResult:
        """A run with all its rows; many are gathered in another process. Trouble if there is no such run."""
        if self.memory.ledger.size(run) <= _FEW:
            return self.result(run)
        courier, result = self._called(), None
        try:
            courier.hand(ShowRun(run))
            for message in courier.listen(Wishes(stop, threading.Event()), to_the_end=False):
                if isinstance(message, Packed):
                    result = courier.take_over(message)
                elif isinstance(message, Trouble):
                    raise message
        except (EOFError, OSError):
            result = None
        finally:
            courier.dismiss()
        if result is None:
            raise Trouble("courier.not_read", Remedy.TRY_LATER)
        return result

    def _practising_at(self, target: Target) -> Practising | None:
        """Start the practice server here if it is needed: it belongs to the window, not to a run."""
        return Practising(self.practice, self._scenario) if target.name == targets.PRACTICE else None

    def _called(self) -> Courier:
        """A courier that waits; it is no longer the one that is kept ready."""
        self.make_courier_ready()
        courier, self._courier = self._courier, None
        assert courier is not None  # noqa: S101 - made ready above
        return courier

    def _sitting(
        self,
        errand: NewRun | GoOn,
        hand_over: Callable[[Courier], None],
        wishes: Wishes,
        on_watch: OnWatch,
    ) -> Sent:
        """Lend the ledger, listen to the last word, and take the ledger back."""
        latest, courier = self._ledger_to_write.latest_run(), self._called()
        cut_off = partial(self._cut_off, errand, latest)
        self._let_go()
        begun, trouble, result = "", None, None
        try:
            courier.hand(errand)
            hand_over(courier)
            for message in courier.listen(wishes):
                match message:
                    case Begun():
                        begun = self._run_away = message.run
                    case Watch():
                        on_watch(message)
                    case Noted():
                        self.log.write(message.event, **message.fields)
                    case Packed():
                        result = courier.take_over(message)
                    case Trouble():
                        trouble = message
        except (EOFError, OSError):
            trouble = Trouble(_ENDED, Remedy.TRY_LATER)
        finally:
            courier.end()
            self._run_away = ""
        return Sent(result) if result is not None and trouble is None else cut_off(begun, trouble)

    def _cut_off(self, errand: NewRun | GoOn, latest: str, begun: str, trouble: Trouble | None) -> Sent:
        """Tell of a run that has begun as it stands now. Trouble if none has."""
        cause = trouble or Trouble(_ENDED, Remedy.TRY_LATER)
        has_died = cause.code == _ENDED
        run = begun or (self._unheard_of(errand, latest) if has_died else "")
        if not run:
            raise Trouble("courier.not_begun", Remedy.TRY_LATER) if has_died else cause
        try:
            found = self.result_away(run, stop=threading.Event())
        except Trouble:  # no other process can be had: slower here, but it has begun, and that is told
            found = self.result(run)
        return Sent(found, Cause(cause.code, cause.remedy, cause.values))

    def _unheard_of(self, errand: NewRun | GoOn, latest: str) -> str:
        """The run that was written down, but of which nobody has heard any more; '' for none.

        The courier must have ended: until then the ledger is not free.
        """
        found = self.memory.ledger.latest_run()
        if found == latest or isinstance(errand, GoOn):
            return ""
        about, summary = errand.about, self.memory.ledger.summary(found)
        same = (about.file_sha256, about.sheet, about.by_whom)
        return found if (summary.file_sha256, summary.sheet, summary.by_whom) == same else ""
