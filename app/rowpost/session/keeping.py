"""The side that keeps the work at hand: closing and opening again goes on where a person was.

Edits are personal data: the file is sealed with the key of the ledger, and gone after the days of
the privacy settings.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rowpost.host import resources
from rowpost.host.folders import unwritable
from rowpost.host.whole_file import replace_file
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session.parts import Side

if TYPE_CHECKING:
    from rowpost.ledger.sealing import Sealer
    from rowpost.mapping import Mapping as ColumnMapping

_VERSION = 1
_MOST_ASIDE = 20  # workbooks
_PURPOSE = "work at hand"
_PIECE = 2000  # edits written at a time


@dataclass(frozen=True, slots=True)
class WorkAtHand:
    """What a person was at: the workbook as it was read, what was said of it, and the place.

    `edits` are row, column and what was entered (as `model.table.edited_cell` reads it); rows and
    columns count from 1, 0 is nowhere. `mapping` is a mapping document, None before there is one.
    """

    path: str
    sha256: str
    sheet: str
    header_row: int | None
    include_hidden: bool | None
    mapping: Mapping[str, Any] | None
    marks: tuple[str, ...]
    edits: tuple[tuple[int, int, str], ...]
    left_out: tuple[int, ...]
    target: str
    step: str
    chip: str = ""
    row: int = 0
    column: int = 0


def _document(work: WorkAtHand, now: datetime) -> bytes:
    """The work as JSON; its edits piece by piece, so that no other thread waits while there are many."""
    said = {name: getattr(work, name) for name in (one.name for one in fields(work)) if name != "edits"}
    document = json.dumps({"saved_at": now.isoformat(), "work": said})
    pieces = (json.dumps(work.edits[at : at + _PIECE])[1:-1] for at in range(0, len(work.edits), _PIECE))
    whole = f'{document[:-2]}, "edits": [{", ".join(pieces)}]}}}}'
    return whole.encode(errors="surrogatepass")


class Keeping(Side):
    """Writes the work at hand, and finds it again."""

    def keep_work(self, work: WorkAtHand) -> None:
        """Keep it; nothing is kept where the settings say that no file is to be remembered."""
        if not self.settings.privacy.remember_recent_files:
            self.forget_work()
            return
        self._write(self._parts.places.work_file, work)

    def put_aside(self, work: WorkAtHand) -> None:
        """Keep it apart from the work at hand: another workbook takes its place."""
        if not self.settings.privacy.remember_recent_files:
            return
        folder = self._parts.places.aside
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise unwritable(folder.parent) from error
        self._write(self._aside(work.sha256), work)
        self._tidy()

    def put_away(self, sha256: str) -> None:
        """Erase what was put aside of the workbook with this checksum: nothing of it counts any more."""
        self._aside(sha256).unlink(missing_ok=True)

    def work_aside(self, sha256: str) -> WorkAtHand | None:
        """Return what was put aside of the workbook with this checksum, None where there is nothing."""
        return self._kept(self._aside(sha256))

    def kept_work(self) -> WorkAtHand | None:
        """Return what was kept, None where there is nothing, or its days are over: then it is erased.

        Trouble where the file cannot be read; it is out of the way afterwards.
        """
        self._tidy()
        return self._kept(self._parts.places.work_file)

    def forget_work(self) -> None:
        """Erase what was kept, of all workbooks."""
        for file in (self._parts.places.work_file, *self._all_aside()):
            file.unlink(missing_ok=True)

    def mapping_document(self, mapping: ColumnMapping) -> Mapping[str, Any]:
        """Return a mapping as it is kept."""
        from rowpost.mapping import to_document

        return to_document(mapping)

    def mapping_of(self, document: Mapping[str, Any], fresh: ColumnMapping | None) -> ColumnMapping:
        """Return the mapping that was kept; what is open about the sheet comes from a `fresh` look at it."""
        from rowpost.mapping import from_document

        kept = from_document(document, resources.schema("mapping"))
        if fresh is None:
            return kept
        settled = {rule.field for rule in kept.rules}
        unsure = tuple(rule for rule in fresh.unsure if rule.field not in settled)
        used = {column for rule in kept.rules for column in rule.columns}
        questions = tuple(question for question in fresh.questions if question.column not in used)
        return replace(kept, unsure=unsure, questions=questions)

    def _write(self, file: Path, work: WorkAtHand) -> None:
        sealed = self._sealer().seal(_document(work, self.clock.now()), _PURPOSE)
        text = json.dumps({"version": _VERSION, "sealed": base64.b64encode(sealed).decode()})
        try:
            replace_file(file, text.encode())
        except OSError as error:
            raise unwritable(file.parent) from error

    def _kept(self, file: Path) -> WorkAtHand | None:
        try:
            text = file.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Trouble("work.unreadable", Remedy.FIX_FILE) from error
        try:
            saved_at, work = self._opened(text)
        except (ValueError, KeyError, TypeError, Trouble) as error:
            file.unlink(missing_ok=True)
            raise Trouble("work.unreadable", Remedy.FIX_FILE) from error
        days = self.settings.privacy.forget_after_days
        over = bool(days) and self.clock.now() - saved_at > timedelta(days=days)
        if over or not self.settings.privacy.remember_recent_files:
            file.unlink(missing_ok=True)
            return None
        return work

    def _aside(self, sha256: str) -> Path:
        return self._parts.places.aside / f"{sha256}.json"

    def _all_aside(self) -> list[Path]:
        """Return what was put aside, the newest first."""
        return sorted(self._parts.places.aside.glob("*.json"), key=lambda file: -file.stat().st_mtime_ns)

    def _tidy(self) -> None:
        """Erase what was put aside too long ago, or is too much."""
        for place, file in enumerate(self._all_aside()):
            with suppress(Trouble):  # what cannot be read is said to whoever asks for it
                if place >= _MOST_ASIDE:
                    file.unlink(missing_ok=True)
                else:
                    self._kept(file)

    def _opened(self, text: str) -> tuple[datetime, WorkAtHand]:
        sealed = base64.b64decode(json.loads(text)["sealed"], validate=True)
        document = json.loads(self._sealer().open(sealed, _PURPOSE))
        known = document["work"]
        known["edits"] = tuple((row, column, said) for row, column, said in known["edits"])
        for name in ("marks", "left_out"):
            known[name] = tuple(known[name])
        return datetime.fromisoformat(document["saved_at"]), WorkAtHand(**known)

    def _sealer(self) -> Sealer:
        from rowpost.ledger.sealing import Sealer

        return Sealer(self._parts.secrets.data_key())
