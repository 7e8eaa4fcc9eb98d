"""`rowpost explain [CODE]`: the rules that decide whether a row is fit to send, and where they come from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.check_command import chosen as chosen_target
from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowpost.checks import RuleNote
    from rowpost.cli.console import Console
    from rowpost.cli.documents import Document
    from rowpost.model.attempts import Rejection
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("code", nargs="?", default="", metavar="CODE", help=wording.say("cli.arg.code"))
    parser.add_argument("--rejections", action="store_true", help=wording.say("cli.arg.rejections"))
    arguments_of.add_target(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Tell all rules, one of them in full, or why a target has rejected invoices so far."""
    with working(arguments, console) as session:
        if arguments.rejections:
            tell_rejections(session.rejections(chosen_target(arguments, session)), console)
            return Exit.FINE
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


def tell_rejections(seen: Sequence[Rejection], console: Console) -> None:
    """Tell the reasons, the most frequent first: how often, when last, and the agency's own words."""
    say = console.wording.say
    if console.as_json:
        reasons = [
            {"code": one.code, "text": one.text, "count": one.count, "last": one.last.isoformat()}
            for one in seen
        ]
        console.document({"rejections": reasons})
    elif not seen:
        console.say("cli.explain.no_rejections")
    else:
        console.table(
            [say(f"cli.col.{name}") for name in ("times", "last", "reason")],
            (
                (
                    console.wording.write(one.count),
                    console.wording.write(one.last.astimezone().date()),
                    console.wording.beside("" if one.text else say(one.code), one.text),
                )
                for one in seen
            ),
        )


def tell_all(rules: Sequence[RuleNote], console: Console) -> None:
    """Print all rules, a line each."""
    say = console.wording.say
    console.table(
        [say(f"cli.col.{name}") for name in ("code", "severity", "cause")],
        ((rule.code, say(f"severity.{rule.severity}"), say(f"{rule.code}.title")) for rule in rules),
    )
