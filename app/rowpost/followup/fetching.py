"""Asks the agency for many invoices and their cases: in pages where that is cheaper, else one by one.

What the pages did not bring is asked for by its own key, so that "not found" is always the answer to
that very question. Nothing raises for trouble on the way: the answers say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from rowpost.followup.sorting import Shelves, is_meant
from rowpost.model.answers import CaseFacts, CasesAnswer, Cause, InvoiceFacts, Listed, LookAnswer
from rowpost.model.followup import Answer, Asked, Fetched
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.trouble import Remedy

FEW = 5  # invoices up to which pages are not worth their while
_PATIENCE = 3  # questions without an answer in a row, after which nothing more is asked
_LONGEST_WAIT = 120.0  # seconds that the agency may ask to wait for
_HOPELESS = frozenset({Remedy.SIGN_IN, Remedy.FIX_SETTINGS})
_ABOUT_SOMETHING_ELSE = Cause("agency.odd_answer", Remedy.CALL_FOR_HELP)

Item = TypeVar("Item")
Answered = TypeVar("Answered", LookAnswer, CasesAnswer)


class ReadSide(Protocol):
    """What following up needs of the agency."""

    def invoices(self, query: Mapping[str, str], most_pages: int = ...) -> LookAnswer:
        """Ask for invoices (`InvoiceNumber`, `UniqueSourceInvoiceId`, ...)."""
        ...

    def invoice(self, invoice_id: str) -> LookAnswer:
        """Ask for one invoice by the agency's own id."""
        ...

    def invoice_pages(
        self, query: Mapping[str, str], most_pages: int = ...
    ) -> Iterator[Listed[InvoiceFacts]]:
        """Ask for invoices page by page."""
        ...

    def cases(self, query: Mapping[str, str], most_pages: int = ...) -> CasesAnswer:
        """Ask for cases (`CaseNumber`, `UniqueSourceInvoiceId`, ...)."""
        ...

    def case_pages(self, query: Mapping[str, str], most_pages: int = ...) -> Iterator[Listed[CaseFacts]]:
        """Ask for cases page by page."""
        ...


def fetch(
    wanted: Sequence[Asked], agency: ReadSide, *, since: str = "", stop: StopToken, progress: OnProgress
) -> Fetched:
    """Ask for every invoice and its case. Stopped: what was answered so far, which stays true.

    `since` is the day (`YYYY-MM-DD`) before which none of them can have arrived, '' where unknown.
    """
    work = _Work(wanted, agency, since, stop, progress)
    work.invoices()
    work.cases()
    return work.fetched()


