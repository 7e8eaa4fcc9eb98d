"""Who sent what, when and where to: the head of every report on a run."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.results import RunSummary
from rowpost.wording import Wording

_NAMES = ("run", "when", "who", "target", "organization", "file", "checksum", "status")


def about_run(summary: RunSummary, wording: Wording) -> Iterator[tuple[str, str]]:
    """Return pairs of a wording code and a text."""
    target = summary.target
    environment = wording.say(f"reports.environment.{target.environment}")
    texts = (
        summary.run,
        wording.write(summary.created_at.astimezone()),
        summary.by_whom,
        f"{target.name} ({environment})",
        " ".join(part for part in (target.organization_name, target.organization_id) if part),
        summary.file_name,
        summary.file_sha256,
        wording.say(f"status.{summary.status}"),
    )
    yield from zip((f"reports.results.{name}" for name in _NAMES), texts, strict=True)
    if summary.follows:
        yield "reports.results.follows", summary.follows
    if summary.followed_by:
        yield "reports.results.followed_by", ", ".join(summary.followed_by)
