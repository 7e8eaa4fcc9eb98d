"""The exit codes of the command-line contract."""

from __future__ import annotations

from enum import IntEnum

from rowpost.model.books import Books, RowState
from rowpost.model.trouble import Remedy


class Exit(IntEnum):
    """What a script can rely on."""

    FINE = 0  # all fit, all accepted
    SOME_ROWS = 1  # some rows not fit or rejected
    USAGE = 2
    FILE = 3  # the file or the mapping
    SIGN_IN = 4
    NETWORK = 5
    NOT_KNOWN = 6  # outcome of some rows not known
    INTERNAL = 7
    INTERRUPTED = 130  # Ctrl+C before anything was being sent, as shells have it


BY_REMEDY = {
    Remedy.FIX_FILE: Exit.FILE,
    Remedy.FIX_SETTINGS: Exit.USAGE,
    Remedy.SIGN_IN: Exit.SIGN_IN,
    Remedy.TRY_LATER: Exit.NETWORK,
    Remedy.CALL_FOR_HELP: Exit.INTERNAL,
}


def of_cause(remedy: Remedy) -> Exit:
    """Return what trouble with the agency ends with; where only help helps, it is the server's."""
    return Exit.NETWORK if remedy is Remedy.CALL_FOR_HELP else BY_REMEDY[remedy]


def of_books(books: Books, stopped_by: Remedy | None = None) -> Exit:
    """Return what a run ends with; what is not known weighs most, then what stopped it."""
    if books.by_state.get(RowState.NOT_KNOWN):
        return Exit.NOT_KNOWN
    if stopped_by is not None:
        return of_cause(stopped_by)
    if books.by_state.get(RowState.WAITING):
        return Exit.NETWORK
    if not books.balanced:
        return Exit.INTERNAL
    if books.by_state.get(RowState.REJECTED) or books.by_state.get(RowState.NOT_FIT):
        return Exit.SOME_ROWS
    return Exit.FINE
