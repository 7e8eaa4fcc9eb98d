"""What a follow-up comes to, in sentences that the window and the command line share."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.followup import Age, Standing, Sums, Total
from rowpost.model.problems import Values
from rowpost.wording import Wording

_ORDER: tuple[Standing | None, ...] = (*Standing, None)


def standing_word(how: Standing, wording: Wording) -> str:
    """Say how an invoice stands."""
    return wording.say(f"followup.standing.{how}")


def fate_word(fate: str, wording: Wording) -> str:
    """Say what became of one invoice of a batch that was adopted."""
    return wording.say(f"followup.fate.{fate}")


def total_sentence(currency: str, total: Total, wording: Wording) -> str:
    """Say what the invoices of a currency come to."""
    values: Values = {
        "count": total.count,
        "currency": currency or wording.say("followup.no_currency"),
        "original": total.original,
        "paid": total.paid,
        "credited": total.credited,
        "remaining": total.remaining,
    }
    silent = wording.say("followup.silent", {"count": total.silent}) if total.silent else ""
    return " ".join(filter(None, (wording.say("followup.total", values), silent)))


def age_sentence(currency: str, total: Total, wording: Wording) -> str:
    """Say how old what remains is: how much of it since when."""
    parts = (
        f"{wording.say(f'followup.age.{age}')}: {wording.write(total.by_age[age])}"
        for age in Age
        if age in total.by_age
    )
    return wording.say("followup.ages", {"currency": currency, "ages": "; ".join(parts)})


def change_sentence(sums: Sums, wording: Wording) -> str:
    """Say what has changed since the look before, '' where there was none."""
    if sums.since is None:
        return ""
    parts = ", ".join(_counts(sums, wording)) or wording.say("followup.changed.nothing")
    return wording.say("followup.changes", {"day": sums.since.astimezone().date(), "changes": parts})


def _counts(sums: Sums, wording: Wording) -> Iterator[str]:
    for kind in _ORDER:
        if count := sums.changes.get(kind):
            yield wording.say(f"followup.changed.{kind or 'other'}", {"count": count})
