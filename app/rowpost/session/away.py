"""The side that sends away from the window: in the courier, a process that takes the ledger meanwhile.

As with `remembering`, its methods must be called from one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowpost.model.answers import Cause
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import runs, targets
from rowpost.session.errands import Begun, GoOn, NewRun, Noted, Practising, Wishes
from rowpost.session.remembering import Remembering
from rowpost.session.watching import Watch

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.results import RunResult
    from rowpost.model.targets import Target
    from rowpost.model.workbook import Opened
    from rowpost.session.courier import Courier

OnWatch = Callable[[Watch], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """A run as it is after a sitting; `cause` is what cut the sitting short, None where nothing did."""

    result: RunResult
    cause: Cause | None = None


class Away(Remembering):
    """Has runs sent by a courier. Meanwhile the ledger is the courier's, and this session has none."""

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
        courier = self._called()
        return self._sitting(courier, errand, lambda: courier.hand_over(assessment, edits), wishes, on_watch)

    def go_on(self, run: str, *, wishes: Wishes, on_watch: OnWatch) -> Sent:
        """Have a run gone on with. Trouble where that could not begin."""
        target = self.memory.ledger.target(run)
        errand = GoOn(run, self._practising_at(target))
        return self._sitting(self._called(), errand, lambda: None, wishes, on_watch)

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
        courier: Courier,
        errand: NewRun | GoOn,
        hand_over: Callable[[], None],
        wishes: Wishes,
        on_watch: OnWatch,
    ) -> Sent:
        """Lend the ledger, listen to the last word, and take the ledger back."""
        latest = self._ledger_to_write.latest_run()
        self._let_go()
        begun, trouble = "", None
        try:
            courier.hand(errand)
            hand_over()
            for message in courier.listen(wishes):
                match message:
                    case Begun():
                        begun = message.run
                    case Watch():
                        on_watch(message)
                    case Noted():
                        self.log.write(message.event, **message.fields)
                    case Trouble():
                        trouble = message
        except (EOFError, OSError):
            trouble = Trouble("courier.ended", Remedy.TRY_LATER)
            begun = begun or self._unheard_of(errand, latest)
        finally:
            courier.end()
        return self._ended(begun, trouble)

    def _unheard_of(self, errand: NewRun | GoOn, latest: str) -> str:
        """The run that was written down, but of which nobody has heard any more; '' for none."""
        found = self.memory.ledger.latest_run()
        if found == latest or isinstance(errand, GoOn):
            return ""
        about, summary = errand.about, self.memory.ledger.summary(found)
        same = (about.file_sha256, about.sheet, about.by_whom)
        return found if (summary.file_sha256, summary.sheet, summary.by_whom) == same else ""

    def _ended(self, run: str, trouble: Trouble | None) -> Sent:
        if trouble is None:
            return Sent(self.result(run))
        if not run:
            died = trouble.code == "courier.ended"
            raise Trouble("courier.not_begun", Remedy.TRY_LATER) if died else trouble
        return Sent(self.result(run), Cause(trouble.code, trouble.remedy, trouble.values))
