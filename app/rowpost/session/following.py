"""The side that follows up: what the agency holds of the invoices of a run, or of a search.

What touches the ledger (`followed`, `kept`, `in_full`, `belongs_to`, `adopt_batch`) must be called from
one thread at a time; what asks the agency (`fetch`, `seek`, `batches`, `batch`) touches no ledger, so
that the window can do it beside other work. `follow_run` does it all in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rowpost.model.followup import Asked, Fetched, FollowLine, FollowUp, Known, Seen
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.amili import AmiliClient
    from rowpost.model.answers import Batch, BatchesAnswer, Cause
    from rowpost.sending import Adoption

_CLOCKS_APART = timedelta(days=1)  # between this machine and the agency, and between time zones
_MOST_BATCHES = 500


class Following(Side):
    """From a run, or a text to search for, to what the agency holds."""

    def followed(self, run: str) -> FollowUp:
        """What is known of a run without asking; '' is the latest run. Trouble if there is none yet."""
        name = run or self._latest_run()
        summary = self.memory.ledger.summary(name)
        lines = self.memory.ledger.followed(name)
        return FollowUp(summary.target, summary.run, made_at=summary.created_at, lines=lines)

    def fetch(self, follow: FollowUp, *, stop: StopToken, progress: OnProgress) -> Fetched:
        """Ask the agency for every invoice of a follow-up; stopped, what was answered so far is returned."""
        from rowpost.followup import fetch

        wanted = [line.asked for line in follow.lines]
        with self._agency(follow.target) as agency:
            return fetch(wanted, agency, since=self._since(follow), stop=stop, progress=progress)

    def seek(
        self, target: Target, text: str, *, stop: StopToken, progress: OnProgress
    ) -> tuple[FollowUp, Fetched]:
        """Ask the agency for the invoices with that number, source id, customer or case number.

        Trouble where it does not answer.
        """
        from rowpost.followup import fetch, seek

        sought = text.strip()
        with self._agency(target) as agency:
            progress(Progress("progress.searching", 0))
            wanted, cause = seek(sought, agency)
            if cause is not None:
                raise _trouble(cause)
            found = fetch(wanted, agency, stop=stop, progress=progress)
        return FollowUp(target, sought=sought, lines=[FollowLine(asked) for asked in wanted]), found

    def kept(self, follow: FollowUp, found: Fetched) -> FollowUp:
        """Keep the answers and return the follow-up with them; what was not answered stays as it was known.

        Where another copy of the program works with the ledger nothing is kept.
        """
        from rowpost.followup import seen_of

        told = [(answer, seen_of(answer)) for answer in found.answers if answer.cause is None]
        owned = self.memory.owned
        if owned is not None:
            owned.keep_answers(follow.target, told)
        lines = self._known_lines(follow)
        if owned is None:
            lines = _with_news(lines, {answer.asked.key: seen for answer, seen in told}, self.clock.now())
        causes = {answer.asked.key: answer.cause for answer in found.answers}
        answered = [replace(line, cause=causes.get(line.asked.key)) for line in lines]
        return replace(follow, lines=answered, remarks=found.remarks, whole=found.whole)

    def _known_lines(self, follow: FollowUp) -> Sequence[FollowLine]:
        ledger = self.memory.ledger
        if follow.run:
            return ledger.followed(follow.run)
        return ledger.followed_keys(follow.target, [line.asked for line in follow.lines])

    def follow_run(self, run: str, *, stop: StopToken, progress: OnProgress) -> FollowUp:
        """Ask for what a run sent, and may have sent, and keep the answers; '' is the latest run."""
        known = self.followed(run)
        return self.kept(known, self.fetch(known, stop=stop, progress=progress))

    def follow_asked(
        self, target: Target, wanted: Sequence[Asked], *, stop: StopToken, progress: OnProgress
    ) -> FollowUp:
        """Ask for single invoices by their keys, and keep the answers."""
        follow = FollowUp(target, lines=[FollowLine(asked) for asked in wanted])
        return self.kept(follow, self.fetch(follow, stop=stop, progress=progress))

    def in_full(self, target: Target, asked: Asked) -> Known:
        """An invoice and its cases in full, as they were last answered."""
        from rowpost.amili import read_case, read_invoice

        found = self.memory.ledger.whole_answer(target, asked)
        if found is None:
            return Known(asked)
        invoices, cases, seen_at = found
        return Known(
            asked,
            tuple(facts for each in invoices if (facts := read_invoice(each)) is not None),
            tuple(case for each in cases if (case := read_case(each)) is not None),
            seen_at,
        )

    def batches(self, target: Target, *, stop: StopToken, progress: OnProgress) -> BatchesAnswer:
        """Ask for the organisation's batches, newest first, those of others too; the latest 500."""
        from rowpost.model.answers import BatchesAnswer

        found: dict[str, Batch] = {}
        with self._agency(target) as agency:
            for page in agency.batch_pages():
                for place, batch in enumerate(page.items):
                    found.setdefault(batch.batch_id or f"{len(found)} {place}", batch)
                progress(Progress("progress.batches", len(found)))
                if page.cause is not None:
                    return BatchesAnswer(tuple(found.values()), page.cause)
                if stop.is_set() or len(found) >= _MOST_BATCHES:
                    break
        return BatchesAnswer(tuple(found.values()))

    def batch(self, target: Target, batch_id: str) -> Batch:
        """Ask for one batch with all its rows. Trouble where there is none, or no answer."""
        with self._agency(target) as agency:
            return _batch(agency, batch_id)

    def belongs_to(self, target: Target) -> dict[str, str]:
        """Which run of ours each known batch of an organisation belongs to, by its id."""
        return self.memory.ledger.batches_of_runs(target)

    def adopt_batch(self, run: str, batch_id: str, *, stop: StopToken) -> Adoption:
        """Tie a batch's verdicts to the open rows of a run that it proves; see `sending.adopt`."""
        from rowpost.sending import adopt

        ledger = self._ledger_to_write
        summary = ledger.summary(run)
        with self._agency(summary.target) as agency:
            batch = _batch(agency, batch_id)
            return adopt(summary.run, batch, ledger, agency, stop=stop, who=self._parts.who)

    @contextmanager
    def _agency(self, target: Target) -> Iterator[AmiliClient]:
        with closing(self.agency(self._reachable(target))) as agency:
            yield agency

    def _since(self, follow: FollowUp) -> str:
        """The day before which nothing of it can have reached the agency, '' where not known."""
        return str((follow.made_at - _CLOCKS_APART).date()) if follow.made_at else ""

    def _latest_run(self) -> str:
        latest = next(iter(self.memory.ledger.runs()), None)
        if latest is None:
            raise Trouble("session.no_run_yet", Remedy.FIX_SETTINGS)
        return latest.run


def _with_news(lines: Sequence[FollowLine], news: Mapping[str, Seen], now: datetime) -> list[FollowLine]:
    return [
        replace(line, seen=news[line.asked.key], seen_at=now) if line.asked.key in news else line
        for line in lines
    ]


def _batch(agency: AmiliClient, batch_id: str) -> Batch:
    answer = agency.batch(batch_id.strip())
    if answer.missing:
        raise Trouble("followup.no_such_batch", Remedy.FIX_SETTINGS, {"batch": batch_id.strip()})
    if answer.batch is None:
        raise _trouble(answer.cause)
    return answer.batch


def _trouble(cause: Cause | None) -> Trouble:
    """What a question without an answer ends with; where only help helps, it is the server's."""
    if cause is None or cause.remedy is Remedy.CALL_FOR_HELP:
        return Trouble(cause.code if cause else "agency.odd_answer", Remedy.TRY_LATER)
    return Trouble(cause.code, cause.remedy, cause.values)
