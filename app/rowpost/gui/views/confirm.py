"""The one question before sending, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.state import State
from rowpost.gui.words import Words
from rowpost.model.targets import Environment, Target


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """The question. With a `type_hint` something must be typed first: `type_this`, else anything."""

    question: str
    detail: str
    yes: str
    no: str
    type_this: str = ""
    type_hint: str = ""

    def is_enough(self, typed: str) -> bool:
        """Whether what was typed lets the answer be yes."""
        return typed.strip() == self.type_this if self.type_this else bool(typed.strip())


def confirm_view(state: State, type_above: int, words: Words) -> ConfirmView:
    """Return the question for what is ready."""
    assessment = state.assessment
    count = len(assessment.ready) if assessment else 0
    amounts = words.money(assessment.books.ready_amounts) if assessment else ""
    target = state.target
    earnest = target.environment is Environment.PRODUCTION
    must_type = earnest and count > type_above
    return ConfirmView(
        _question(count, amounts, state.target, words),
        words(f"confirm.detail.{target.environment}"),
        words("confirm.yes", count=count),
        words("confirm.no"),
        str(count) if must_type else "",
        words("confirm.type", number=str(count)) if must_type else "",
    )


def _question(count: int, amounts: str, target: Target, words: Words) -> str:
    if target.environment is Environment.PRACTICE:
        return words("confirm.question.practice", count=count, amounts=amounts)
    who = target.organization_name or target.organization_id
    return words("confirm.question", count=count, amounts=amounts, organization=who)
