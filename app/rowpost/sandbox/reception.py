"""Takes parts of invoices in: judged, refused as the scenario says, or entered in the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rowpost.sandbox.books import Batch, Books, Verdict
from rowpost.sandbox.judge import Finding, Judge, read_json
from rowpost.sandbox.reply import Refused, Reply, Request, problem, success
from rowpost.sandbox.scenario import Scenario

DUPLICATE = Verdict("DUPLICATE", "An invoice with this number or source id is already registered.")


class Reception:
    """The operation CreateInvoices."""

    def __init__(self, scenario: Scenario, judge: Judge, books: Books, now: Callable[[], float]) -> None:
        self._scenario = scenario
        self._judge = judge
        self._books = books
        self._now = now
        self._rejections = {rule.invoice_number: Verdict(rule.code, rule.message) for rule in scenario.reject}
        self._refusals = {rule.invoice_number: rule for rule in scenario.refuse}

    def take(self, organization: str, request: Request) -> Reply:
        """Take a part in, and answer 202 with its batch. Refused if it is not taken."""
        key = request.headers.get(self._scenario.idempotency_header.lower(), "")
        with self._books.lock:
            earlier = self._books.of_key(organization, key) if key else None
            return self._accepted(earlier or self._enter(organization, request.body, key))

    def _enter(self, organization: str, body: bytes, key: str) -> Batch:
        document, findings = self._judged(body)
        invoices: list[dict[str, Any]] = document["invoices"]
        self._refuse_named(invoices)
        failed = self._failed(organization, invoices, findings)
        now = self._now()
        times = (now, now + self._scenario.queued_seconds, now + self._scenario.lookup_lag_seconds)
        return self._books.take(organization, body, failed, times, key)

    def _judged(self, body: bytes) -> tuple[Any, list[Finding]]:
        """Read the body and judge it; only findings that leave the other invoices alone come back."""
        limit = self._scenario.max_body_bytes
        if limit is not None and len(body) > limit:
            raise Refused(problem(413, "The body is too large."))
        try:
            document = read_json(body)
        except (ValueError, RecursionError) as error:
            raise Refused(problem(400, "The body is not JSON.")) from error
        findings = self._judge.findings(document)
        if any(finding.index is None for finding in findings):
            raise Refused(problem(400, "The request does not follow the schema.", _errors(findings)))
        most = self._scenario.max_invoices
        if most is not None and len(document["invoices"]) > most:
            raise Refused(problem(413, "There are too many invoices."))
        if findings and self._scenario.schema_errors == "part":
            raise Refused(problem(422, "Some invoices do not follow the schema.", _errors(findings)))
        return document, findings

    def _refuse_named(self, invoices: Sequence[dict[str, Any]]) -> None:
        for index, invoice in enumerate(invoices):
            rule = self._refusals.get(str(invoice.get("invoiceNumber")))
            if rule:
                errors = {f"invoices[{index}].invoiceNumber": [rule.message]} if rule.names_row else None
                raise Refused(problem(rule.status, rule.message, errors))

    def _failed(
        self, organization: str, invoices: Sequence[dict[str, Any]], findings: Sequence[Finding]
    ) -> dict[int, Verdict]:
        failed = {
            finding.index: Verdict("SCHEMA", f"{finding.place}: {finding.message}")
            for finding in findings
            if finding.index is not None
        }
        for index, invoice in enumerate(invoices):
            verdict = self._rejections.get(str(invoice.get("invoiceNumber")))
            if verdict is None and self._doubled(organization, invoice):
                verdict = DUPLICATE
            if verdict:
                failed.setdefault(index, verdict)
        return failed

    def _doubled(self, organization: str, invoice: dict[str, Any]) -> bool:
        if self._scenario.duplicates == "accept" or not self._books.twin(organization, invoice):
            return False
        if self._scenario.duplicates == "refuse":
            raise Refused(problem(409, DUPLICATE.message))
        return True

    def _accepted(self, batch: Batch) -> Reply:
        data = {"batchId": batch.batch_id, "batchUrl": f"/batches/{batch.batch_id}"}
        return Reply(202, success(data))


def _errors(findings: Sequence[Finding]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for finding in findings:
        errors.setdefault(finding.place or "$", []).append(finding.message)
    return errors
