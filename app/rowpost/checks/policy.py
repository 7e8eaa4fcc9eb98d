"""How severe each problem is, as the settings and the target say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rowpost.checks.rulebook import RULES
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Severity
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble

OFF = "off"
_ONLY_IN_PRODUCTION = "id.synthetic"


def severities_for(chosen: Mapping[str, str], target: Target) -> dict[str, str]:
    """Return what the settings choose for one target, by code.

    Keys are codes, or codes behind the name of a target or an environment (`production/id.synthetic`);
    the closer one wins. Trouble for a code that is no rule, or one whose severity is not for choosing.
    """
    found: dict[str, str] = {}
    for place in ("", str(target.environment), target.name):
        for key, word in chosen.items():
            where, _, code = key.rpartition("/")
            _verify(code)
            if where == place:
                found[code] = word
    return found


def _verify(code: str) -> None:
    rule = RULES.get(code)
    if rule is None:
        raise Trouble("checks.no_such_rule", Remedy.FIX_SETTINGS, {"code": code})
    if not rule.adjustable:
        raise Trouble("checks.not_adjustable", Remedy.FIX_SETTINGS, {"code": code})


class Policy:
    """Severities for one target. `chosen` maps codes to error, warning, note or off; others keep their own.

    Rules that are not adjustable, and everything that keeps a value from being read, stay as they are.
    """

    def __init__(self, chosen: Mapping[str, str], environment: Environment) -> None:
        self._chosen = {
            code: word for code, word in chosen.items() if (rule := RULES.get(code)) and rule.adjustable
        }
        if environment is not Environment.PRODUCTION:
            self._chosen[_ONLY_IN_PRODUCTION] = OFF
        self._changed: dict[int, tuple[Flaw, Flaw]] = {}

    def apply(self, flaws: Iterable[Flaw]) -> list[Flaw]:
        """Return the flaws with their severities; those switched off are gone."""
        if not self._chosen:
            return list(flaws)
        kept = []
        for flaw in flaws:
            word = self._chosen.get(flaw.code)
            if word is None:
                kept.append(flaw)
            elif word != OFF:
                kept.append(self._as(flaw, Severity(word)))
        return kept

    def _as(self, flaw: Flaw, severity: Severity) -> Flaw:
        """Shared flaws stay shared; the first is kept alive so that its id stays its own."""
        known = self._changed.get(id(flaw))
        if known is None:
            known = self._changed[id(flaw)] = (flaw, replace(flaw, severity=severity))
        return known[1]
