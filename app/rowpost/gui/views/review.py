"""What stands around the Review table, as values: chips with counts, problems by kind."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.review_index import TONES, Chip, ReviewIndex
from rowpost.gui.words import Words


@dataclass(frozen=True, slots=True)
class KindLine:
    """All problems of one kind."""

    code: str
    tone: Tone
    title: str
    count: int


def chip_words(index: ReviewIndex, words: Words) -> dict[Chip, str]:
    """Return the text of every chip."""
    return {chip: words(f"chip.{chip}", count=index.count(chip)) for chip in Chip}


def kinds(index: ReviewIndex, words: Words) -> tuple[KindLine, ...]:
    """Return the kinds of problems: what must be fixed first, then the most frequent."""
    counts = index.codes()
    lines = [
        KindLine(
            code, TONES[problem.severity], _title(code, words) or words.problem(problem), counts.get(code, 0)
        )
        for code, problem in index.examples().items()
        if counts.get(code)
    ]
    order = [Tone.MUST_FIX, Tone.CHECK, Tone.INFO]
    return tuple(sorted(lines, key=lambda line: (order.index(line.tone), -line.count)))


def _title(code: str, words: Words) -> str:
    return words.part(code, "title", {})
