"""Lists in pages, in the styles of both generations."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from rowpost.sandbox.reply import Refused, Reply, problem, success
from rowpost.sandbox.scenario import Scenario

Item = TypeVar("Item")


def page_of(
    scenario: Scenario,
    query: Mapping[str, str],
    found: Sequence[Item],
    show: Callable[[Item], dict[str, Any]],
) -> Reply:
    """Answer with the page of `found` that the query asks for. Refused if it makes no sense."""
    size = _size(scenario, query.get("PageSize", ""))
    start = _start(query.get("PageToken", ""), size)
    data = [show(item) for item in found[start : start + size]]
    before = _token(max(0, start - size)) if start else None
    after = _token(start + size) if start + size < len(found) else None
    if scenario.generation == 1:
        return Reply(200, {"summary": {"status": "SUCCESS", "nextPageToken": after}, "data": data})
    cursor = {"status": "SUCCESS", "nextPageToken": after, "previousPageToken": before}
    styles: dict[str, Any] = {"skipSummary": _skip(start, size, len(found)), "cursorSummary": cursor}
    if scenario.paging != "both":
        styles.pop("cursorSummary" if scenario.paging == "skip" else "skipSummary")
    return Reply(200, success(data, **styles))


def _skip(start: int, size: int, total: int) -> dict[str, Any]:
    pages = -(-total // size)
    return {
        "status": "SUCCESS",
        "totalCount": total,
        "currentPage": start // size + 1,
        "pageSize": size,
        "totalPages": pages,
        "hasNextPage": start + size < total,
        "hasPreviousPage": start > 0,
    }


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"from {start}".encode()).decode()


def _start(token: str, size: int) -> int:
    """Return the first item's place; a bare number is a page, as `skipSummary` counts them."""
    if token.isascii() and token.isdigit():
        return max(0, int(token) - 1) * size
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("from ")) if token else 0
    except (ValueError, binascii.Error) as error:
        raise Refused(problem(400, "The page token is not one of ours.")) from error


def _size(scenario: Scenario, text: str) -> int:
    if not text:
        return scenario.page_size
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise Refused(problem(400, "The page size must be a number from 1."))
    return min(int(text), scenario.page_size)
