"""Fit to send? The schema, the domain's own rules, duplicates; severities; problems grouped by cause."""

from rowpost.checks.causes import Cause, alike, group_by_cause
from rowpost.checks.examples import EXAMPLES
from rowpost.checks.fixes import FIXABLE, Change, Fix, safe_fixes
from rowpost.checks.history import (
    Content,
    EarlierRun,
    KnownClaims,
    RejectedBefore,
    SentBefore,
    earlier_runs_like,
)
from rowpost.checks.policy import Policy, severities_for
from rowpost.checks.rulebook import RULES, RuleNote
from rowpost.checks.rules import Circumstances, rule_flaws
from rowpost.checks.schema import SchemaCheck

__all__ = [
    "EXAMPLES",
    "FIXABLE",
    "RULES",
    "Cause",
    "Change",
    "Circumstances",
    "Content",
    "EarlierRun",
    "Fix",
    "KnownClaims",
    "Policy",
    "RejectedBefore",
    "RuleNote",
    "SchemaCheck",
    "SentBefore",
    "alike",
    "earlier_runs_like",
    "group_by_cause",
    "rule_flaws",
    "safe_fixes",
    "severities_for",
]
