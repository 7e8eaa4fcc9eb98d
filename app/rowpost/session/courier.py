"""The courier: the process that holds the ledger and sends while a window stays alive.

It opens the ledger as its one owner, so that there are never two who send. It lives for one errand
and ends after the step at hand when the window is gone; nothing ever kills it from here.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from rowpost.model.results import RunResult
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.session.errands import Begun, Done, Edit, Errand, Noted, Packed, Told, Wishes, in_pieces
from rowpost.session.watching import Watch

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment

StartCourier = Callable[[Connection, Connection], BaseProcess]
Message = Begun | Watch | Noted | Packed | Trouble | Done
_LOOK_EVERY = 0.02  # seconds between looks at what a person wishes
_LAST_BREATH = 30.0  # seconds that a process whose work is done has to end


class Courier:
    """One process that waits for one errand. Used by one thread at a time.

    What is said to it or heard of it raises EOFError or OSError once it has ended.
    """

    def __init__(self, start: StartCourier) -> None:
        context = multiprocessing.get_context("spawn")
        self._talk, theirs = context.Pipe()
        wishes, self._wishes = context.Pipe(duplex=False)
        self._told = Told()
        self._spoke_last = False
        try:
            self._process = start(theirs, wishes)
        except OSError as error:
            self._hang_up()
            raise Trouble("courier.not_begun", Remedy.TRY_LATER) from error
        finally:
            theirs.close()
            wishes.close()

    @property
    def waits(self) -> bool:
        """Whether it is there to be given an errand."""
        return self._process.is_alive()

    def hand(self, errand: Errand) -> None:
        """Say what is to be done."""
        self._talk.send(errand)

    def hand_over(self, assessment: Assessment, edits: Iterable[Edit]) -> None:
        """Pass on what a new run is made of."""
        from rowpost.intake import passing_on

        for piece in in_pieces(edits):
            self._talk.send(piece)
        passing_on.send(self._talk, assessment, self._process.pid or 0)

    def listen(self, wishes: Wishes, *, to_the_end: bool = True) -> Iterator[Message]:
        """Hear what it says, to its last word; tell it what a person wishes in between.

        Where nothing is sent it need not be heard `to_the_end`: Stopped at the wish to stop.
        """
        while True:
            self._tell(Told(wishes.stop.is_set(), wishes.pause.is_set(), wishes.hurries()))
            if self._told.stop and not to_the_end:
                raise Stopped
            if self._talk.poll(_LOOK_EVERY):
                message: Any = self._talk.recv()
                self._spoke_last = isinstance(message, Done | Trouble)
                yield message
                if self._spoke_last:
                    return

    def take_over(self, packed: Packed) -> RunResult:
        """Offer memory for the rows of a run; they lie there once the last word has been said."""
        from rowpost.ledger.run_rows import FORMS, RunRows
        from rowpost.sheets import memory, sections

        shared = memory.offer(self._talk, sections.room_for(packed.lengths), self._process.pid or 0)
        arrays = sections.views(packed.lengths, FORMS, shared)
        return RunResult(packed.summary, RunRows.of(arrays, packed.with_case))

    def _tell(self, told: Told) -> None:
        if told != self._told:
            self._told = told
            try:
                self._wishes.send(told)
            except OSError:
                return  # it has ended; its last words may still be heard

    def end(self) -> None:
        """Wait until it has ended, and with it its hold on the ledger."""
        self._hang_up()
        self._process.join(_LAST_BREATH if self._spoke_last else None)
        if self._process.is_alive():  # nothing is under way any more
            self._process.kill()
            self._process.join()
        self._process.close()

    def dismiss(self) -> None:
        """End it at once. Only where it sends nothing."""
        self._process.kill()
        self._spoke_last = True
        self.end()

    def _hang_up(self) -> None:
        self._talk.close()
        self._wishes.close()
