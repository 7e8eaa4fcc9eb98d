"""The practice server's own books: every batch it took, append-only, also across restarts."""

from __future__ import annotations

import json
import os
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rowpost.model.trouble import Remedy, Trouble
from rowpost.sandbox.judge import read_json

BINARY = getattr(os, "O_BINARY", 0)  # Windows alone has it
BODY = b',"body":'  # cannot stand inside a JSON string: there, quotation marks are escaped


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why an invoice of a batch failed."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One part that was taken. Times are Unix seconds; `failed` is by index; `body` as it arrived."""

    batch_id: str
    organization_id: str
    created_at: float
    ready_at: float
    visible_at: float
    failed: Mapping[int, Verdict]
    body: bytes
    first_case_number: int
    key: str = ""  # the idempotency key
    polls: list[None] = field(default_factory=list)

    @property
    def invoices(self) -> list[dict[str, Any]]:
        """The invoices as they arrived, in their order."""
        return _invoices(self.body)

    def accepted(self) -> Iterator[Taken]:
        """The invoices that became claims."""
        return (Taken(self, index) for index in range(len(self.invoices)) if index not in self.failed)


@lru_cache(maxsize=64)
def _invoices(body: bytes) -> list[dict[str, Any]]:
    invoices: list[dict[str, Any]] = read_json(body)["invoices"]
    return invoices


@dataclass(frozen=True, slots=True)
class Taken:
    """One invoice that became a claim: the place where it stands in the books."""

    batch: Batch
    index: int

    @property
    def payload(self) -> dict[str, Any]:
        """The invoice as it arrived."""
        return self.batch.invoices[self.index]

    @property
    def invoice_id(self) -> str:
        """The agency's own name for it, the same after every restart."""
        return str(uuid.uuid5(uuid.UUID(self.batch.batch_id), f"invoice {self.index}"))

    @property
    def case_id(self) -> str:
        """The case that was opened for it."""
        return str(uuid.uuid5(uuid.UUID(self.batch.batch_id), f"case {self.index}"))

    @property
    def case_number(self) -> int:
        """The number of that case; counts up in the order of arrival."""
        return self.batch.first_case_number + self.index


class Books:
    """All that was ever taken. Safe to use from many threads."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = threading.RLock()
        self._batches: dict[tuple[str, str], Batch] = {}
        self._keys: dict[tuple[str, str], Batch] = {}
        self._by_source: dict[tuple[str, str], list[Taken]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], list[Taken]] = defaultdict(list)
        self._by_id: dict[tuple[str, str], Taken] = {}
        self._count = 0
        self._file = self._open(file) if file else -1

    def _open(self, path: Path) -> int:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY, 0o600)
            content = path.read_bytes()
        except OSError as error:
            raise Trouble("sandbox.books_not_opened", Remedy.FIX_SETTINGS, {"file": str(path)}) from error
        whole = content[: content.rfind(b"\n") + 1]
        os.ftruncate(descriptor, len(whole))  # a line that a kill cut short was never answered
        try:
            for line in whole.split(b"\n")[:-1]:
                self._enter(_batch_of(line))
        except (ValueError, KeyError, TypeError) as error:
            os.close(descriptor)
            raise Trouble("sandbox.books_damaged", Remedy.FIX_SETTINGS, {"file": str(path)}) from error
        return descriptor

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def take(
        self,
        organization_id: str,
        body: bytes,
        failed: Mapping[int, Verdict],
        times: Sequence[float],
        key: str,
    ) -> Batch:
        """Enter a part; `times`: of its arrival, of its verdicts, of its showing up in look-ups."""
        with self.lock:
            created, ready, visible = times
            batch = Batch(
                str(uuid.uuid4()),
                organization_id,
                created,
                ready,
                visible,
                dict(failed),
                body,
                100_001 + self._count,
                key,
            )
            if self._file >= 0:
                _append(self._file, _line_of(batch))
            self._enter(batch)
            return batch

    def _enter(self, batch: Batch) -> None:
        organization = batch.organization_id
        self._batches[organization, batch.batch_id] = batch
        self._count += len(batch.invoices)
        if batch.key:
            self._keys.setdefault((organization, batch.key), batch)
        for taken in batch.accepted():
            payload = taken.payload
            self._by_id[organization, taken.invoice_id] = taken
            self._by_number[organization, str(payload.get("invoiceNumber"))].append(taken)
            if source_id := payload.get("uniqueSourceInvoiceId"):
                self._by_source[organization, source_id].append(taken)

    def batch(self, organization_id: str, batch_id: str) -> Batch | None:
        """The batch of that id."""
        return self._batches.get((organization_id, batch_id))

    def batches(self, organization_id: str) -> list[Batch]:
        """All batches of an organisation, the oldest first."""
        with self.lock:
            return [batch for (owner, _), batch in self._batches.items() if owner == organization_id]

    def of_key(self, organization_id: str, key: str) -> Batch | None:
        """The first batch that was sent with that idempotency key."""
        return self._keys.get((organization_id, key))

    def of_id(self, organization_id: str, invoice_id: str) -> Taken | None:
        """The claim that the agency calls so."""
        return self._by_id.get((organization_id, invoice_id))

    def of_source(self, organization_id: str, source_id: str) -> list[Taken]:
        """All claims with that source id."""
        return list(self._by_source.get((organization_id, source_id), ()))

    def of_number(self, organization_id: str, number: str) -> list[Taken]:
        """All claims with that invoice number."""
        return list(self._by_number.get((organization_id, number), ()))

    def claims(self, organization_id: str) -> Iterator[Taken]:
        """All claims of an organisation, in the order of arrival."""
        for batch in self.batches(organization_id):
            yield from batch.accepted()

    def twin(self, organization_id: str, payload: Mapping[str, Any]) -> bool:
        """True if a claim with the source id or the invoice number of `payload` is in the books."""
        source_id = str(payload.get("uniqueSourceInvoiceId") or "")
        number = str(payload.get("invoiceNumber"))
        return (organization_id, number) in self._by_number or (organization_id, source_id) in self._by_source

    def everything(self) -> list[Batch]:
        """All batches of all organisations, the oldest first."""
        with self.lock:
            return list(self._batches.values())


def _append(descriptor: int, line: bytes) -> None:
    """Write the line whole or not at all (a full disk). OSError if it could not be written."""
    size = os.fstat(descriptor).st_size
    if os.write(descriptor, line) != len(line):
        os.ftruncate(descriptor, size)
        raise OSError("the books could not be written")


def _line_of(batch: Batch) -> bytes:
    head = {
        "batchId": batch.batch_id,
        "organizationId": batch.organization_id,
        "times": [batch.created_at, batch.ready_at, batch.visible_at],
        "failed": {str(index): [verdict.code, verdict.message] for index, verdict in batch.failed.items()},
        "firstCaseNumber": batch.first_case_number,
        "key": batch.key,
    }
    body = batch.body.replace(b"\n", b" ").replace(b"\r", b" ")  # stand only between JSON's tokens
    return json.dumps(head).encode()[:-1] + BODY + body + b"}\n"


def _batch_of(line: bytes) -> Batch:
    head_bytes, _, body = line.partition(BODY)
    head = json.loads(head_bytes + b"}")
    failed = {int(index): Verdict(*verdict) for index, verdict in head["failed"].items()}
    created, ready, visible = head["times"]
    return Batch(
        head["batchId"],
        head["organizationId"],
        created,
        ready,
        visible,
        failed,
        body[:-1],
        head["firstCaseNumber"],
        head["key"],
    )
