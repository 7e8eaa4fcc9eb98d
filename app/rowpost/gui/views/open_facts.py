"""The facts about a workbook as bars, each with its cure: a button wherever the program can do it."""

from __future__ import annotations

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.recent import outcome
from rowpost.gui.words import Words
from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import Opened, Reading
from rowpost.shown.quoted import as_seen

Action = tuple[str, str]
TONES = {Severity.ERROR: Tone.MUST_FIX, Severity.WARNING: Tone.CHECK, Severity.NOTE: Tone.INFO}
_HIDDEN = frozenset({"sheets.hidden_rows", "sheets.filtered_rows"})
_STRUCK = "sheets.struck_rows"
_CURED_IN_EXCEL = frozenset(
    {
        *("sheets.no_value", "sheets.changing_value", "sheets.error_cells", "sheets.digits_lost"),
        *("sheets.invisible_characters", "sheets.no_formats", "sheets.external_links"),
    }
)


def facts(
    opened: Opened, reading: Reading, left_out: frozenset[int], words: Words
) -> tuple[tuple[NoticeView, ...], tuple[NoticeView, ...]]:
    """Return the bars that ask for something, and those that are only worth knowing.

    `left_out` are the rows that a person has left out.
    """
    struck = frozenset(struck_rows(opened))
    facts = [as_seen(fact, opened.table, words.habits) for fact in opened.facts]
    bars = [(fact, _bar(fact, reading, struck <= left_out, words)) for fact in facts]
    asked = tuple(bar for fact, bar in bars if fact.severity is not Severity.NOTE or fact.code in _HIDDEN)
    notes = tuple(bar for fact, bar in bars if fact.severity is Severity.NOTE and fact.code not in _HIDDEN)
    return asked, notes


def struck_rows(opened: Opened) -> list[int]:
    """Return the rows of data that are struck through."""
    return [row for row in sorted(opened.table.struck_rows) if row >= opened.layout.first_row]


def _bar(fact: Problem, reading: Reading, struck_out: bool, words: Words) -> NoticeView:
    cure = words.part(fact.code, "cure", fact.values)
    answers = _answers(fact, reading, words)
    if fact.code == _STRUCK:
        name = "include_struck" if struck_out else "leave_out_struck"
        word = words("open.include_hidden" if struck_out else "open.leave_out_hidden")
        answers = (*answers, (name, word))
        cure = words("open.hidden_left_out") if struck_out else cure
    if fact.code in _HIDDEN and reading.include_hidden is not None:
        cure = words("open.hidden_included" if reading.include_hidden else "open.hidden_left_out")
    return NoticeView(TONES[fact.severity], words.problem(fact), cure, answers)


def _answers(fact: Problem, reading: Reading, words: Words) -> tuple[Action, ...]:
    found: list[Action] = []
    if fact.row:
        found.append((f"show:{fact.row}:{fact.where[0].column}", words("open.show_row", row=fact.row)))
    if fact.code in _HIDDEN:
        answers = {
            False: ("leave_out_hidden", words("open.leave_out_hidden")),
            True: ("include_hidden", words("open.include_hidden")),
        }
        found += [answer for said, answer in answers.items() if reading.include_hidden is not said]
    if fact.code in _CURED_IN_EXCEL:
        found += [("open_outside", words("open.outside")), ("read_again", words("open.again"))]
    if fact.code == "mapping.saved_used":
        found.append(("go:map", words("open.see_mapping")))
    return tuple(found)


def sent_before(state: State, words: Words) -> tuple[NoticeView, ...]:
    """Say that exactly this file was sent before, on which day and what became of it."""
    opened = state.opened
    same = [run for run in state.runs if opened and opened.sha256 and run.file_sha256 == opened.sha256]
    if not same:
        return ()
    latest = max(same, key=lambda run: run.created_at)
    day = latest.created_at.astimezone().date()
    see = ((f"run:{latest.run}", words("open.see_results")),)
    sentence = words("open.sent_before", date=day, outcome=outcome(latest, words))
    return (NoticeView(Tone.CHECK, sentence, words("open.sent_before.cure"), see),)
