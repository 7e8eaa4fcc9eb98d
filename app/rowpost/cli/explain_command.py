"""`rowpost explain [CODE]`: the rules that decide whether a row is fit to send, and where they come from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowpost.checks import RuleNote
    from rowpost.cli.console import Console
    from rowpost.cli.documents import Document
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("code", nargs="?", default="", metavar="CODE", help=wording.say("cli.arg.code"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Tell all rules, or one of them in full."""
    with working(arguments, console):
        rules = chosen(arguments.code)
        if console.as_json:
            console.document({"rules": [described(rule, console.wording) for rule in rules]})
        elif arguments.code:
            tell(rules[0], console)
        else:
            tell_all(rules, console)
    return Exit.FINE


def chosen(code: str) -> Sequence[RuleNote]:
    """Return the rule of that code, all for ''. Trouble where there is none."""
    from rowpost.checks import RULES

    if not code:
        return tuple(RULES.values())
    if code not in RULES:
        raise Trouble("checks.no_such_rule", Remedy.FIX_SETTINGS, {"code": code})
    return (RULES[code],)


def described(rule: RuleNote, wording: Wording) -> Document:
    """Describe one rule."""
    from rowpost.checks import EXAMPLES

    return {
        "code": rule.code,
        "severity": str(rule.severity),
        "adjustable": rule.adjustable,
        "title": wording.say(f"{rule.code}.title"),
        "explanation": wording.say(f"{rule.code}.help"),
        "example": wording.say(rule.code, EXAMPLES[rule.code]),
        "source": wording.say(rule.source),
    }


def tell(rule: RuleNote, console: Console) -> None:
    """Print one rule in full."""
    told = described(rule, console.wording)
    console.line(f"{rule.code}: {told['title']}")
    console.line(str(told["explanation"]))
    console.line()
    lines = [
        (console.wording.say("cli.col.severity"), console.wording.say(f"severity.{rule.severity}")),
        (console.wording.say("cli.explain.example"), str(told["example"])),
        (console.wording.say("cli.explain.source"), str(told["source"])),
    ]
    console.table(lines[0], lines[1:])
    console.line()
    code = "cli.explain.adjust" if rule.adjustable else "cli.explain.fixed"
    console.say(code, {"code": rule.code})


def tell_all(rules: Sequence[RuleNote], console: Console) -> None:
    """Print all rules, a line each."""
    say = console.wording.say
    console.table(
        [say(f"cli.col.{name}") for name in ("code", "severity", "cause")],
        ((rule.code, say(f"severity.{rule.severity}"), say(f"{rule.code}.title")) for rule in rules),
    )
