"""Two processes, one sheet: whoever is free takes the next block; the chunks come in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection

from rowpost.intake.chunk_bytes import ChunkReader
from rowpost.intake.entries import Chunk
from rowpost.intake.examiner import Examiner
from rowpost.model.outside import StopToken
from rowpost.model.trouble import Stopped
from rowpost.sheets import passing

READY = b"ready"  # the colleague's first word
IN_HAND = 2  # blocks the colleague has at a time: one to work at, one to go on with
_MOST_AHEAD = 16  # chunks that may wait for an earlier one
_LOOK_EVERY = 0.02  # seconds between looks at the stop token
_LONGEST = 256 << 20  # bytes of one message


class Share:
    """Gives blocks to the process at the other end, and does itself what that one has no time for.

    Should the colleague end, its blocks are done here.
    """

    def __init__(self, examiner: Examiner, colleague: Connection, stop: StopToken | None) -> None:
        self._examiner = examiner
        self._colleague: Connection | None = colleague
        self._stop = stop
        self._reader = ChunkReader(examiner.plan.table.sheet)
        self._left = deque(examiner.blocks)
        self._given: deque[int] = deque()
        self._done: dict[int, Chunk] = {}

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks of all blocks. Stopped once the token is set."""
        for first in self._examiner.blocks:
            while first not in self._done:
                self._go_on()
            yield self._done.pop(first)

    def _go_on(self) -> None:
        """Take what the colleague has done, else do a block; wait only where there is nothing else to do."""
        if self._stop is not None and self._stop.is_set():
            raise Stopped
        may_work = bool(self._left) and (len(self._done) < _MOST_AHEAD or not self._given)
        if self._hear(0 if may_work else _LOOK_EVERY):
            return
        if may_work:
            first = self._left.popleft()
            self._done[first] = self._examiner.block(first)

    def _hear(self, seconds: float) -> bool:
        """Take an answer that comes within so many seconds; False if none came."""
        if self._colleague is None:
            return False
        try:
            if not self._colleague.poll(seconds):
                return False
            self._take(self._colleague.recv_bytes(_LONGEST), self._colleague)
        except (EOFError, OSError):
            self._left.extendleft(reversed(self._given))
            self._given.clear()
            self._colleague = None
        return True

    def _take(self, answer: bytes, colleague: Connection) -> None:
        """Take a chunk, or the word that somebody is there; give the next blocks."""
        if answer == READY:
            passing.send(colleague, self._examiner.plan.table, self._examiner.layout)
        else:
            first, chunk = self._reader.read(answer)
            self._given.remove(first)
            self._done[first] = chunk
        while self._left and len(self._given) < IN_HAND:
            self._given.append(self._left.popleft())
            colleague.send_bytes(self._given[-1].to_bytes(4, "little"))
