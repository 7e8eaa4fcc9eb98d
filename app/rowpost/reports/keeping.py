"""What a copy of the user's workbook keeps: looked at, and said, before anything is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rowpost.model.problems import Problem, Severity
from rowpost.model.trouble import Remedy, Trouble
from rowpost.reports.copy_workbook import has_macros, is_signed, workbook_part
from rowpost.reports.package import Package
from rowpost.reports.xml_edits import NotEditable


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whether the workbook can be copied, whether with its macros, and what is lost."""

    copies: bool
    macros: bool
    losses: tuple[Problem, ...]


def look(source: Path | None, out: Path, sha256: str = "") -> Keeping:
    """Look at the source. `sha256` is what it was when it was read; '' for not known.

    Trouble(FIX_SETTINGS) `reports.is_source` or `reports.wrong_ending` for a name that `out` cannot have.
    """
    check_name(source, out)
    if source is None or not source.is_file():
        return _new("reports.source_gone", Severity.WARNING, source)
    try:
        if sha256 and _sha256(source) != sha256:
            return _new("reports.source_changed", Severity.WARNING, source)
        with ZipFile(source) as archive:
            package = Package(archive)
            workbook_part(package)
            macros = has_macros(package) and out.suffix.lower() == ".xlsm"
            losses = tuple(_losses(package, source, macros=macros))
    except (OSError, BadZipFile, NotEditable):
        return _new("reports.new_workbook", Severity.NOTE, source)
    return Keeping(copies=True, macros=macros, losses=losses)


def new_instead(source: Path | None) -> Problem:
    """The note that a new workbook takes the place of a copy."""
    return _note("reports.new_workbook", Severity.NOTE, source)


def _losses(package: Package, source: Path, *, macros: bool) -> Iterator[Problem]:
    if has_macros(package) and not macros:
        yield _note("reports.no_macros", Severity.WARNING, source)
    if is_signed(package):
        yield _note("reports.no_signature", Severity.WARNING, source)


def check_name(source: Path | None, out: Path) -> None:
    """Trouble(FIX_SETTINGS) where `out` is the source itself, or does not end as a workbook does."""
    if source is not None and source.exists() and out.exists() and source.samefile(out):
        raise Trouble("reports.is_source", Remedy.FIX_SETTINGS, {"file": str(out)})
    endings = (".xlsx", ".xlsm") if source is not None and source.suffix.lower() == ".xlsm" else (".xlsx",)
    if out.suffix.lower() not in endings:
        raise Trouble("reports.wrong_ending", Remedy.FIX_SETTINGS, {"file": str(out), "ending": ".xlsx"})


def _new(code: str, severity: Severity, source: Path | None) -> Keeping:
    return Keeping(copies=False, macros=False, losses=(_note(code, severity, source),))


def _note(code: str, severity: Severity, source: Path | None) -> Problem:
    return Problem(code, severity, values={"file": source.name if source else ""})


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
