"""What stands around the Review table, as values: chips with counts, problems by kind."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.checks import FIXABLE
from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.places import Kind
from rowpost.gui.views.review_index import Chip, ReviewIndex
from rowpost.gui.words import Words

_ORDER = (Tone.MUST_FIX, Tone.CHECK, Tone.INFO)


@dataclass(frozen=True, slots=True)
class KindLine:
    """All problems of one kind; `fixable`: there is a fix that needs no judgement.

    `concerns_all`: it is said once for the whole file.
    """

    kind: Kind
    tone: Tone
    title: str
    count: int
    fixable: bool
    concerns_all: bool = False


def chip_words(index: ReviewIndex, words: Words) -> dict[Chip, str]:
    """Return the text of every chip; '' for one that is not shown."""
    said = {chip: words(f"chip.{chip}", count=index.count(chip)) for chip in Chip}
    if not index.count(Chip.SENT):
        said[Chip.SENT] = ""
    return said


def kinds(index: ReviewIndex, words: Words) -> tuple[KindLine, ...]:
    """Return the kinds of problems: what must be fixed first, then the most frequent."""
    lines = [
        KindLine(
            *(kind, kind.tone, _title(kind, index, words), count, kind.code in FIXABLE),
            concerns_all=_concerns_all(kind, index),
        )
        for kind, count in index.kinds()
    ]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.tone), -line.count, line.title)))


def _concerns_all(kind: Kind, index: ReviewIndex) -> bool:
    """Whether it is said once for the whole file: no row of its own has it."""
    example = index.example_of(kind)
    return example is not None and not example.row


def _title(kind: Kind, index: ReviewIndex, words: Words) -> str:
    title = words.part(kind.code, "title", {})
    if title:
        label = words.wording.label(kind.path) if kind.path else ""
        return words("review.kind_of_field", kind=title, label=label) if label else title
    example = index.example_of(kind)
    return words.problem(example) if example else kind.code
