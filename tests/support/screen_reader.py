"""What a screen reader knows of the window. Runs in the system's own Python, in another process.

    /usr/bin/python3 screen_reader.py

Goes the whole way of the sample by pressing what it finds under its name, looks at every page, and prints
as one JSON document: every control it met (page, role, name, what labels or describes it), a cell of Review
and a rejection of Results with their sentences, and all that was announced.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

PATIENCE = 120.0  # seconds
LOOK_AGAIN = 0.1
CONTROLS = (
    *("push button", "check box", "combo box", "text", "table", "list", "radio button", "tree"),
    *("spin button", "password text", "toggle button", "slider"),
)
BUTTON, CHOICE = "push button", "radio button"
# what is pressed, and by what the page that follows is known
WAY = (
    (BUTTON, "Try it with sample data", "table", "The first rows of the sheet"),
    (BUTTON, "Match the columns", BUTTON, "Check the rows"),
    (BUTTON, "Check the rows", "table", "Rows of the workbook"),
    (BUTTON, "Go on to Send", BUTTON, "Send 54 invoices…"),
    (BUTTON, "Send 54 invoices…", BUTTON, "Send 54 invoices"),
    (BUTTON, "Send 54 invoices", "table", "What became of every row"),
    (BUTTON, "Copy table", BUTTON, "Dismiss"),
    (CHOICE, "History", "table", "History"),
    (CHOICE, "Follow-up", "table", "Invoices at the agency"),
    (CHOICE, "Settings", "text", "Proxy"),
    (CHOICE, "Help", "list", "Contents"),
)
announced: list[str] = []


def shown(node: Any) -> Iterator[Any]:
    """Every accessible that is on the screen, but not the cells of tables."""
    for child in node:
        if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
            continue
        yield child
        if child.getRoleName() not in ("table", "list", "tree"):
            yield from shown(child)


def listen() -> None:
    """Take in what was said meanwhile."""
    while GLib.MainContext.default().iteration(False):
        pass


def wait_for(find: Any, what: str = "") -> Any:
    """Look until something is found."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        listen()
        try:
            found = find()
        except Exception:  # noqa: BLE001 - what was just there may be gone: look again
            found = None
        if found is not None:
            return found
        time.sleep(LOOK_AGAIN)
    raise TimeoutError(what)


def program() -> Any:
    """The program on this desktop."""
    found = next((one for one in pyatspi.Registry.getDesktop(0) if one is not None and len(one)), None)
    if found is not None:
        found.clear_cache()  # not every change is listened to, so nothing known may be trusted
    return found


def named(role: str, name: str) -> Any:
    """A control by role and name, once it can be used."""
    return next(
        one
        for one in shown(program())
        if one.getRoleName() == role and one.name == name and one.getState().contains(pyatspi.STATE_ENABLED)
    )


def label_of(node: Any) -> str:
    """What a control is labelled or described by; a picker's own name is what it holds."""
    labels = [
        relation.getTarget(0).name
        for relation in node.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
    ]
    return (labels[0] if labels else "") or node.description


def controls_of(page: str) -> list[list[str]]:
    """Every control that is on the screen."""
    met = (one for one in shown(program()) if one.getRoleName() in CONTROLS)
    return [[page, one.getRoleName(), one.name, label_of(one)] for one in met]


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
    pyatspi.Registry.registerEventListener(
        lambda event: announced.append(str(event.any_data)), "object:announcement"
    )
    wait_for(program, "the program")
    met, sentences = [], {}
    for role, name, landmark_role, landmark in WAY:
        button = wait_for(lambda role=role, name=name: named(role, name), name)
        met += controls_of(f"before {name}")
        button.queryAction().doAction(0)
        found = wait_for(lambda role=landmark_role, name=landmark: named(role, name), landmark)
        if landmark in ("Rows of the workbook", "What became of every row"):
            sentences[landmark] = wait_for(
                lambda table=found: sentence_in(table), f"a sentence in {landmark}"
            )
    met += controls_of("at the end")
    listen()
    json.dump({"controls": met, "cells": sentences, "announced": announced}, sys.stdout)


main()
