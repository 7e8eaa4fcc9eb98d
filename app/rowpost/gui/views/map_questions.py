"""What the Map page asks in bars: columns without an answer, and what is different from last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.mapping import DEBTOR_TYPE, GroupKind, Mapping, Question, Untold
from rowpost.mapping.targets import find
from rowpost.model.problems import Values
from rowpost.session.suggesting import Suggestion

BOTH_AMOUNTS = {"originalInvoiceAmount", "remainingAmount"}  # the same where nothing is paid
ROWS_ARE_INVOICES = "groups"  # the mark of a person who has said so
ROW_BY_ROW = "debtor_type"  # the mark of a person who wants to say of each row what its debtor is
_NAMED = 3  # doubtful names that are named


def questions(state: State, words: Words) -> Iterator[NoticeView]:
    """Yield what is asked, the differences from the saved mapping first."""
    mapping, suggestion, marks = state.mapping, state.suggestion, state.marks
    if mapping is None:
        return
    if suggestion is not None and suggestion.saved is not None:
        yield from _differences(suggestion, mapping, marks, words)
    for question in mapping.questions:
        free = _free(question, mapping)
        if free and f"column:{question.column}" not in marks:
            yield _question(question, free, words)
    yield from _groups(state, words)
    untold = open_debtors(state)
    if untold is not None:
        yield _debtors(untold, words)


def _differences(
    found: Suggestion, mapping: Mapping, marks: frozenset[str], words: Words
) -> Iterator[NoticeView]:
    for pair in found.difference.renamed:
        lost = _lost(found, pair.before, mapping)
        if lost and f"renamed:{pair.before}" not in marks:
            yes = (f"renamed:{pair.before}", words("map.use_proposal", heading=pair.after))
            no = (f"settle:renamed:{pair.before}", words("map.is_another"))
            sentence = words("map.renamed", before=pair.before, after=pair.after)
            cure = words("map.gave", fields=_labels(lost, words))
            yield NoticeView(Tone.CHECK, sentence, cure, (yes, no))
    for heading in found.difference.gone:
        lost = _lost(found, heading, mapping)
        if lost and f"gone:{heading}" not in marks:
            choose = (f"show:{lost[0]}", words("map.choose_other"))
            leave = (f"settle:gone:{heading}", words("map.leave_out"))
            cure = words("map.gave", fields=_labels(lost, words))
            yield NoticeView(Tone.CHECK, words("map.gone", heading=heading), cure, (choose, leave))
    if found.difference.new and "new" not in marks:
        headings = ", ".join(found.difference.new)
        yield NoticeView(
            Tone.INFO, words("map.new", headings=headings), actions=(("settle:new", words("map.seen")),)
        )
    if found.reads_otherwise and found.saved is not None and "otherwise" not in marks:
        values: Values = {"mapping": found.saved.name, "count": len(found.reads_otherwise)}
        sentence = words.wording.say("mapping.saved_reads_otherwise", values)
        keep = (("keep_saved", words("map.keep_reading")),)
        yield NoticeView(Tone.CHECK, sentence, words("map.look_at_samples"), keep)


def _lost(found: Suggestion, heading: str, mapping: Mapping) -> list[str]:
    """The fields that a column that is gone has given, and that nothing gives now."""
    saved = found.saved
    if saved is None:
        return []
    columns = {column for column, name in enumerate(saved.headings, 1) if name == heading}
    rules = (rule for rule in saved.rules if columns.intersection(rule.columns))
    return [rule.field for rule in rules if mapping.rule(rule.field) is None]


def _labels(keys: list[str], words: Words) -> str:
    return ", ".join(words.label(find(words.catalog, key)[0]) for key in keys)


def _free(question: Question, mapping: Mapping) -> tuple[str, ...]:
    """The fields that the column may still be: none once it has one, and none that has its own column.

    An answer must never take what remains from "Restbeløp" and give it to "Beløp".
    """
    if any(question.column in rule.columns for rule in mapping.rules):
        return ()
    return tuple(key for key in question.candidates if mapping.rule(key) is None)


def _question(question: Question, free: Sequence[str], words: Words) -> NoticeView:
    fields = [words.catalog.field(key) for key in free]
    answers = [(f"answer:{question.column}:{field.key}", words.label(field)) for field in fields]
    if set(free) == BOTH_AMOUNTS:
        answers.append((f"answer:{question.column}:{','.join(free)}", words("map.both")))
    neither = (f"settle:column:{question.column}", words("map.neither"))
    return NoticeView(
        Tone.CHECK,
        words("map.question", heading=question.heading),
        words.wording.say(question.reason),
        (*answers, neither),
    )


def _groups(state: State, words: Words) -> Iterator[NoticeView]:
    proposal = state.seen.proposal if state.seen and state.seen.mapping is state.mapping else None
    if proposal is None or ROWS_ARE_INVOICES in state.marks:
        return
    rows = ", ".join(map(str, proposal.rows))
    several = words(f"map.group.{proposal.kind}")
    yield NoticeView(
        Tone.CHECK,
        words(
            "map.repeated" if proposal.whole else "map.repeated.more",
            count=proposal.seen,
            number=proposal.example,
            rows=rows,
        ),
        words(f"map.repeated.{proposal.kind}", count=proposal.agreeing, total=proposal.seen),
        (
            (f"group:{proposal.kind}", several),
            (f"group:{GroupKind.NONE}", words("map.group.none")),
            ("show_groups", words("map.group.see")),
        ),
    )


def open_debtors(state: State) -> Untold | None:
    """Return the debtors whom nothing tells to be persons or companies, until a person has answered."""
    seen = state.seen if state.seen and state.seen.mapping is state.mapping else None
    return seen.untold if seen is not None and ROW_BY_ROW not in state.marks else None


def _debtors(untold: Untold, words: Words) -> NoticeView:
    """Ask once what they are; what is most likely stands first, with its reason."""
    count, code = untold.count, "map.untold" if untold.whole else "map.untold.first"
    options = (option.value for option in words.catalog.field(DEBTOR_TYPE).options)
    answers = (
        (f"otherwise:{option}", _answer(option, untold, words))
        for option in sorted(options, key=lambda option: option != untold.proposed)
    )
    return NoticeView(
        Tone.CHECK,
        words(code, count=count, total=untold.seen, name=untold.example, row=untold.row),
        " ".join(_likely(untold, words)),
        (
            *answers,
            (f"show:{DEBTOR_TYPE}", words("map.choose_column")),
            (f"settle:{ROW_BY_ROW}", words("map.untold.row_by_row")),
        ),
    )


def _answer(option: str, untold: Untold, words: Words) -> str:
    if untold.count == untold.seen > 1:
        return words(f"map.untold.all.{option}")
    if not untold.whole:
        return words(f"map.untold.such.{option}")
    return words(f"map.untold.others.{option}", count=untold.count)


def _likely(untold: Untold, words: Words) -> Iterator[str]:
    """Why it is likely, and whom to look at before it is said."""
    if untold.proposed:
        yield words.wording.say(untold.reason)
        yield words("map.untold.likely")
    if untold.doubtful:
        code = "map.untold.doubtful" if untold.proposed else "map.untold.unclear"
        yield words(code, names=_named(untold.doubtful, words))


def _named(doubtful: Sequence[tuple[str, int]], words: Words) -> str:
    shown = (words("map.untold.named", name=name, row=row) for name, row in doubtful[:_NAMED])
    names, left = ", ".join(shown), len(doubtful) - _NAMED
    return words("map.untold.more", names=names, count=left) if left > 0 else names