@dataclass(slots=True)
class _Work:
    """One fetch under way."""

    wanted: Sequence[Asked]
    agency: ReadSide
    since: str
    stop: StopToken
    progress: OnProgress
    shelves: Shelves = field(init=False)
    answered: set[int] = field(default_factory=set)
    cased: set[int] = field(default_factory=set)  # found, and its case asked for
    causes: dict[int, Cause] = field(default_factory=dict)
    remarks: list[Cause] = field(default_factory=list)
    failures: int = 0

    def __post_init__(self) -> None:
        self.shelves = Shelves(self.wanted)

    def invoices(self) -> None:
        """Ask for the invoices."""
        if len(self.wanted) > FEW:
            query = {"From": f"{self.since}T00:00:00Z"} if self.since else {}
            pages = self.agency.invoice_pages(query, len(self.wanted) + 1)
            self._walk(pages, self.shelves.put_invoice, len(self.wanted), self._tell_invoices)
        self.answered |= self.shelves.found.keys()
        for place in range(len(self.wanted)):
            if place not in self.answered and not self._enough():
                self._tell_invoices()
                self._ask_invoice(place)

    def cases(self) -> None:
        """Ask for the cases of the invoices that were found."""
        found = [place for place in range(len(self.wanted)) if self.shelves.found.get(place)]
        if len(found) > FEW and not self._enough():
            query = {"FromCreatedAt": f"{self.since}T00:00:00Z"} if self.since else {}
            pages = self.agency.case_pages(query, len(found) + 1)
            self._walk(pages, self.shelves.put_case, len(found), self._tell_cases)
        for place in found:
            if place not in self.shelves.cases and not self._enough():
                self._tell_cases()
                self._ask_case(place)
        self.cased |= self.shelves.cases.keys()

    def fetched(self) -> Fetched:
        """Return all answers, in the order of the questions."""
        answers = [
            Answer(
                asked,
                tuple(self.shelves.found.get(place, ())),
                tuple(self.shelves.cases.get(place, ())),
                self.causes.get(place),
            )
            for place, asked in enumerate(self.wanted)
            if place in self.causes or self._is_answered(place)
        ]
        return Fetched(answers, tuple(self.remarks), whole=len(answers) == len(self.wanted))

    def _is_answered(self, place: int) -> bool:
        """Whether all was asked: an invoice whose case was not asked for would look as if it had none."""
        return place in self.answered and (not self.shelves.found.get(place) or place in self.cased)

    def _walk(
        self, pages: Iterator[Listed[Item]], put: Callable[[Item], None], worth: int, tell: Callable[[], None]
    ) -> None:
        """Read pages while they are cheaper than single questions; trouble is remarked, not believed."""
        trouble: Cause | None = None
        for number, page in enumerate(pages, start=1):
            for item in page.items:
                put(item)
            tell()
            trouble = page.cause
            if self.stop.is_set() or number >= worth or page.pages > worth or not self._may_go_on(trouble):
                break
        if trouble is not None and trouble not in self.remarks:
            self.remarks.append(trouble)

    def _may_go_on(self, trouble: Cause | None) -> bool:
        """Whether to read on; where the agency says how long to wait, after waiting."""
        if trouble is None:
            return True
        seconds = trouble.values.get("seconds")
        return isinstance(seconds, int) and seconds <= _LONGEST_WAIT and not self.stop.wait(seconds)

    def _ask_invoice(self, place: int) -> None:
        asked = self.wanted[place]
        answer = self._patiently(lambda: self._question(asked))
        if answer.cause is not None:
            self._failed(place, answer.cause)
            return
        meant = [facts for facts in answer.found if is_meant(facts, asked)]
        if answer.found and not meant:  # who ignores the question has not said that there is none
            self._failed(place, _ABOUT_SOMETHING_ELSE)
            return
        self.failures = 0
        self.answered.add(place)
        for facts in meant:
            self.shelves.put_at(place, facts)

    def _question(self, asked: Asked) -> LookAnswer:
        if asked.invoice_id and not asked.source_id:
            return self.agency.invoice(asked.invoice_id)
        return self.agency.invoices(asked.query)

    def _ask_case(self, place: int) -> None:
        facts = self.shelves.found[place][0]
        query = (
            {"UniqueSourceInvoiceId": facts.source_id} if facts.source_id else {"CaseNumber": facts.case_id}
        )
        self.cased.add(place)
        if not all(query.values()):
            return
        answer = self._patiently(lambda: self.agency.cases(query))
        if answer.cause is not None:
            self._failed(place, answer.cause)
            return
        self.failures = 0
        for case in answer.cases:
            self.shelves.put_case(case)

    def _patiently(self, ask: Callable[[], Answered]) -> Answered:
        """Ask; where the agency says how long to wait, wait and ask again."""
        answer = ask()
        for _ in range(_PATIENCE):
            if answer.cause is None or answer.retry_after is None or answer.retry_after > _LONGEST_WAIT:
                break
            if self.stop.wait(answer.retry_after):
                break
            answer = ask()
        return answer

    def _failed(self, place: int, cause: Cause) -> None:
        self.causes[place] = cause
        self.failures = _PATIENCE if cause.remedy in _HOPELESS else self.failures + 1

    def _enough(self) -> bool:
        return self.stop.is_set() or self.failures >= _PATIENCE

    def _tell_invoices(self) -> None:
        done = len(self.answered | self.shelves.found.keys())
        self.progress(Progress("progress.tracking", done, len(self.wanted)))

    def _tell_cases(self) -> None:
        self.progress(Progress("progress.tracking_cases", len(self.shelves.cases), len(self.shelves.found)))
