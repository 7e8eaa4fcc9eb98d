"""Which sheet a person asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.sheets.refusals import refuse


def named_sheet(wanted: str, names: Sequence[str]) -> int | None:
    """Find the sheet by its name, or by its number from 1; None where nobody asked.

    A sheet whose name is a number is found by name first. Trouble where there is no such sheet.
    """
    if not wanted:
        return None
    for index, name in enumerate(names):
        if name == wanted:
            return index
    folded = [name.casefold().strip() for name in names]
    if folded.count(wanted.casefold().strip()) == 1:
        return folded.index(wanted.casefold().strip())
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(names):
        return int(wanted) - 1
    raise refuse("sheets.no_such_sheet", sheet=wanted, sheets=", ".join(names))
