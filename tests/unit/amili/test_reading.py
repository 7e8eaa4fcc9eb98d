"""Reading answers: both generations, odd shapes, and never a guess."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.amili import batches, cases, invoices, odd, paging, reasons, strict_json
from rowpost.model.answers import BatchState, Cause, Json, Word
from rowpost.model.trouble import Remedy


def read(document: object) -> Json:
    return strict_json.read(json.dumps(document).encode())


def batch(**data: Any) -> Any:
    return batches.read(read({"summary": {"status": "SUCCESS"}, "data": {"batchId": "b-1", **data}}))


@pytest.mark.parametrize(
    "text",
    ["{", "NaN", '{"a": Infinity}', '{"a": 1, "a": 2}', "", "{} {}", "\xff", '"\\ud800', "[" * 100_000],
)
def test_json_is_read_strictly(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which of its kinds does not matter
        strict_json.read(text.encode("latin-1"))


def test_numbers_stay_exact() -> None:
    assert strict_json.read(b'{"a": 19857.40}') == {"a": Decimal("19857.40")}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("SUCCESS", BatchState.SUCCESS),
        ("Success", BatchState.SUCCESS),
        ("PARTIAL", BatchState.PARTIAL),
        ("FAILED", BatchState.FAILED),
        ("QUEUED", BatchState.OPEN),
        ("SOMETHING_NEW", BatchState.OPEN),
    ],
)
def test_the_batch_s_own_status_counts_not_the_call_s(word: str, state: BatchState) -> None:
    assert batch(status=word).state is state
    assert batch(status={"statuscode": word}).state is state


def test_what_is_no_batch_is_none() -> None:
    for document in ({}, {"data": {}}, {"data": None}, [], "x", 1, None, {"summary": {"status": "SUCCESS"}}):
        assert batches.read(read(document)) is None


def test_items_of_the_second_generation() -> None:
    found = batch(
        status="PARTIAL",
        createdAt="2026-01-01T10:00:00Z",
        succeeded=[{"invoiceNumber": "1", "$type": "invoiceSuccess", "invoiceId": "I", "caseNumber": 77}],
        failed=[None, {"invoiceNumber": "2", "message": "no"}, {"uniqueSourceInvoiceId": "s3", "index": 2}],
    )
    assert found.words[0] == Word(accepted=True, invoice_number="1", invoice_id="I", case_id="77")
    assert found.words[1] == Word(accepted=False, invoice_number="2", raw="no")
    assert (found.words[2].source_id, found.words[2].index) == ("s3", 2)
    assert found.created_at.isoformat() == "2026-01-01T10:00:00+00:00"


def test_items_of_the_first_generation() -> None:
    found = batch(
        status={
            "statuscode": "PARTIAL",
            "errors": [{"objectname": "invoice", "objectindex": 1, "message": "no"}],
            "responses": [
                {"objectindex": 0, "ledgerref": "I0", "status_statuscode": "SUCCESS"},
                {"objectindex": 2, "status_statuscode": "FAILED", "message": "nor this"},
            ],
        },
        failed=None,
    )
    assert [(w.accepted, w.index, w.invoice_id) for w in found.words] == [
        (False, 1, ""),
        (True, 0, "I0"),
        (False, 2, ""),
    ]


def test_what_the_first_generation_says_twice_is_said_once() -> None:
    responses = [
        {"objectindex": 0, "ledgerref": "I0", "status_statuscode": "SUCCESS"},
        {"objectindex": 1, "ledgerref": "I1", "status_statuscode": "SUCCESS"},
    ]
    status = {"statuscode": "SUCCESS", "errors": [], "responses": responses}
    item = {"invoiceNumber": "a", "invoiceId": "I0"}
    assert [(w.invoice_number, w.index) for w in batch(status=status, succeeded=[item]).words] == [
        ("", 1),
        ("a", -1),
    ]
    # the same item twice in one list stays a contradiction that sending has to see
    assert len(batch(status=status, succeeded=[item, item]).words) == 4


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"batchId": "0f-A9"}, "0f-A9"),
        ({"batchId": "../../x"}, ""),
        ({"batchId": "a" * 65}, ""),
        ({"batchId": "a\n"}, ""),
        ({"batchId": ""}, ""),
        ({}, ""),
    ],
)
def test_only_a_plain_batch_id_goes_into_our_urls(found: dict[str, str], expected: str) -> None:
    assert batches.batch_id_of(read({"data": found})) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"message": "a"}, "a"),
        ({"errorMessage": "a", "code": "E1"}, "a; E1"),
        (
            {"errorMessage": "He is dead. Address the claim to the estate.", "errorCode": "DEBTOR_DECEASED"},
            "He is dead. Address the claim to the estate. DEBTOR_DECEASED",
        ),
        ({"errors": ["Too late!", "Too dear", "Too dear", " "], "code": "E1"}, "E1; Too late! Too dear"),
        ({"errors": ["a", {"detail": "b"}]}, "a; b"),
        ({"errors": {"dueDate": ["too late", "odd"]}}, "dueDate: too late; odd"),
        ({"title": "One or more", "errors": {"x": ["y"]}}, "One or more; x: y"),
        ({"strange": {"a": 1.5}}, '{"strange":{"a":"1.5"}}'),
        ("just a text", '"just a text"'),
        (None, ""),
    ],
)
def test_the_reason_whatever_it_is_called(item: object, expected: str) -> None:
    assert reasons.reason(read(item)) == expected


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"errors": {"invoices[3].dueDate": ["no"], "invoices[3].type": ["no"]}}, [("", "", 3)]),
        ({"errors": [{"path": "/invoices/2/dueDate", "message": "no"}]}, [("", "", 2)]),
        ({"failed": [{"invoiceNumber": "7", "reason": "x"}]}, [("7", "", -1)]),
        ({"data": {"failed": [{"uniqueSourceInvoiceId": "s"}]}}, [("", "s", -1)]),
        ({"title": "Bad Request", "status": 400}, []),
        (None, []),
    ],
)
def test_rows_that_a_refusal_names(document: object, named: list[tuple[str, str, int]]) -> None:
    found = reasons.named_rows(read(document))
    assert [(w.invoice_number, w.source_id, w.index) for w in found] == named


def test_an_invoice_however_it_is_written() -> None:
    facts = invoices.read(
        read(
            {
                "id": 12,
                "invoiceNumber": 10234,
                "currency": {"code": "NOK"},
                "originalInvoiceAmount": "100.50",
                "currentAmount": None,
                "dueDate": "2026-02-15T00:00:00Z",
                "collectionCaseNumber": 5,
            }
        )
    )
    assert facts is not None
    assert (facts.invoice_id, facts.invoice_number, facts.currency, facts.case_id) == (
        "12",
        "10234",
        "NOK",
        "5",
    )
    assert (facts.original_amount, facts.current_amount) == (Decimal("100.50"), None)
    assert facts.due_date == "2026-02-15"
    assert invoices.read(None) is None


def test_a_case_however_it_is_written() -> None:
    facts = cases.read(
        read(
            {
                "caseId": "c",
                "caseNumber": 77,
                "status": "OPEN",
                "registeredAt": "2026-03-01T00:00:00",
                "remainingAmount": "12.50",
                "caseAccountDetails": {"bankAccountDetails": {"accountNumber": "1"}, "paymentReference": 5},
                "debtors": [{"firstName": "Kari", "lastname": "Fjell"}, {"fullName": "Fjell AS"}, None],
                "invoices": [{"invoiceId": "i", "currency": {"code": "NOK"}}, None],
            }
        )
    )
    assert facts is not None
    assert (facts.case_number, facts.remaining_amount) == ("77", Decimal("12.50"))
    assert (facts.account_number, facts.payment_reference) == ("1", "5")
    assert facts.debtors == ("Kari Fjell", "Fjell AS")
    assert [invoice.currency for invoice in facts.invoices] == ["NOK"]
    assert facts.registered_at is not None
    assert cases.read("x") is None


@pytest.mark.parametrize(
    "value",
    ["x", True, None, [], "NaN", "1e999999999", "1e400", 10**40, "1_000", "12,50", "\uff11", "", "1 000"],
)
def test_numbers_that_are_none(value: object) -> None:
    document = odd.as_document(read({"n": value}))
    assert odd.number(document, "n", "m") is None
    assert [*odd.unread_numbers(document, "n", "m")] == ([] if value is None else [f"n: {value}"])


def test_numbers_however_they_are_written() -> None:
    for value in (12.5, "12.5", " 12.50 ", "1.25e1"):
        assert odd.number(odd.as_document(read({"n": value})), "n") == Decimal("12.5")


def test_moments_that_are_none() -> None:
    for value in ("2026-13-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 5, None):
        assert odd.moment(read(value)) is None


def test_what_cannot_be_read_is_told() -> None:
    facts = invoices.read(read({"id": "1", "paidAmount": "n/a", "currentAmount": 5, "claims": {"a": 1}}))
    assert facts is not None
    assert facts.odd == ("paidAmount: n/a", "claims: {'a': 1}")
    case = cases.read(read({"remainingAmount": [], "invoices": "none", "debtors": None}))
    assert case is not None
    assert case.odd == ("remainingAmount: []", "invoices: none")


def pages_of(*documents: object, most: int = 50) -> tuple[list[Any], list[str]]:
    """Walk through pages; the last document is answered for ever."""
    asked: list[str] = []

    def get(query: Any, /) -> Json | Cause:
        asked.append(query.get("PageToken", ""))
        found = documents[min(len(asked), len(documents)) - 1]
        return found if isinstance(found, Cause) else read(found)

    pages = paging.pages(get, {"Status": "OPEN"}, most)
    return [page.items if isinstance(page, paging.Page) else page for page in pages], asked


def test_pages_by_cursor_by_number_and_of_the_first_generation() -> None:
    assert pages_of(
        {"cursorSummary": {"nextPageToken": "t1"}, "data": [{"a": 1}]},
        {"skipSummary": {"currentPage": 2, "hasNextPage": True}, "data": [{"a": 2}]},
        {"summary": {"status": "SUCCESS", "nextPageToken": "t9"}, "data": {"invoices": [{"a": 3}]}},
        {"data": [{"a": 4}]},
    ) == ([[{"a": 1}], [{"a": 2}], [{"a": 3}], [{"a": 4}]], ["", "t1", "3", "t9"])


@pytest.mark.parametrize("answer", [{}, {"data": None}, {"data": "none"}, {"data": {}}, [], [{}], None, "x"])
def test_an_answer_without_a_list_is_none_and_proves_no_absence(answer: object) -> None:
    assert pages_of(answer)[0] == [paging.ODD]


def test_paging_ends_whatever_the_server_says() -> None:
    same = {"cursorSummary": {"nextPageToken": "t"}, "data": [1]}
    assert pages_of(same)[0] == [[1], [1], paging.ODD]
    assert pages_of({"data": [], "cursorSummary": {"nextPageToken": "t"}})[0] == [[], paging.ODD]
    counting = [{"cursorSummary": {"nextPageToken": str(n)}, "data": [n]} for n in range(9)]
    assert pages_of(*counting, most=3)[0] == [[0], [1], [2], paging.ODD]
    cause = Cause("network.no_answer", Remedy.TRY_LATER)
    first = {"cursorSummary": {"nextPageToken": "t"}, "data": [1]}
    assert pages_of(first, cause)[0] == [[1], *[cause] * 4]
    assert pages_of(first, cause, {"data": [2]}) == ([[1], cause, [2]], ["", "t", "t"])
    assert pages_of(first, Cause("agency.forbidden", Remedy.SIGN_IN))[0][2:] == []


KEYS = [
    *("data", "status", "statuscode", "succeeded", "failed", "errors", "invoiceNumber", "message", "batchId"),
    *("summary", "nextPageToken", "cursorSummary", "index", "createdAt", "currency", "id", "responses"),
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
)
anything: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@given(anything)
def test_no_answer_is_too_odd_to_be_read(document: Any) -> None:
    strict = read(document)
    found = batches.read(strict)
    assert found is None or found.raw_state
    batches.batch_id_of(strict)
    reasons.named_rows(strict)
    assert len(reasons.reason(strict)) <= 2_000
    for item in odd.as_list(odd.data(strict)):
        invoices.read(item)
        cases.read(item)
    assert len(pages_of(document)[0]) <= 51
