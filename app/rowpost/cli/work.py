"""What several commands do alike: open the session, read the workbook, find the mapping, assess the rows."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli.console import Console
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.assessment import Assessment
    from rowpost.model.results import RunSummary
    from rowpost.session import Session
    from rowpost.session.suggesting import Suggestion

_ASK_GROUPING = frozenset({"mapping.grouping.claims", "mapping.grouping.debtors"})
NEVER = threading.Event()  # a command line without a Cancel button: Ctrl+C interrupts the call itself


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook on its way: read, mapped, checked against what `target` takes.

    `found` is where the mapping came from.
    """

    opened: Opened
    mapping: ColumnMapping
    assessment: Assessment
    target: Target
    found: Suggestion


@contextmanager
def working(arguments: argparse.Namespace, console: Console) -> Iterator[Session]:
    """Open the session for one command, speaking the language that was asked for."""
    from rowpost.wiring import open_session

    with open_session(overrides=arguments.option, language=arguments.lang or "") as session:
        console.wording = session.wording
        yield session


def read_workbook(arguments: argparse.Namespace, session: Session, console: Console) -> Opened:
    """Read the file that the arguments name."""
    reading = Reading(arguments.sheet, arguments.header_row, arguments.include_hidden)
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None
    with meanwhile(session.make_ready):
        opened = session.open(
            Path(arguments.file), reading, password=password, stop=NEVER, progress=console.progress
        )
    console.end_progress()
    return opened


def read_sheet_of_run(
    arguments: argparse.Namespace, session: Session, console: Console, summary: RunSummary
) -> Opened:
    """Read the file that the arguments name; where they do not say which sheet, the one of the run."""
    opened = read_workbook(arguments, session, console)
    there = any(sheet.name == summary.sheet for sheet in opened.sheets)
    if arguments.sheet or not there or opened.table.sheet == summary.sheet:
        return opened
    arguments.sheet = summary.sheet
    if arguments.header_row is None:
        arguments.header_row = summary.header_row
    return read_workbook(arguments, session, console)


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Do `work` while the block waits for another process. Trouble in it is met again where it matters."""

    def quietly() -> None:
        with suppress(Trouble):
            work()

    beside = threading.Thread(target=quietly, name="meanwhile")
    beside.start()
    try:
        yield
    finally:
        beside.join()


def choose_mapping(
    arguments: argparse.Namespace,
    session: Session,
    opened: Opened,
    console: Console,
    then: Suggestion | None = None,
) -> tuple[ColumnMapping, Suggestion]:
    """Take the named mapping, else that of `then`, else what the headings suggest, with what was typed.

    It is saved if that is wanted. Trouble where a named mapping needs a column that is not there,
    or where the saved mapping of this sheet has money, dates or identifiers elsewhere than the sheet.
    """
    constants = read_constants(arguments.constants)
    found = then if then and not arguments.mapping else suggested(arguments, session, opened)
    for fact in found.facts:
        if "grouping" not in constants or fact.code not in _ASK_GROUPING:
            console.tell(fact)
    with typed():
        mapping = session.with_constants(found.mapping, constants)
    if arguments.mapping:
        found.refuse_lost(mapping)
    found.refuse_changed(mapping, session.catalog, constants)
    if arguments.save_mapping:
        session.save_mapping(arguments.save_mapping, mapping, opened)
    return mapping, found


def suggested(arguments: argparse.Namespace, session: Session, opened: Opened) -> Suggestion:
    """Take the named mapping, else what the headings suggest, with the columns chosen by hand."""
    columns = read_columns(arguments.columns)
    return session.suggest(opened, arguments.mapping, columns)


@contextmanager
def typed() -> Iterator[None]:
    """Sort trouble with what was typed as usage: no file has to be mended for it."""
    try:
        yield
    except Trouble as trouble:
        raise Trouble(trouble.code, Remedy.FIX_SETTINGS, trouble.values) from None


def read_constants(texts: Sequence[str]) -> dict[str, str]:
    """Split `--set FIELD=VALUE`; whether there is such a field, says the mapping."""
    pairs = [(text, pair_in(text)) for text in texts]
    for text, pair in pairs:
        if pair is None:
            raise Trouble("cli.constant_form", Remedy.FIX_SETTINGS, {"value": text})
    return dict(pair for _, pair in pairs if pair)


def read_columns(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Split `--column FIELD=HEADING`; a field may be given several columns."""
    pairs = [(text, pair_in(text)) for text in texts]
    for text, pair in pairs:
        if pair is None:
            raise Trouble("cli.column_form", Remedy.FIX_SETTINGS, {"value": text})
    return [pair for _, pair in pairs if pair]


def pair_in(text: str) -> tuple[str, str] | None:
    """Return what stands before and behind the equals sign; None without a name or a sign."""
    name, equals, value = text.partition("=")
    return (name.strip(), value.strip()) if name.strip() and equals else None


def prepare(arguments: argparse.Namespace, session: Session, console: Console, target: Target) -> Prepared:
    """Read, map and check the workbook for a target."""
    opened = read_workbook(arguments, session, console)
    return prepared(arguments, session, console, target, opened)


def prepared(
    arguments: argparse.Namespace,
    session: Session,
    console: Console,
    target: Target,
    opened: Opened,
) -> Prepared:
    """Map and check a workbook that was read; where it was opened to send again, as it was read then."""
    if opened.again is not None:
        opened, then = session.as_then(opened, opened.again.run)
        mapping, found = choose_mapping(arguments, session, opened, console, then)
    else:
        chosen, found = choose_mapping(arguments, session, opened, console)
        mapping = session.with_known_words(chosen, opened, target)
        for fact in session.words_recalled(chosen, mapping):
            console.tell(fact)
    assessment = session.assess(
        opened,
        mapping,
        target,
        include_hidden=arguments.include_hidden,
        in_child=False,
        stop=NEVER,
        progress=console.progress,
    )
    console.end_progress()
    return Prepared(opened, mapping, assessment, target, found)


def choose_target(arguments: argparse.Namespace, session: Session) -> Target:
    """Return the target by its name, or the one that the addresses describe."""
    if arguments.api_url:
        return session.target_at(arguments.api_url, arguments.token_url, arguments.org, arguments.client_id)
    return session.target(arguments.target or "practice")
