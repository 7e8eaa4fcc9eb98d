"""Why a row is where it is, in a sentence."""

from __future__ import annotations

from rowpost.model.books import RowState
from rowpost.model.results import RowResult
from rowpost.wording.say import Wording

_DECIDED_BY_PERSON = ("row.released", "row.passed_on", "row.closed_there", "row.closed_not_there")


def our_reason(entry: RowResult, wording: Wording) -> str:
    """Our sentence for a row; '' where its state says it all.

    Of a row that stayed only the kind of its problem is kept: the title says it without values.
    """
    if not entry.code:
        return ""
    title = f"{entry.code}.title"
    if entry.state in (RowState.NOT_FIT, RowState.LEFT_OUT) and wording.knows(title):
        return wording.say(title)
    return wording.say(entry.code, {"text": entry.reason_raw, "reason": entry.reason_raw})


def reason(entry: RowResult, wording: Wording) -> str:
    """Our sentence for a row, and where a person has decided: who, when and why."""
    ours, person = our_reason(entry, wording), entry.person
    if person is None or entry.code not in _DECIDED_BY_PERSON:
        return ours
    at = wording.write(person.at.astimezone())
    said = wording.say("reason.by_person", {"who": person.who, "at": at, "reason": person.reason})
    return f"{ours} {said}"
