"""What Help shows: the guide, and what is made from the catalog and the rules, as Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rowpost import __version__
from rowpost.checks.rulebook import RULES
from rowpost.gui.state import State, Step
from rowpost.gui.words import Words
from rowpost.host.about import libraries
from rowpost.host.guide import chapter_key, chapters

KEYS = (
    ("Ctrl+O", "open"),
    ("Ctrl+1 … Ctrl+5", "steps"),
    ("Alt+←", "back"),
    ("Ctrl+↵", "next"),
    ("F6", "areas"),
    ("F8, Shift+F8", "problems"),
    ("F2", "edit"),
    ("Del", "empty"),
    ("Ctrl+X, Ctrl+C, Ctrl+V", "copy"),
    ("Ctrl+D", "fill"),
    ("Ctrl+L", "leave_out"),
    ("Alt+↓", "values"),
    ("Ctrl+F", "search"),
    ("Ctrl+T", "target"),
    ("Ctrl+Z, Ctrl+Y", "undo"),
    ("F1", "help"),
)
CHAPTER_OF = {
    Step.OPEN: "first-run",
    Step.MAP: "mapping",
    Step.REVIEW: "problems",
    Step.SEND: "sending",
    Step.RESULTS: "afterwards",
    Step.HISTORY: "afterwards",
    Step.FOLLOW: "afterwards",
    Step.SETTINGS: "for-it",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of Help: `folder` is where its pictures are looked for, '' if it has none."""

    key: str
    title: str
    markdown: str
    folder: str = ""


def all_chapters(words: Words) -> tuple[Chapter, ...]:
    """Return the guide's chapters and the four lists, in the order of the contents."""
    guide = tuple(_chapter(path) for path in chapters(words.language))
    lists = {
        "keys": _page(words("help.keys"), key_lines(words)),
        "fields": _page(words("help.fields"), field_lines(words)),
        "rules": _page(words("help.rules"), rule_lines(words)),
        "licences": _page(words("help.licences"), licence_lines(words)),
    }
    return (*guide, *(_made(key, markdown) for key, markdown in lists.items()))


def _chapter(path: Path) -> Chapter:
    return _made(chapter_key(path), path.read_text("utf-8"), str(path.parent))


def _made(key: str, markdown: str, folder: str = "") -> Chapter:
    return Chapter(key, markdown.partition("\n")[0].removeprefix("# "), markdown, folder)


def find_chapter(chapters: Sequence[Chapter], step: Step) -> int:
    """Return the place of the chapter that tells of a step; the first where none does."""
    key = CHAPTER_OF.get(step, "")
    return next((at for at, chapter in enumerate(chapters) if chapter.key == key), 0)


def key_lines(words: Words) -> Iterator[str]:
    """Every key with what it does."""
    return (f"**{keys}** — {words(f'key.{name}')}" for keys, name in KEYS)


def field_lines(words: Words) -> Iterator[str]:
    """Every field: its name, what it is, an example."""
    for field in words.catalog.fields:
        required = f" ({words('map.required')})" if field.required else ""
        text = field.help.get(words.language) or field.help.get("en", "")
        example = f" *{words('help.example', value=field.example)}*" if field.example else ""
        yield f"### {words.label(field)}{required}\n\n{text}{example}"


def rule_lines(words: Words) -> Iterator[str]:
    """Every rule of the house: its title, and why it is there."""
    return (f"### {words.part(code, 'title', {})}\n\n{words.part(code, 'help', {})}" for code in RULES)


def licence_lines(words: Words) -> Iterator[str]:
    """What the program is made of, and under which licences."""
    yield words("help.own_licence", version=__version__)
    yield from (f"**{one.name}** {one.version} — {one.licence}" for one in libraries())


def _page(title: str, paragraphs: Iterable[str]) -> str:
    return "\n\n".join((f"# {title}", *paragraphs))


def support_text(state: State) -> str:
    """Return what support needs to know; no person and no content is in it."""
    lines = [
        f"Rowpost {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}",
        f"step {state.step}, target {state.target.environment}",
    ]
    if state.result is not None:
        lines.append(f"run {state.result.summary.run}, {state.result.summary.status}")
    if state.trouble is not None:
        lines.append(f"trouble {state.trouble.code}")
    if state.assessment is not None:
        lines.append(f"{len(state.assessment.ready)} ready, {len(state.assessment.staying)} staying")
    return "\n".join(lines)
