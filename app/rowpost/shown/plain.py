"""The usual number formats the short way: 0, 0.00, #,##0.00, with words and signs before and after.

What a window paints is almost always one of these, so they are worth a way of their own; a test
holds it to the general one in `numbers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from rowpost.shown.codes import Sort, Token
from rowpost.shown.habits import Habits
from rowpost.shown.numbers import Layout

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_PLACES = re.compile(r"#*(?P<least>0*)")


def plain_number(layout: Layout, habits: Habits) -> Callable[[Decimal], str] | None:
    """Return what shows the size of a number through this layout; None where that is no usual one."""
    places = [token.sort is Sort.DIGIT for token in layout.whole]
    decimals = [token.sort is Sort.DIGIT for token in layout.decimals]
    found = _PLACES.fullmatch(_digits(layout.whole))
    is_usual = (
        found is not None
        and any(places)
        and places == sorted(places)  # words stand before the digits, and after the decimals
        and decimals == sorted(decimals, reverse=True)
        and not _digits(layout.decimals).strip("0")
        and not layout.sign
    )
    if found is None or not is_usual:
        return None
    lead, tail = (_words(tokens) for tokens in (layout.whole, layout.decimals))
    between, point = habits.thousands if layout.grouped else "", habits.decimal if layout.point else ""
    least, scale, unit = len(found["least"]), layout.scale, Decimal(1).scaleb(-layout.places)

    def show(value: Decimal) -> str:
        size = value.copy_abs()
        if scale:
            size = size.scaleb(scale, _EXACT)
        whole, _, rest = f"{size.quantize(unit, context=_EXACT):f}".partition(".")
        whole = ("" if whole == "0" else whole).zfill(least)
        if between and len(whole) > 3:
            whole = _grouped(whole, between)
        return f"{lead}{whole}{point}{rest}{tail}"

    return show


def _digits(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens if token.sort is Sort.DIGIT)


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens if token.sort is not Sort.DIGIT)


def _grouped(digits: str, between: str) -> str:
    head = len(digits) % 3 or 3
    return between.join((digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))))
