"""Where invoices can be sent, as values: lines on Settings, entries of the badge's menu."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from rowpost.gui.views.settings import Decided
from rowpost.gui.words import Words
from rowpost.model.targets import Environment, Target


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target: `place` is where it is, `secret` where its secret is kept, or that it is missing."""

    name: str
    title: str
    environment: Environment
    badge: str
    place: str
    secret: str
    ready: bool
    own: bool
    running: bool = False


def target_lines(targets: tuple[Target, ...], decided: Decided, words: Words) -> tuple[TargetLine, ...]:
    """Return every target as Settings shows it."""
    return tuple(_line(target, decided, words) for target in targets)


def title(target: Target, words: Words) -> str:
    """What people call a target: the organisation behind it, else its own name."""
    if target.organization_name:
        return target.organization_name
    known = {"practice", "staging", "production"}
    return words(f"target.name.{target.name}") if target.name in known else target.name


def complete(target: Target) -> bool:
    """Whether everything is there that sending needs; the practice server brings its own."""
    needed = (target.api_url, target.token_url, target.organization_id, target.client_id)
    return target.name == "practice" or all(needed)


def _line(target: Target, decided: Decided, words: Words) -> TargetLine:
    practice = target.name == "practice"
    where = decided.secrets.get(target.name, "")
    return TargetLine(
        target.name,
        title(target, words),
        target.environment,
        words(f"badge.{target.environment}"),
        _practice_place(decided, words) if practice else urlsplit(target.api_url).netloc,
        "" if practice else _secret(target, decided, where, words),
        complete(target) and (practice or bool(where)),
        not practice,
        practice and bool(decided.practice),
    )


def _practice_place(decided: Decided, words: Words) -> str:
    if not decided.practice:
        return words("target.practice.stopped")
    return words("target.practice.running", address=urlsplit(decided.practice).netloc)


def _secret(target: Target, decided: Decided, where: str, words: Words) -> str:
    if not complete(target):
        return words("target.incomplete")
    if target.name not in decided.secrets:
        return ""
    return words(f"secret.{where}") if where else words("secret.none")
