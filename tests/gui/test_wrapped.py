"""A label that remembers its height is never another height than Qt says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel

from rowpost.gui.parts.wrapped import Wrapped

TEXTS = st.text(alphabet="ab \næØ", max_size=200)
WIDTHS = st.lists(st.integers(1, 400), min_size=1, max_size=3)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("text"), TEXTS),
        st.tuples(st.just("font"), st.integers(6, 30)),
        st.tuples(st.just("margin"), st.integers(0, 12)),
    ),
    max_size=5,
)


def change(label: QLabel, what: str, value: str | int) -> None:
    if isinstance(value, str):
        label.setText(value)
    elif what == "font":
        label.setFont(QFont("", value))
    else:
        label.setContentsMargins(value, 0, 0, value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS, WIDTHS, CHANGES)
def test_it_is_as_tall_as_qt_says(
    qapp: QApplication, text: str, widths: list[int], changes: list[tuple[str, str | int]]
) -> None:
    ours, plain = Wrapped(text), QLabel(text)
    plain.setWordWrap(True)
    for what, value in [("text", text), *changes]:
        for label in (ours, plain):
            change(label, what, value)
        for width in widths * 2:
            assert ours.heightForWidth(width) == plain.heightForWidth(width)
