"""The Reader: what the ledger knows, for whoever may look but not write.

While another process owns the ledger and sends, its commits wait for every reading transaction; so each
question is one short transaction of its own, and what is long is read piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing as closed_after
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from rowpost.ledger import (
    adoption,
    claims,
    epoch,
    erase,
    events,
    everything,
    follow,
    migrate,
    rejections,
    results,
    runs,
    search,
    store,
    writing_down,
)
from rowpost.ledger.sealing import Sealer
from rowpost.model.attempts import ClaimLine, RejectedClaim, Rejection, RowChange
from rowpost.model.books import RowState
from rowpost.model.followup import Asked, FollowLine
from rowpost.model.history import Found, Ledgerful, Personal, Wanted
from rowpost.model.outside import Clock
from rowpost.model.results import RowResult, RunResult, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble

P = ParamSpec("P")
T = TypeVar("T")


def _at_one_moment(
    question: Callable[Concatenate[Reader, P], T],
) -> Callable[Concatenate[Reader, P], T]:
    """Answer a question from the ledger as it is at one moment."""

    @wraps(question)
    def answer(self: Reader, /, *args: P.args, **more: P.kwargs) -> T:
        with self._store.one_moment():
            return question(self, *args, **more)

    return answer


class Reader:
    """The memory of everything that was ever sent, to be looked at. One thread at a time."""

    def __init__(self, inner: store.Readable) -> None:
        self._store = inner

    @classmethod
    def look_into(cls, path: Path, key: bytes, *, clock: Clock) -> Reader:
        """Open a ledger that another process may own and write to. `key` is the data key, 32 bytes.

        Trouble where the file is missing, damaged, newer than the program, sealed with another key,
        just being written, or on a network share.
        """
        db = store.connect(path, read_only=True)
        try:
            inner = store.Readable(db, Sealer(key), clock)
            with inner.one_moment():
                migrate.verify_ours(db)
                migrate.verify_key(db, inner.sealer)
            return Reader(inner)
        except BaseException:
            db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.db.close()

    @_at_one_moment
    def runs(self) -> Sequence[RunSummary]:
        """All runs, the latest first."""
        return runs.summaries(self._store)

    @_at_one_moment
    def summary(self, run: str) -> RunSummary:
        """One run without its rows. Trouble if there is no such run."""
        return runs.summaries(self._store, "id = ?", (runs.run_id(self._store, run),))[0]

    def result(self, run: str) -> RunResult:
        """A run with all its rows. Trouble if there is no such run."""
        return results.result(self._store, run)

    @_at_one_moment
    def latest_run(self) -> str:
        """The name of the run that was made last, '' where there is none."""
        return runs.latest(self._store)

    @_at_one_moment
    def size(self, run: str) -> int:
        """How many rows `result` has. Trouble if there is no such run."""
        return runs.size_of(self._store, run)

    @_at_one_moment
    def target(self, run: str) -> Target:
        """Where a run goes. Trouble if there is no such run."""
        return runs.target_of(self._store, run)

    @_at_one_moment
    def invoices_by_state(self, run: str) -> Mapping[RowState, int]:
        """How many invoices, or rows that made none, are in which state. Trouble if there is no such run."""
        return runs.invoices_by_state(self._store, run)

    @_at_one_moment
    def under_way(self, run: str) -> tuple[RowChange, ...]:
        """The rows that may have left this machine and are not decided. Trouble if there is no such run."""
        return runs.under_way(self._store, run)

    @_at_one_moment
    def full_name(self, said: str) -> str:
        """The name of the run that is meant; its beginning is enough. Trouble if none or several are."""
        return runs.full_name(self._store, said)

    def rows(self, run: str) -> Iterable[RowResult]:
        """The rows of a run, one by one, in the order of the workbook. Trouble if there is no such run."""
        return results.rows(self._store, run)

    @_at_one_moment
    def search(self, wanted: Wanted) -> Found:
        """Runs and rows by whatever a person knows of them; see `search.search`."""
        return search.search(self._store, wanted)

    def everything(self) -> Ledgerful:
        """All rows of all runs; nothing may be written while they are read."""
        return everything.everything(self._store)

    # -- What was sent before ------------------------------------------------------------------

    def known_claims(self, environment: Environment, organization_id: str) -> claims.ClaimLookup:
        """A look-up by source id of what was sent before."""
        return claims.known(self._store, environment, organization_id)

    def all_claims(self, environment: Environment, organization_id: str) -> Iterator[list[ClaimLine]]:
        """Everything sent before for an organisation, some hundred claims at a time."""
        return claims.known_all(self._store, environment, organization_id)

    @_at_one_moment
    def rejections(self, environment: Environment, organization_id: str) -> Sequence[Rejection]:
        """Why rows of an organisation were rejected, and how often."""
        return rejections.rejections(self._store, environment, organization_id)

    @_at_one_moment
    def rejected_claims(self, environment: Environment, organization_id: str) -> Mapping[str, RejectedClaim]:
        """Invoices that were rejected when they were last sent, by source id."""
        return rejections.rejected_claims(self._store, environment, organization_id)

    @_at_one_moment
    def personal(self, run: str) -> Personal:
        """What of a run is personal, and what of it is still open."""
        return erase.personal(self._store, run)

    @_at_one_moment
    def setup(self, run: str) -> bytes:
        """How the workbook of a run was read; b'' where it is not known (any more)."""
        return writing_down.setup(self._store, run)

    # -- Following up ------------------------------------------------------------------------

    @_at_one_moment
    def followed(self, run: str) -> Sequence[FollowLine]:
        """Rows of a run that are at the agency or may be, with what was last said of each."""
        return follow.of_run(self._store, run)

    @_at_one_moment
    def followed_keys(self, target: Target, wanted: Iterable[Asked]) -> Sequence[FollowLine]:
        """What was last said of these invoices."""
        return follow.of_keys(self._store, target, wanted)

    @_at_one_moment
    def whole_answer(self, target: Target, asked: Asked) -> follow.Whole | None:
        """What was last said of an invoice in full."""
        return follow.whole(self._store, target, asked)

    @_at_one_moment
    def batches_of_runs(self, target: Target) -> dict[str, str]:
        """The batches of ours at an organisation, each with its run."""
        return adoption.batches_of_runs(self._store, target)

    # -- Care --------------------------------------------------------------------------------

    @_at_one_moment
    def has_amnesia(self) -> bool:
        """Whether something may have been sent that this ledger does not know of."""
        return epoch.has_amnesia(self._store)

    @_at_one_moment
    def chain_head(self) -> str:
        """The head of the event chain, in hexadecimal."""
        return events.head(self._store)

    @_at_one_moment
    def verify(self) -> None:
        """Trouble where the file is damaged or the event chain broken."""
        with closed_after(self._store.db.execute("PRAGMA integrity_check")) as found:
            sound = found.fetchone()[0] == "ok"
        if not sound or self._store.db.execute("PRAGMA foreign_key_check").fetchone():
            raise Trouble("ledger.damaged", Remedy.CALL_FOR_HELP)
        broken = events.broken_at(self._store)
        if broken:
            raise Trouble("ledger.chain_broken", Remedy.CALL_FOR_HELP, {"event": broken})
