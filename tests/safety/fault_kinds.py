"""The kinds of fault, as a scenario writes them; where each strikes is the matrix's affair."""

from __future__ import annotations

from typing import Any

Kind = dict[str, Any]
ELSEWHERE = "http://127.0.0.1:9/elsewhere"


def _status(status: int, **more: Any) -> Kind:
    return {"status": status, "json": {"title": "No.", "status": status}, **more}


def _text(text: str, **more: Any) -> Kind:
    return {"status": 200, "text": text, **more}


CLIENT_ERRORS = (
    400,
    401,
    402,
    403,
    404,
    405,
    406,
    408,
    409,
    410,
    413,
    415,
    418,
    421,
    422,
    425,
    429,
    431,
    451,
)
SERVER_ERRORS = (500, 501, 502, 503, 504, 507, 520, 599)
STATUSES: dict[str, Kind] = {
    f"status {status}": _status(status) for status in (*CLIENT_ERRORS, *SERVER_ERRORS)
}
WAITS: dict[str, Kind] = {
    "429 with seconds": _status(429, retryAfter={"seconds": 30}),
    "429 with a date": _status(429, retryAfter={"seconds": 30, "as": "date"}),
    "429 with nonsense": _status(429, headers={"Retry-After": "soon"}),
    "429 with a negative": _status(429, headers={"Retry-After": "-5"}),
    "503 with seconds": _status(503, retryAfter={"seconds": 30}),
    "503 with a date": _status(503, retryAfter={"seconds": 30, "as": "date"}),
}
REDIRECTS: dict[str, Kind] = {
    f"redirect {status}": {"status": status, "headers": {"Location": ELSEWHERE}, "text": ""}
    for status in (301, 302, 303, 304, 307, 308)
}
SUCCESSES: dict[str, Kind] = {
    "201 with the answer": {"status": 201},
    "203 with the answer": {"status": 203},
    "204 without a body": {"status": 204, "text": "", "headers": {"Content-Length": None}},
    "206 with the answer": {"status": 206},
    "299 with the answer": {"status": 299},
}
BODIES: dict[str, Kind] = {
    "empty body": _text(""),
    "blanks": _text("   "),
    "a web page": _text("<html><body>Welcome</body></html>", headers={"Content-Type": "text/html"}),
    "half a document": _text('{"summary": {"status": "SUCCESS"}, "data": {"ba'),
    "two documents": _text("{} {}"),
    "not a number": _text('{"data": NaN}'),
    "a key twice": _text('{"data": {"batchId": "a", "batchId": "b"}, "data": {}}'),
    "a list": _text("[]"),
    "null": _text("null"),
    "a word": _text('"SUCCESS"'),
    "an empty object": _text("{}"),
    "data is null": _text('{"data": null}'),
    "data is a word": _text('{"data": "none"}'),
    "too deep": _text("[" * 50_000),
    "bytes": {"status": 200, "hex": "00fffe80c3"},
    "utf-16": {"status": 200, "hex": "fffe7b007d00"},
    "202 without a body": {"status": 202, "text": ""},
    "202 with an evil id": {"status": 202, "json": {"data": {"batchId": "../../orgs/x?"}}},
    "202 with a number": {"status": 202, "json": {"data": {"batchId": 17}}},
    "too long": {"status": 200, "json": {}, "padBytes": 1_200_000},
}
WIRE: dict[str, Kind] = {
    "reset before the answer": {"ending": "reset", "cutHead": 0},
    "closed before the answer": {"ending": "close", "cutHead": 0},
    "cut in the head": {"ending": "close", "cutHead": 12},
    "reset in the head": {"ending": "reset", "cutHead": 40},
    "cut in the body": {"status": 200, "ending": "close", "cutAfter": 5},
    "reset in the body": {"status": 200, "ending": "reset", "cutAfter": 5},
    "not HTTP": {"raw": "SSH-2.0-OpenSSH_9.2\r\n"},
    "an old HTTP": {"raw": "HTTP/0.9 200 OK\r\n\r\n{}"},
    "no status": {"raw": "HTTP/1.1 OK\r\n\r\n"},
    "an endless head": {"raw": "HTTP/1.1 200 OK\r\nX: " + "x" * 100_000 + "\r\n\r\n"},
    "too many headers": {"raw": "HTTP/1.1 200 OK\r\n" + "X: x\r\n" * 300 + "\r\n"},
    "announces too much": {"status": 200, "headers": {"Content-Length": "99999"}, "ending": "close"},
    "announces nonsense": {"status": 200, "headers": {"Content-Length": "many"}, "ending": "close"},
    "broken chunks": {
        "raw": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    },
    "not gzip": {"status": 200, "json": {}, "headers": {"Content-Encoding": "gzip"}},
}
SLOW: dict[str, Kind] = {
    "silence": {"delaySeconds": 600},
    "silence in the head": {"ending": "hang", "cutHead": 20},
    "silence in the body": {"status": 200, "ending": "hang", "cutAfter": 1},
    "drop by drop": {"status": 200, "dripSeconds": 0.05},
}

EVERYWHERE = {**STATUSES, **WAITS, **REDIRECTS, **SUCCESSES, **BODIES, **WIRE, **SLOW}


def _patch(*changes: Kind) -> Kind:
    return {"patch": list(changes)}


FIRST = "/data/succeeded/0"
BATCHES: dict[str, Kind] = {
    "a row missing": _patch({"op": "remove", "path": FIRST}),
    "a row repeated": _patch({"op": "copy", "from": FIRST, "path": "/data/succeeded/-"}),
    "a row in both lists": _patch({"op": "copy", "from": FIRST, "path": "/data/failed/-"}),
    "a row invented": _patch(
        {"op": "add", "path": "/data/succeeded/-", "value": {"invoiceNumber": "stranger", "invoiceId": "x"}}
    ),
    "rows in another order": _patch({"op": "move", "from": FIRST, "path": "/data/succeeded/-"}),
    "no rows at all": _patch({"op": "replace", "path": "/data/succeeded", "value": []}),
    "no lists at all": _patch(
        {"op": "remove", "path": "/data/succeeded"}, {"op": "remove", "path": "/data/failed"}
    ),
    "a word nobody knows": _patch({"op": "replace", "path": "/data/status", "value": "POSTPONED"}),
    "no status": _patch({"op": "remove", "path": "/data/status"}),
    "another batch": _patch({"op": "replace", "path": "/data/batchId", "value": "another"}),
    "names without keys": _patch({"op": "replace", "path": FIRST, "value": {"invoiceId": "x"}}),
    "null among the rows": _patch({"op": "add", "path": "/data/failed/-", "value": None}),
}
LOOK_UPS: dict[str, Kind] = {
    "another amount": _patch({"op": "replace", "path": "/data/0/originalInvoiceAmount", "value": 1}),
    "another invoice": _patch(
        {"op": "replace", "path": "/data/0/uniqueSourceInvoiceId", "value": "x"},
        {"op": "replace", "path": "/data/0/invoiceNumber", "value": "x"},
    ),
    "an invoice twice": _patch(
        {"op": "copy", "from": "/data/0", "path": "/data/-"},
        {"op": "replace", "path": "/data/1/id", "value": "second"},
    ),
    "nothing but the key": _patch(
        {"op": "replace", "path": "/data/0", "value": {"id": "x", "uniqueSourceInvoiceId": "source-a"}}
    ),
}
