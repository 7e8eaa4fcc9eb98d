"""How severe each problem is, as the settings and the target say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rowpost.checks.rulebook import RULES
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Severity
from rowpost.model.targets import Environment

OFF = "off"
_ONLY_IN_PRODUCTION = "id.synthetic"


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
