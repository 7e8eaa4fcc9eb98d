"""Excel's own names of columns and cells."""

from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.cells import CellRef, column_letters, column_number


@given(st.integers(min_value=1, max_value=16_384))
def test_letters_and_numbers_are_each_other_turned_round(column: int) -> None:
    assert column_number(column_letters(column)) == column


def test_the_columns_that_are_easy_to_get_wrong() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 702, 703, 16_384)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_a_cell_is_named_as_a_person_writes_it() -> None:
    cell = CellRef("Fakturaer", 14, 6)
    assert (cell.a1, cell.address) == ("F14", "Fakturaer!F14")
