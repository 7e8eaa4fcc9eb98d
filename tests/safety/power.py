"""What a disk may hold after the power was cut: the synced, and any part of what was not synced."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.safety.recording_vfs import Operation

SECTOR = 512


@dataclass(slots=True)
class _File:
    """`durable` is what surely survives; `pending` what was done since the last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)
    named: bool = False  # the folder's entry survives
    deleted: bool = False


class Disk:
    """Plays operations back, and shows what a cut at this point may leave."""

    def __init__(self) -> None:
        self._files: dict[str, list[_File]] = {}

    def play(self, operation: Operation) -> None:
        """Let one operation happen."""
        generations = self._files.setdefault(operation.file, [])
        match operation.kind:
            case "create":
                generations.append(_File())
            case "delete":
                generations[-1].deleted = True
                if operation.durable:
                    generations.clear()
            case "sync":
                _sync(generations)
            case "write" | "truncate":
                generations[-1].pending.append(operation)
            case "mark":
                pass

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return one of the many possible contents of the folder after a cut now."""
        found: dict[str, bytes] = {}
        for name, generations in self._files.items():
            survivor = _survivor(generations, chance)
            if survivor is not None:
                found[name] = _content(survivor, chance)
        return found


def _sync(generations: list[_File]) -> None:
    """What is synced survives, and so does the name of the file that is there now."""
    file = generations[-1]
    for operation in file.pending:
        _apply(file.durable, operation)
    file.pending.clear()
    if not file.named:
        file.named = True
        del generations[:-1]


def _survivor(generations: list[_File], chance: random.Random) -> _File | None:
    """The file that stands under a name: unsynced creations and deletions may have happened or not."""
    found = None
    for file in generations:
        if file.named or chance.random() < 0.5:
            found = file
        if file.deleted and found is file and chance.random() < 0.5:
            found = None
    return found


def _content(file: _File, chance: random.Random) -> bytes:
    """The synced bytes with any of the later writes: whole, torn at a sector, or lost; in any order."""
    content = bytearray(file.durable)
    kept = [operation for operation in file.pending if chance.random() < 0.6]
    if chance.random() < 0.3:
        chance.shuffle(kept)
    for operation in kept:
        _apply(content, _torn(operation, chance) if chance.random() < 0.3 else operation)
    return bytes(content)


def _torn(operation: Operation, chance: random.Random) -> Operation:
    if operation.kind != "write" or len(operation.data) <= SECTOR:
        return operation
    sectors = chance.randrange(1, -(-len(operation.data) // SECTOR))
    if chance.random() < 0.5:
        return Operation("write", operation.file, operation.offset, operation.data[: sectors * SECTOR])
    skipped = sectors * SECTOR
    return Operation("write", operation.file, operation.offset + skipped, operation.data[skipped:])


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        del content[operation.offset :]
        return
    end = operation.offset + len(operation.data)
    content.extend(bytes(max(0, end - len(content))))
    content[operation.offset : end] = operation.data


def write_out(files: dict[str, bytes], folder: Path) -> None:
    """Put the survivors into an empty folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def promises(operations: Iterable[Operation]) -> list[object]:
    """What was promised, in order."""
    return [operation.mark for operation in operations if operation.kind == "mark"]
