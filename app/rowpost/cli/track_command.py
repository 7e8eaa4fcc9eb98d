"""`rowpost track`: what the agency holds of the invoices of a run, or of one invoice."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit, of_cause
from rowpost.cli.work import NEVER, choose_target, working
from rowpost.model.followup import Asked, FollowLine, FollowUp, Known, Seen, Sums
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from decimal import Decimal

    from rowpost.cli.console import Console
    from rowpost.model.answers import CaseFacts
    from rowpost.session import Session
    from rowpost.wording import Wording

_COLUMNS = ("row", "invoice", "state", "status", "case", "case_status", "amount", "paid", "credited", "open")
_CASE_COLUMNS = ("case", "status", "sub_status", "open", "account", "reference")


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", nargs="?", default="", help=wording.say("cli.arg.run_track"))
    parser.add_argument("--invoice", default="", metavar="NO", help=wording.say("cli.arg.invoice"))
    parser.add_argument("--source-id", default="", metavar="ID", help=wording.say("cli.arg.source_id"))
    parser.add_argument("--invoice-id", default="", metavar="ID", help=wording.say("cli.arg.invoice_id"))
    parser.add_argument("--search", default="", metavar="TEXT", help=wording.say("cli.arg.search_agency"))
    parser.add_argument("--cases", action="store_true", help=wording.say("cli.arg.cases"))
    parser.add_argument("--changes", action="store_true", help=wording.say("cli.arg.changes"))
    parser.add_argument("--known", action="store_true", help=wording.say("cli.arg.known"))
    arguments_of.add_target(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Ask the agency and show its answers; the worst trouble on the way decides the exit code."""
    from rowpost.followup import add_up, has_changed

    with working(arguments, console) as session:
        follow = ask(arguments, session, console)
        console.end_progress()
        lines = [line for line in follow.lines if has_changed(line) or not arguments.changes]
        cases = [session.in_full(follow.target, line.asked) for line in lines] if arguments.cases else None
        today = session.clock.now().astimezone().date()
        sums = add_up(follow.lines, today)
        if console.as_json:
            from rowpost.cli import following

            document = following.follow_up(follow, lines, sums, today)
            console.document(document if cases is None else {**document, "cases": case_documents(cases)})
        else:
            tell(follow, lines, cases, sums, console)
    return max((of_cause(cause.remedy) for cause in sums.causes), default=Exit.FINE)


def ask(arguments: argparse.Namespace, session: Session, console: Console) -> FollowUp:
    """Ask for one invoice by its keys, for what a search finds, else for a run's (the latest by default)."""
    asked = Asked(arguments.invoice, arguments.source_id, invoice_id=arguments.invoice_id)
    single = bool(asked.invoice_number or asked.source_id or asked.invoice_id)
    if sum((single, bool(arguments.search), bool(arguments.which))) > 1 or (
        arguments.known and (single or arguments.search)
    ):
        raise Trouble("cli.track.one_question", Remedy.FIX_SETTINGS)
    if single:
        target = choose_target(arguments, session)
        return session.follow_asked(target, [asked], stop=NEVER, progress=console.progress)
    if arguments.search:
        target = choose_target(arguments, session)
        return session.kept(*session.seek(target, arguments.search, stop=NEVER, progress=console.progress))
    if arguments.known:
        return session.followed(arguments.which)
    return session.follow_run(arguments.which, stop=NEVER, progress=console.progress)


def case_documents(known: Sequence[Known]) -> list[dict[str, object]]:
    """Describe every case once, for a script."""
    from rowpost.cli import following

    return [following.case(case) for case in each_case(known)]


def each_case(known: Sequence[Known]) -> Sequence[CaseFacts]:
    """Return every case once; several invoices may be in one."""
    return list({case.case_id or case.case_number: case for one in known for case in one.cases}.values())


def tell(
    follow: FollowUp,
    lines: Sequence[FollowLine],
    cases: Sequence[Known] | None,
    sums: Sums,
    console: Console,
) -> None:
    """Print a line an invoice, what they come to, and what has changed."""
    wording = console.wording
    console.table(
        [wording.say(f"cli.col.{name}") for name in _COLUMNS], (as_line(line, wording) for line in lines)
    )
    if cases is not None:
        console.line()
        console.table([wording.say(f"cli.col.{name}") for name in _CASE_COLUMNS], case_lines(cases, wording))
    console.line()
    for sentence in summary(follow, sums, wording):
        console.line(sentence)


def as_line(line: FollowLine, wording: Wording) -> list[str]:
    """Describe an invoice for a person."""
    from rowpost.followup import has_changed, standing
    from rowpost.followup.telling import standing_word

    seen = line.seen or Seen()
    how = standing_word(standing(line), wording)
    if line.cause is not None:
        how = wording.say(line.cause.code, line.cause.values)
    return [
        str(line.asked.rows[0]) if line.asked.rows else "",
        seen.invoice_number or line.asked.invoice_number or line.asked.source_id or line.asked.invoice_id,
        f"* {how}" if has_changed(line) else how,
        seen.status,
        seen.case_number,
        " ".join(filter(None, (seen.case_status, seen.sub_status))),
        *(
            money(amount, seen, wording)
            for amount in (seen.original, seen.paid, seen.credited, seen.remaining)
        ),
    ]


def money(amount: Decimal | None, seen: Seen, wording: Wording) -> str:
    """Write an amount for a person, '' where there is none."""
    return "" if amount is None else f"{wording.write(amount)} {seen.currency}".strip()


def case_lines(cases: Sequence[Known], wording: Wording) -> Iterator[list[str]]:
    """Describe every case once, for a person."""
    for case in each_case(cases):
        remaining = "" if case.remaining_amount is None else wording.write(case.remaining_amount)
        yield [
            *(case.case_number, case.status, case.sub_status, remaining),
            *(case.account_number, case.payment_reference),
        ]


def summary(follow: FollowUp, sums: Sums, wording: Wording) -> Iterator[str]:
    """Say what the invoices come to, what has changed, and when they were asked for."""
    from rowpost.followup import telling

    for currency, total in sums.totals.items():
        yield telling.total_sentence(currency, total, wording)
        if total.by_age:
            yield telling.age_sentence(currency, total, wording)
    if changed := telling.change_sentence(sums, wording):
        yield changed
    for remark in follow.remarks:
        yield wording.say("followup.remark", {"reason": wording.say(remark.code, remark.values)})
    if sums.seen_at is not None:
        yield wording.say("followup.asked_at", {"when": wording.write(sums.seen_at.astimezone())})
