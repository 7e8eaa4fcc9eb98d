"""Pages of a list: read by `cursorSummary`, `skipSummary` or `summary`, never for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rowpost.amili import odd
from rowpost.model.answers import Cause, Json
from rowpost.model.trouble import Remedy

MOST_PAGES = 1_000
_TRIES = 3  # of one list
ODD = Cause("agency.odd_answer", Remedy.CALL_FOR_HELP)


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one page; `pages` says how many there are in all, 0 where the answer does not."""

    items: list[Json]
    pages: int = 0


class GetPage(Protocol):
    """Fetches one page: the document, or why there is none."""

    def __call__(self, query: Mapping[str, str], /) -> Json | Cause:
        """Ask with these query parameters."""
        ...


def pages(get: GetPage, query: Mapping[str, str], most: int = MOST_PAGES) -> Iterator[Page | Cause]:
    """Yield page after page.

    A Cause ends it: no answer, an odd one, or a list of which this is not all (it goes in circles, or
    on for ever). Who goes on after the cause of no answer has the same page asked for again, a few times.
    """
    token, seen, tries = "", set[str](), 0
    for _ in range(most):
        document = get({**query, "PageToken": token} if token else query)
        while isinstance(document, Cause):
            yield document
            tries += 1
            if document.remedy is not Remedy.TRY_LATER or tries > _TRIES:
                return
            document = get({**query, "PageToken": token} if token else query)
        items = _items(document)
        if items is None:
            yield ODD
            return
        yield Page(items, _count(document))
        seen.add(token)
        token = _next(document)
        if not token:
            return
        if token in seen or not items:
            break
    yield ODD


def _items(document: Json) -> list[Json] | None:
    """Return the page's items, None where there is no list: that proves nothing absent."""
    if not isinstance(document, dict):
        return None
    data = odd.data(document)
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), None)
    return data if isinstance(data, list) else None


def _next(document: Json) -> str:
    """Return the next page's token, '' at the end: a cursor, else a page number of `skipSummary`."""
    whole = odd.as_document(document)
    for name in ("cursorSummary", "summary"):
        found = odd.text(odd.as_document(whole.get(name)), "nextPageToken")
        if found:
            return found
    skip = odd.as_document(whole.get("skipSummary"))
    page = odd.number(skip, "currentPage")
    return str(int(page) + 1) if skip.get("hasNextPage") is True and page is not None else ""


def _count(document: Json) -> int:
    """Return how many pages there are, 0 where that is not said."""
    skip = odd.as_document(odd.as_document(document).get("skipSummary"))
    found = odd.number(skip, "totalPages")
    return int(found) if found is not None and found > 0 else 0
