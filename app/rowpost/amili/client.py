"""The client: questions and answers as the rooms above want them. Nothing here retries a POST."""

from __future__ import annotations

import email.utils
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from rowpost.amili import batches, cases, invoices, odd, paging, reasons, strict_json
from rowpost.amili.token import Tokens
from rowpost.amili.transport import NoReply, Reply, Transport
from rowpost.model.answers import (
    Batch,
    BatchAnswer,
    BatchesAnswer,
    CaseFacts,
    CasesAnswer,
    Cause,
    InvoiceFacts,
    Item,
    Json,
    Listed,
    LookAnswer,
    PostAnswer,
)
from rowpost.model.outside import Clock
from rowpost.model.settings import NetworkSettings, SendingSettings
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble

_LONGEST_RAW = 16_000  # characters of an answer that are kept
_PAUSE = 0.5  # seconds before the second try of a GET, doubled for each further one
_LATEST = 200  # batches looked through


class AmiliClient:
    """One organisation at the agency. `secret` is the client secret, None where there is none."""

    def __init__(
        self,
        target: Target,
        secret: str | None,
        network: NetworkSettings,
        sending: SendingSettings,
        *,
        clock: Clock,
        boundary: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._base = f"{target.api_url.rstrip('/')}/orgs/{quote(target.organization_id, safe='')}"
        self._network = network
        self._sending = sending
        self._clock = clock
        self._transport = Transport(network, boundary)
        self._tokens = Tokens(
            target,
            secret,
            self._transport,
            clock,
            deadline=network.get_deadline_seconds,
            tries=network.get_tries,
        )

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def sign_in(self) -> None:
        """Fetch a token. Trouble where that does not work: a wrong secret, no network."""
        found = self._tokens.get()
        if isinstance(found, Cause):
            raise Trouble(found.code, found.remedy, found.values)

    def post_invoices(self, body: bytes, uid: str) -> PostAnswer:
        """Send a CreateInvoices request, once. `uid` goes along where the settings name a header for it."""
        token = self._tokens.get()
        if isinstance(token, Cause):
            return PostAnswer(0, token, never_sent=True)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if self._sending.idempotency_header:
            headers[self._sending.idempotency_header] = uid
        reply = self._transport.request(
            "POST",
            f"{self._base}/invoices",
            body=body,
            headers={**headers, "Accept": "application/json"},
            deadline=self._sending.post_deadline_seconds,
            fresh=True,
        )
        if isinstance(reply, NoReply):
            return PostAnswer(0, reply.cause, never_sent=reply.never_sent)
        if reply.status == 401:
            self._tokens.forget(token)
        return self._posted(reply)

    def _posted(self, reply: Reply) -> PostAnswer:
        document = _document(reply)
        return PostAnswer(
            status=reply.status,
            batch_id=batches.batch_id_of(document) if reply.status == 202 else "",
            words=reasons.named_rows(document) if reply.status in (400, 422) else (),
            retry_after=self._retry_after(reply),
            raw=reasons.reason(document) if document is not None else _text(reply),
        )

    def batch(self, batch_id: str) -> BatchAnswer:
        """Ask what became of a batch."""
        if not batches.goes_into_a_path(batch_id):
            return BatchAnswer(missing=True)
        reply = self._get(f"/batches/{quote(batch_id, safe='')}")
        if isinstance(reply, Cause):
            return BatchAnswer(cause=reply)
        if reply.status == 404:
            return BatchAnswer(missing=True)
        document = _document(reply)
        batch = batches.read(document) if reply.status == 200 else None
        if batch is None or batch.batch_id not in ("", batch_id):
            return BatchAnswer(cause=_cause_of(reply), retry_after=self._retry_after(reply))
        return BatchAnswer(batch)

    def invoices_by_source_id(self, source_id: str) -> LookAnswer:
        """Ask for the invoices with our own key; an answer that ignores the question counts as none."""
        answer = self.invoices({"UniqueSourceInvoiceId": source_id}, most_pages=2)
        if answer.cause is None and any(facts.source_id not in ("", source_id) for facts in answer.found):
            return LookAnswer(cause=Cause("agency.odd_answer", Remedy.CALL_FOR_HELP))
        return answer

    def invoices(self, query: Mapping[str, str], most_pages: int = paging.MOST_PAGES) -> LookAnswer:
        """Ask for invoices (`Status, Type, InvoiceNumber, CustomerNumber, From, To` ...)."""
        found: list[InvoiceFacts] = []
        for page in self.invoice_pages(query, most_pages):
            if page.cause is not None:
                return LookAnswer(cause=page.cause, retry_after=_seconds(page.cause))
            if page.unread:
                return LookAnswer(cause=_ODD)
            found += page.items
        return LookAnswer(tuple(found))

    def invoice_pages(
        self, query: Mapping[str, str], most_pages: int = paging.MOST_PAGES
    ) -> Iterator[Listed[InvoiceFacts]]:
        """Ask for invoices page by page, as they are needed."""
        return self._listed("/invoices", query, invoices.read, most_pages)

    def holds_nothing(self) -> bool:
        """Say whether the organisation has no invoice at all; False also where that is not known."""
        answer = self.invoices({"PageSize": "1"}, most_pages=1)
        return answer.cause is None and not answer.found

    def invoice(self, invoice_id: str) -> LookAnswer:
        """Ask for one invoice by the agency's id; nothing found where it does not know it."""
        if not batches.goes_into_a_path(invoice_id):
            return LookAnswer()
        document = self._get_document(f"/invoices/{quote(invoice_id, safe='')}")
        if isinstance(document, Cause):
            missing = document.values.get("status") == 404
            return LookAnswer() if missing else LookAnswer(cause=document)
        facts = invoices.read(odd.data(document))
        return LookAnswer((facts,) if facts else (), None if facts else _ODD)

    def cases(self, query: Mapping[str, str], most_pages: int = paging.MOST_PAGES) -> CasesAnswer:
        """Ask for cases (`Status, Type, CaseNumber, CustomerNumber, SearchTerm` ...)."""
        found: list[CaseFacts] = []
        for page in self.case_pages(query, most_pages):
            found += page.items
            if page.cause is not None:
                return CasesAnswer(tuple(found), page.cause, _seconds(page.cause))
        return CasesAnswer(tuple(found))

    def case_pages(
        self, query: Mapping[str, str], most_pages: int = paging.MOST_PAGES
    ) -> Iterator[Listed[CaseFacts]]:
        """Ask for cases page by page, as they are needed."""
        return self._listed("/cases", query, cases.read, most_pages)

    def batch_pages(self, most_pages: int = paging.MOST_PAGES) -> Iterator[Listed[Batch]]:
        """Ask for the organisation's batches, those of others too, newest first, page by page."""
        query = {"SortDirection": "DESC", "PageSize": "50"}
        return self._listed("/batches", query, batches.read, most_pages)

    def recent_batches(self, since: datetime) -> BatchesAnswer:
        """Ask for the organisation's batches made after `since`, newest first, those of others too."""
        found: list[Batch] = []
        for page in self.batch_pages(_LATEST // 50):
            if page.cause is not None:
                return BatchesAnswer(tuple(found), None if found else page.cause)
            made = [batch.created_at for batch in page.items]
            found += [batch for batch in page.items if batch.created_at is None or batch.created_at >= since]
            if any(moment is not None and moment < since for moment in made):
                break
        return BatchesAnswer(tuple(found))

    def _listed(
        self, path: str, query: Mapping[str, str], read: Callable[[Json], Item | None], most: int
    ) -> Iterator[Listed[Item]]:
        """Yield the items of `/invoices`, `/cases` or `/batches`, page by page; a cause ends it."""

        def get(query: Mapping[str, str], /) -> Json | Cause:
            return self._get_document(f"{path}?{urlencode(query)}" if query else path)

        for page in paging.pages(get, query, most):
            if isinstance(page, Cause):
                yield Listed(cause=page)
            else:
                items = [item for each in page.items if (item := read(each)) is not None]
                yield Listed(tuple(items), page.pages, len(page.items) - len(items))

    def _get_document(self, path: str) -> Json | Cause:
        reply = self._get(path)
        if isinstance(reply, Cause):
            return reply
        document = _document(reply)
        if reply.status == 200 and document is not None:
            return document
        return _cause_of(reply, self._retry_after(reply))

    def _get(self, path: str) -> Reply | Cause:
        """GET, tried again where nothing was answered; a Cause where that does not help."""
        never = threading.Event()
        for turn in range(self._network.get_tries):
            if turn:
                self._clock.sleep(_PAUSE * 2 ** (turn - 1), never)
            reply = self._get_once(path)
            if isinstance(reply, Reply) or reply.remedy is not Remedy.TRY_LATER:
                break
        return reply

    def _get_once(self, path: str) -> Reply | Cause:
        """GET with a token, renewed once; a Cause where no answer was read."""
        for _ in range(2):
            token = self._tokens.get()
            if isinstance(token, Cause):
                return token
            reply = self._transport.request(
                "GET",
                self._base + path,
                headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
                deadline=self._network.get_deadline_seconds,
            )
            if isinstance(reply, NoReply):
                return reply.cause
            if reply.status != 401:
                return reply
            self._tokens.forget(token)
        return Cause("sign_in.not_taken", Remedy.SIGN_IN)

    def _retry_after(self, reply: Reply) -> float | None:
        """Return `Retry-After` in seconds, from now, None where it is missing or cannot be read."""
        value = reply.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:9])
        parsed = email.utils.parsedate_tz(value)
        if parsed is None:
            return None
        try:
            moment = datetime.fromtimestamp(email.utils.mktime_tz(parsed), UTC)
        except (OverflowError, ValueError, OSError):
            return None
        return max(0.0, (moment - self._clock.now()).total_seconds())


_ODD = Cause("agency.odd_answer", Remedy.CALL_FOR_HELP)


def _document(reply: Reply) -> Json:
    try:
        return strict_json.read(reply.body)
    except ValueError:
        return None


def _text(reply: Reply) -> str:
    return reply.body[: 4 * _LONGEST_RAW].decode("utf-8", "replace")[:_LONGEST_RAW]


def _seconds(cause: Cause) -> float | None:
    """What the agency asked to wait, in seconds, where a cause tells it."""
    found = cause.values.get("seconds")
    return float(found) if isinstance(found, int) else None


def _cause_of(reply: Reply, retry_after: float | None = None) -> Cause:
    """Why an answer to a question is of no use, and after how many seconds to ask again."""
    wait = {} if retry_after is None else {"seconds": int(retry_after)}
    match reply.status:
        case 200:
            return _ODD
        case 403:
            return Cause("agency.forbidden", Remedy.SIGN_IN)
        case 404:
            return Cause("agency.no_organization", Remedy.FIX_SETTINGS, {"status": 404})
        case status:
            return Cause("agency.unwell", Remedy.TRY_LATER, {"status": status, **wait})
