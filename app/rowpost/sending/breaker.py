"""The circuit breaker: when no further part may be sent before a person has looked. Pure."""

from __future__ import annotations

from rowpost.model.answers import Cause
from rowpost.model.trouble import Remedy
from rowpost.sending.steps import State

MOST_FAILED_QUESTIONS = 8  # in a row; then the network or the agency is not there
MOST_TOO_MANY = 8  # answers 429 in a row
SMALLEST_REFUSED_LIMIT = 3  # rows: in a small run one refused row is not "10 % of all"

# a part that is being cut smaller is refused for the same cause again and again: other limits hold there
_CUTTING = frozenset({"agency.refused", "agency.too_large"})


def why_hold(state: State) -> Cause | None:
    """Return why the run must be held; None where nothing speaks against going on."""
    if state.failed_questions >= MOST_FAILED_QUESTIONS:
        return state.question_trouble
    if state.facts.ahead is None and not state.facts.loose:
        return None
    return _parts_in_a_row(state) or _same_rows(state) or _cutting_ends(state)


def _parts_in_a_row(state: State) -> Cause | None:
    """Three parts in a row for one cause; too many requests may be told so longer; 401 only once."""
    code, streak = state.facts.streak_code, state.facts.streak
    if code == "sign_in.not_taken":
        return Cause(code, Remedy.SIGN_IN) if streak >= 2 else None
    if code == "agency.too_many":
        return (
            Cause("breaker.too_many", Remedy.TRY_LATER, {"count": streak})
            if streak >= MOST_TOO_MANY
            else None
        )
    if streak < state.rules.breaker_parts or code in _CUTTING:
        return None
    return Cause("breaker.parts", Remedy.CALL_FOR_HELP, {"count": streak, "cause": code})


def _same_rows(state: State) -> Cause | None:
    """One cause over 20 % of the first 200 rows; a run with fewer rows is judged as if it had 200."""
    count, rules = state.facts.same_cause, state.rules
    if count * 100 <= rules.breaker_percent * rules.breaker_rows:
        return None
    return Cause("breaker.rows", Remedy.CALL_FOR_HELP, {"count": count})


def _cutting_ends(state: State) -> Cause | None:
    """Cutting refused parts smaller has cost enough: 40 posts, or 10 % refused rows."""
    facts, rules = state.facts, state.rules
    if facts.ahead is not None and facts.ahead.posts >= rules.refused_posts_max:
        return Cause("breaker.posts", Remedy.CALL_FOR_HELP, {"count": facts.ahead.posts})
    most = max(SMALLEST_REFUSED_LIMIT, facts.rows * rules.refused_percent_max // 100)
    if facts.refused <= most:
        return None
    return Cause("breaker.refused", Remedy.CALL_FOR_HELP, {"count": facts.refused})
