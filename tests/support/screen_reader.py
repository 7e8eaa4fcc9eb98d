"""What a screen reader knows of the window. Runs in the system's own Python, in another process.

    /usr/bin/python3 screen_reader.py

Presses buttons by their names until the rows of the sample are judged, and prints as one JSON
document every control it met (role and name) and the first cell of the table that has a sentence.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyatspi

PATIENCE = 30.0
LOOK_AGAIN = 0.1
CONTROLS = ("push button", "check box", "combo box", "text", "table", "list", "radio button")
WAY = ("Try it with sample data", "Match the columns", "Check the rows")


def shown(node: Any) -> Iterator[Any]:
    """Every accessible that is on the screen, but not the cells of tables."""
    for child in node:
        if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
            continue
        yield child
        if child.getRoleName() not in ("table", "list"):
            yield from shown(child)


def wait_for(find: Any) -> Any:
    """Look until something is found."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = find()
        except Exception:  # noqa: BLE001 - what was just there may be gone: look again
            found = None
        if found is not None:
            return found
        time.sleep(LOOK_AGAIN)
    raise TimeoutError


def program() -> Any:
    """The program on this desktop."""
    found = next((one for one in pyatspi.Registry.getDesktop(0) if one is not None and len(one)), None)
    if found is not None:
        found.clear_cache()  # nothing here listens for changes, so nothing known may be trusted
    return found


def named(role: str, name: str) -> Any:
    """A control by role and name, once it can be used."""
    return next(
        one
        for one in shown(program())
        if one.getRoleName() == role and one.name == name and one.getState().contains(pyatspi.STATE_ENABLED)
    )


def sentence_in(table: Any) -> list[str] | None:
    """Text and sentence of the first cell that has one."""
    cells = table.queryTable()
    for row in range(min(cells.nRows, 10)):
        for column in range(1, cells.nColumns):  # the first says how the row is
            cell = cells.getAccessibleAt(row, column)
            if cell is not None and cell.description:
                return [cell.name, cell.description]
    return None


def main() -> None:
    """Go the way and tell what was met."""
    wait_for(program)
    met: set[tuple[str, str]] = set()
    for name in WAY:
        button = wait_for(lambda name=name: named("push button", name))
        met |= {(one.getRoleName(), one.name) for one in shown(program())}
        button.queryAction().doAction(0)
    table = wait_for(lambda: named("table", "Rows of the workbook"))
    sentence = wait_for(lambda: sentence_in(table))
    met |= {(one.getRoleName(), one.name) for one in shown(program())}
    controls = sorted(pair for pair in met if pair[0] in CONTROLS)
    json.dump({"controls": controls, "cell": sentence}, sys.stdout)


main()
