"""What differs between two files is said of every invoice, and what cannot be known is not guessed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.followup import ask_of_gone, compare
from rowpost.model.answers import Cause, InvoiceFacts, LookAnswer
from rowpost.model.books import RowState
from rowpost.model.difference import AtAgency, Change, Difference, DifferenceLine
from rowpost.model.invoices import StayingRow
from rowpost.model.outside import no_progress
from rowpost.model.results import RowResult
from rowpost.model.trouble import Remedy, Stopped
from tests.support.runs import made_run


def before(number: str, amount: str = "100", key: str | None = None, currency: str = "NOK") -> RowResult:
    source = f"s-{number}" if key is None else key
    return RowResult((2,), number, source, RowState.ACCEPTED, currency, Decimal(amount))


def now(number: str, amount: str = "100", key: str | None = None, currency: str = "NOK") -> StayingRow:
    source = f"s-{number}" if key is None else key
    return StayingRow((3,), RowState.NOT_FIT, "x", number, source, currency, Decimal(amount))


def changes(*lines: DifferenceLine) -> list[tuple[str, str]]:
    return [(line.invoice_number, str(line.change)) for line in lines]


def test_every_invoice_of_either_file_has_one_line() -> None:
    found = compare(
        [before("a"), before("b", "100.0"), before("c", "90"), before("d")],
        [now("n"), now("d"), now("b", "100.00"), now("c", "90.01")],
        lambda key: key == "s-a",
    )
    assert changes(*found) == [("a", "gone"), ("n", "new"), ("c", "changed"), ("b", "same"), ("d", "same")]
    assert (found[0].before, found[0].now, found[0].at_agency) == (Decimal(100), None, AtAgency.NOT_KNOWN)
    assert (found[1].before, found[1].now) == (None, Decimal(100))
    assert (found[2].before, found[2].now, found[2].rows_before) == (Decimal(90), Decimal("90.01"), (2,))


def test_what_was_never_taken_needs_no_question() -> None:
    (line,) = compare([before("a")], [])
    assert line.at_agency is AtAgency.NEVER_SENT


def test_the_same_number_under_another_key_is_the_same_invoice() -> None:
    assert changes(*compare([before("00a-17", key="x")], [now(" A-17", "7", key="y")])) == [
        (" A-17", "changed")
    ]
    two = compare([before("17", key="x"), before("017", key="z")], [now("17", key="y")])
    assert Counter(line.change for line in two) == {Change.GONE: 2, Change.NEW: 1}  # which one, nobody knows
    assert changes(*compare([before("17", key="")], [now("17", key="")])) == [("17", "same")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ([before("a"), before("a")], [now("a")], "diff.several"),
        ([before("a")], [now("a"), now("a")], "diff.several"),
        ([before("a")], [now("a", "0", currency="")], "diff.no_amount"),
        ([before("a", "0", currency="")], [now("a")], "diff.no_amount"),
        ([before("a")], [now("a", currency="SEK")], "diff.other_currency"),
    ],
)
def test_what_cannot_be_compared_says_why(old: list[RowResult], new: list[StayingRow], code: str) -> None:
    (line,) = compare(old, new)
    assert (line.change, line.code) == (Change.UNCLEAR, code)


def test_rows_without_a_number_are_not_compared() -> None:
    rows = [now("", key=""), now("a"), now("", "0", key="", currency="")]
    assert changes(*compare([], rows)) == [("a", "new")]


FILES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), max_size=8)


@given(FILES, FILES)
def test_the_counts_balance(old: dict[str, int], new: dict[str, int]) -> None:
    found = compare([before(n, str(a)) for n, a in old.items()], [now(n, str(a)) for n, a in new.items()])
    counts = Counter(line.change for line in found)
    assert counts[Change.GONE] == len(old.keys() - new.keys())
    assert counts[Change.NEW] == len(new.keys() - old.keys())
    assert counts[Change.SAME] == sum(new.get(number) == amount for number, amount in old.items())
    assert len(found) == len(old.keys() | new.keys())


@dataclass
class Agency:
    """Holds what it is given; `broken` from the question of that number on."""

    held: Mapping[str, Sequence[InvoiceFacts]]
    broken: int = 99
    asked: int = 0

    def invoices(self, query: Mapping[str, str]) -> LookAnswer:
        self.asked += 1
        if self.asked >= self.broken:
            return LookAnswer(cause=Cause("agency.unwell", Remedy.TRY_LATER, {"status": 503}))
        return LookAnswer(tuple(self.held.get(query["UniqueSourceInvoiceId"], ())))


def facts(key: str, remaining: str | None, status: str = "OPEN", closed: str = "") -> InvoiceFacts:
    amount = None if remaining is None else Decimal(remaining)
    document = {"closedAt": closed} if closed else {}
    return InvoiceFacts("i", "", key, "77", status=status, current_amount=amount, document=document)


def gone(*numbers: str) -> Difference:
    lines = compare([before(number) for number in numbers], [], lambda _: True)
    return Difference(made_run([], sheet="s").summary, "new.xlsx", lines)


AT = datetime(2026, 12, 3, tzinfo=UTC)


def asked(difference: Difference, agency: Agency, *, stopped: bool = False) -> Difference:
    stop = threading.Event()
    if stopped:
        stop.set()
    return ask_of_gone(difference, agency, AT, stop=stop, progress=no_progress)


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        ([], AtAgency.ABSENT),
        ([facts("s-a", "12.50")], AtAgency.OPEN),
        ([facts("s-a", "0")], AtAgency.CLOSED),
        ([facts("s-a", "12.50", closed="2026-12-01")], AtAgency.CLOSED),
        ([facts("s-a", None, "Open")], AtAgency.NOT_KNOWN),
        ([facts("s-a", "-3")], AtAgency.NOT_KNOWN),
        ([facts("s-a", None, "SLEEPING")], AtAgency.NOT_KNOWN),
        ([facts("s-a", "0"), facts("s-a", "3")], AtAgency.OPEN),
    ],
)
def test_what_the_agency_says_is_not_guessed(held: list[InvoiceFacts], standing: AtAgency) -> None:
    found = asked(gone("a"), Agency({"s-a": held}))
    assert found.lines[0].at_agency is standing
    assert (found.asked_at, found.cause) == (AT, None)
    assert len(found.still_open) == (standing is AtAgency.OPEN)


def test_the_first_question_that_fails_ends_the_asking() -> None:
    agency = Agency({"s-a": [facts("s-a", "5")]}, broken=2)
    found = asked(gone("a", "b", "c", "d"), agency)
    assert agency.asked == 2
    assert [line.at_agency for line in found.lines] == [AtAgency.OPEN, *[AtAgency.NOT_KNOWN] * 3]
    assert found.cause is not None


def test_asking_can_be_stopped() -> None:
    with pytest.raises(Stopped):
        asked(gone("a"), Agency({}), stopped=True)
