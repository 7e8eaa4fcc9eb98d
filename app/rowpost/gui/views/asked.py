"""Follow-up's sentence in the bottom bar."""

from __future__ import annotations

from rowpost.gui.follow_state import FollowTab
from rowpost.gui.state import State
from rowpost.gui.words import Words


def asked_sentence(state: State, words: Words) -> str:
    """Say how far asking is, or when the agency was last asked."""
    follow = state.follow
    if follow.asking:
        progress = follow.progress
        if progress is None:
            return words("follow.asking")
        return words.wording.say(progress.stage, {"done": progress.done, "total": progress.total})
    if follow.tab is FollowTab.BATCHES:
        return words("follow.batch_count", count=len(follow.batches.batches)) if follow.batches else ""
    if follow.follow is None:
        return ""
    when = follow.sums.seen_at
    if when is None:
        return words("follow.never_asked", count=len(follow.follow.lines))
    return words.wording.say("followup.asked_at", {"when": words.wording.write(when.astimezone())})
