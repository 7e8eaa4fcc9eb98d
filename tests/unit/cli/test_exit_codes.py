"""The exit codes of the contract: what is not known weighs most."""

from decimal import Decimal

import pytest

from rowpost.cli.exit_codes import Exit, of_books
from rowpost.model.books import BookLine, RowState, amounts_of, balance
from rowpost.model.trouble import Remedy


def exit_of(*states: RowState, stopped_by: Remedy | None = None, lost: int = 0) -> Exit:
    lines = [BookLine(state, 1, "NOK", Decimal(1)) for state in states]
    return of_books(balance(len(lines) + lost, amounts_of(lines), lines), stopped_by)


@pytest.mark.parametrize(
    ("states", "stopped_by", "expected"),
    [
        ([RowState.ACCEPTED, RowState.LEFT_OUT], None, Exit.FINE),
        ([RowState.ACCEPTED, RowState.REJECTED], None, Exit.SOME_ROWS),
        ([RowState.ACCEPTED, RowState.NOT_FIT], None, Exit.SOME_ROWS),
        ([RowState.WAITING], None, Exit.NETWORK),
        ([RowState.WAITING], Remedy.SIGN_IN, Exit.SIGN_IN),
        ([RowState.WAITING], Remedy.TRY_LATER, Exit.NETWORK),
        ([RowState.WAITING], Remedy.CALL_FOR_HELP, Exit.NETWORK),
        ([RowState.WAITING, RowState.NOT_KNOWN], Remedy.SIGN_IN, Exit.NOT_KNOWN),
        ([RowState.REJECTED, RowState.NOT_KNOWN], None, Exit.NOT_KNOWN),
    ],
)
def test_the_heaviest_thing_decides(
    states: list[RowState], stopped_by: Remedy | None, expected: Exit
) -> None:
    assert exit_of(*states, stopped_by=stopped_by) is expected


def test_books_that_do_not_balance_are_never_fine() -> None:
    assert exit_of(RowState.ACCEPTED, lost=1) is Exit.INTERNAL
