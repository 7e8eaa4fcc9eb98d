"""Where the command line writes: stdout is the result, stderr is progress and trouble."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rowpost.model.outside import Progress
from rowpost.model.problems import NO_VALUES, Problem, Values
from rowpost.model.trouble import Trouble
from rowpost.wording import Wording

_GAP = "  "


class Console:
    """One command's voice. With `as_json`, stdout carries exactly one JSON document."""

    def __init__(self, wording: Wording, *, as_json: bool) -> None:
        self.wording = wording
        self.as_json = as_json
        self._stage = ""
        self.told: list[Problem] = []

    def document(self, document: Mapping[str, object]) -> None:
        """Print the one JSON document; amounts in it are already strings."""
        sys.stdout.writelines(json_lines(document))

    def line(self, text: str = "") -> None:
        """Print one line of the result; silent with `--json`."""
        if not self.as_json:
            sys.stdout.write(text + "\n")

    def say(self, code: str, values: Values = NO_VALUES) -> None:
        """Print one sentence of the result; silent with `--json`."""
        self.line(self.wording.say(code, values))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print rows in columns as wide as they need."""
        if self.as_json:
            return
        lines = [tuple(headings), *(tuple(" ".join(cell.splitlines()) for cell in row) for row in rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
        for cells in lines:
            self.line(
                _GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            )

    def tell(self, fact: Problem) -> None:
        """Say on stderr what is to be known of the file or the mapping; an error's document repeats it."""
        self.told.append(fact)
        self.aside(fact.code, fact.values)

    def aside(self, code: str, values: Values = NO_VALUES) -> None:
        """Say something on stderr that is not the result."""
        sys.stderr.write(self.wording.say(code, values) + "\n")

    def explain(self, trouble: Trouble) -> dict[str, object]:
        """Say on stderr what is wrong and what to do; return the same for a document."""
        self.end_progress()
        message = self.wording.say(trouble.code, trouble.values)
        cure_code = f"{trouble.code}.cure"
        cure = self.wording.say(cure_code, trouble.values) if self.wording.knows(cure_code) else ""
        sys.stderr.write(f"{message} {cure}".rstrip() + "\n")
        return {"code": trouble.code, "message": message, "cure": cure}

    def progress(self, progress: Progress) -> None:
        """Show on stderr what is being done; on a terminal one line that is written over."""
        text = self.wording.say(progress.stage, {"done": progress.done, "total": progress.total})
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{text}")
        elif progress.stage != self._stage:
            sys.stderr.write(text + "\n")
        self._stage = progress.stage

    def end_progress(self) -> None:
        """Leave the line that progress was written on."""
        if self._stage and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        self._stage = ""

    @property
    def can_ask(self) -> bool:
        """Whether there is a person at a terminal."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def confirm(self, code: str, values: Values = NO_VALUES) -> bool:
        """Ask one yes-or-no question on the terminal; only a clear yes counts."""
        sys.stderr.write(self.wording.say(code, values) + " ")
        sys.stderr.flush()
        answer = sys.stdin.readline().strip().casefold()
        return answer in self.wording.say("cli.yes_words").split()


def json_lines(document: Mapping[str, object]) -> Iterator[str]:
    """Write a document with a line for every entry of its lists: quickly, however many there are."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    before = "{\n"
    for name, value in document.items():
        yield f"{before}  {write(name)}: "
        before = ",\n"
        if isinstance(value, list) and value:
            yield "[\n    "
            yield write(value[0])
            for entry in value[1:]:
                yield f",\n    {write(entry)}"
            yield "\n  ]"
        else:
            yield write(value)
    yield "\n}\n" if document else "{}\n"
