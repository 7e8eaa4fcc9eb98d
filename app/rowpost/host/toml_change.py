"""Changes single values in a TOML text and leaves everything else as a person has written it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from rowpost.host.toml import header, to_toml

Path = tuple[str, ...]


def changed(text: str, changes: Mapping[Path, Any], wanted: Mapping[str, Any]) -> str:
    """Return `text` with the values at some paths changed; None takes the value, or the table, out.

    `wanted` is what the text must then say. Where a person writes in a way that cannot be changed
    line by line (dotted keys, tables in one line, texts over several lines), the whole is written
    anew: a comment may then be lost, a value never.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    for path, value in changes.items():
        if value is None:
            _take_out(lines, path)
        else:
            _put(lines, path, to_toml({path[-1]: value}).strip())
    new = "\n".join(lines).strip("\n") + "\n"
    return new if _says(new, wanted) else to_toml(wanted)


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return without_empty(tomllib.loads(text)) == without_empty(wanted)
    except tomllib.TOMLDecodeError:
        return False


def without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table without the tables in it that hold nothing: they say nothing."""
    inner = {
        name: without_empty(value) if isinstance(value, Mapping) else value for name, value in table.items()
    }
    return {name: value for name, value in inner.items() if value != {}}


def _put(lines: list[str], path: Path, line: str) -> None:
    first, last = _span(lines, path[:-1])
    if first < 0:
        lines += ["", header(path[:-1]), line]
        return
    for at in range(first, last):
        if _key(lines[at]) == path[-1]:
            comment = _comment(lines[at])
            lines[at] = f"{line}  {comment}" if comment else line
            return
    lines.insert(_end(lines, first, last), line)


def _take_out(lines: list[str], path: Path) -> None:
    first, last = _span(lines, path)
    if first > 0:  # a whole table, with its header
        del lines[first - 1 : _end(lines, first, last)]
        return
    first, last = _span(lines, path[:-1])
    for at in range(max(first, 0), last):
        if _key(lines[at]) == path[-1]:
            del lines[at]
            return


def _end(lines: Sequence[str], first: int, last: int) -> int:
    """Return the line after a table's last value: what follows it belongs to the next table."""
    while last > first and lines[last - 1].lstrip()[:1] in ("", "#"):
        last -= 1
    return last


def _span(lines: Sequence[str], table: Path) -> tuple[int, int]:
    """Return the first line after a table's header and the line after its last; -1 where there is none."""
    if not table:
        return 0, next((at for at, line in enumerate(lines) if _table(line)), len(lines))
    for at, line in enumerate(lines):
        if _table(line) == table:
            rest = range(at + 1, len(lines))
            return at + 1, next((end for end in rest if _table(lines[end])), len(lines))
    return -1, -1


def _table(line: str) -> Path:
    """Return the path that a header line names, () for any other line."""
    if not line.lstrip().startswith("["):
        return ()
    document, path = _read(line), []
    while document:
        name, inner = next(iter(document.items()))
        path.append(name)
        document = inner if isinstance(inner, dict) else {}
    return tuple(path)


def _key(line: str) -> str:
    """Return the key of a line `key = value`, '' for any other line."""
    document = {} if line.lstrip().startswith("[") else _read(line)
    return next(iter(document), "") if len(document) == 1 else ""


def _comment(line: str) -> str:
    """Return the comment behind a value."""
    whole = _read(line)
    for at, sign in enumerate(line):
        if sign == "#" and _read(line[:at]) == whole:
            return line[at:]
    return ""


def _read(line: str) -> dict[str, Any]:
    try:
        return tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return {}
