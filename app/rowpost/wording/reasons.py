"""Why a row is where it is, in a sentence."""

from __future__ import annotations

from rowpost.model.books import RowState
from rowpost.model.results import RowResult
from rowpost.wording.say import Wording


def reason(entry: RowResult, wording: Wording) -> str:
    """Our sentence for a row; '' where its state says it all.

    Of a row that stayed only the kind of its problem is kept: the title says it without values.
    """
    if not entry.code:
        return ""
    title = f"{entry.code}.title"
    if entry.state in (RowState.NOT_FIT, RowState.LEFT_OUT) and wording.knows(title):
        return wording.say(title)
    return wording.say(entry.code, {"text": entry.reason_raw})
