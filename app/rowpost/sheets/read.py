"""From a file to an Opened, within one process; `child` runs it, tests may call it directly."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from rowpost.model.workbook import Opened
from rowpost.sheets.carry import carry_down
from rowpost.sheets.facts import find_facts
from rowpost.sheets.layout import find_layout
from rowpost.sheets.prescreen import inflate_all
from rowpost.sheets.raw import RawSheet, table_of
from rowpost.sheets.recognise import Format, recognise
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import OnStage, Request, no_stage
from rowpost.sheets.text_files import read_text_file
from rowpost.sheets.xlsx.workbook import XlsxFile

LARGEST_FILE = 1 << 30  # bytes


def read_file(request: Request, on_stage: OnStage = no_stage) -> Opened:
    """Read the file of the request. Raises Trouble(FIX_FILE)."""
    path = Path(request.path)
    try:
        with path.open("rb") as file:
            return _read(path, file, request, on_stage)
    except FileNotFoundError:
        raise refuse("sheets.no_file", file=path.name) from None
    except IsADirectoryError:
        raise refuse("sheets.is_folder", file=path.name) from None
    except PermissionError:
        raise refuse("sheets.not_allowed", file=path.name) from None
    except OSError:
        raise refuse("sheets.not_readable", file=path.name) from None


def _read(path: Path, file: BinaryIO, request: Request, on_stage: OnStage) -> Opened:
    size = file.seek(0, 2)
    if size > LARGEST_FILE:
        raise refuse("sheets.too_large")
    sha256 = _sha256(file) if request.rows is None else ""
    raw = _raw(path, file, request, on_stage)
    if request.rows is not None:
        raw.builder.keep_rows(request.rows)
    on_stage("progress.looking", 0, 0)
    table = table_of(raw)
    layout = find_layout(table, request.reading, request.words)
    table = replace(table, carried=carry_down(raw, table, layout.first_row))
    facts = find_facts(raw, table, layout, request.words, request.reading)
    return Opened(path.name, str(path), size, sha256, raw.sheets, table, layout, facts)


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _raw(path: Path, file: BinaryIO, request: Request, on_stage: OnStage) -> RawSheet:
    form = recognise(file, path.name, path.suffix)
    if form in (Format.ENCRYPTED, Format.XLS):
        from rowpost.sheets.locked import unlock

        file = unlock(file, request.password)
        form = recognise(file, "", "")
        if form is Format.ENCRYPTED:
            raise refuse("sheets.damaged", part="EncryptedPackage")
    if form is Format.XLSX:
        return XlsxFile(file, request, on_stage).read()
    if form is Format.TEXT:
        return read_text_file(file, path.stem, request, on_stage)
    from rowpost.sheets.other_formats import OtherFile

    if form is not Format.XLS:
        inflate_all(file)
    return OtherFile(file, request, on_stage).read()
