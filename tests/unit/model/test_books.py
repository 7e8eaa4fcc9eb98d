"""Books balance to zero in counts and in every currency, or say that they do not."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.books import BookLine, RowState, amounts_of, balance

LINES = st.lists(
    st.builds(
        BookLine,
        st.sampled_from(RowState),
        st.integers(1, 3),
        st.sampled_from(["NOK", "SEK", ""]),
        st.decimals("-10000", "10000", places=2),
    )
)


@given(LINES)
def test_books_made_from_their_own_lines_balance(lines: list[BookLine]) -> None:
    books = balance(sum(line.rows for line in lines), amounts_of(lines), lines)
    assert books.balanced
    assert books.rows == books.ready + sum(
        books.by_state.get(state, 0) for state in (RowState.LEFT_OUT, RowState.NOT_FIT)
    )


@given(LINES.filter(bool))
def test_a_lost_line_is_noticed(lines: list[BookLine]) -> None:
    rows, amounts = sum(line.rows for line in lines), amounts_of(lines)
    assert not balance(rows, amounts, lines[1:]).balanced


@given(LINES.filter(bool))
def test_a_doubled_line_is_noticed(lines: list[BookLine]) -> None:
    rows, amounts = sum(line.rows for line in lines), amounts_of(lines)
    assert not balance(rows, amounts, [lines[0], *lines]).balanced


def test_a_cent_that_went_astray_is_noticed() -> None:
    read = [BookLine(RowState.WAITING, 1, "NOK", Decimal("10.00"))]
    sent = [BookLine(RowState.ACCEPTED, 1, "NOK", Decimal("10.01"))]
    assert not balance(1, amounts_of(read), sent).balanced


def test_a_currency_that_nobody_read_is_noticed() -> None:
    sent = [BookLine(RowState.ACCEPTED, 1, "SEK", Decimal("10.00"))]
    assert not balance(1, {}, sent).balanced
