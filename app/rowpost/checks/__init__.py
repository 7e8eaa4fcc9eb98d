"""Fit to send? The schema, the domain's own rules, duplicates; severities; problems grouped by cause."""

from rowpost.checks.history import KnownClaims, SentBefore
from rowpost.checks.policy import Policy
from rowpost.checks.rulebook import RULES, RuleNote
from rowpost.checks.rules import Circumstances, rule_flaws
from rowpost.checks.schema import SchemaCheck

__all__ = [
    "RULES",
    "Circumstances",
    "KnownClaims",
    "Policy",
    "RuleNote",
    "SchemaCheck",
    "SentBefore",
    "rule_flaws",
]
