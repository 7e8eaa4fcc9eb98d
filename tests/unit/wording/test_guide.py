"""The guide: the same chapters in every language, with pictures that are there, in the tone of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rowpost.host.guide import FALLBACK, chapter_key, chapters, find_guide
from rowpost.host.resources import PACKAGE
from rowpost.wording import LANGUAGES
from tests.unit.wording.test_tone import banned

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


def frame_of(path: Path) -> list[str]:
    """Return what a translation must keep: headings, tables, lists, code; each line by its kind."""
    kinds = (re.match(r"#+ |\| ?|\d\. |\* |    |!\[", line) for line in path.read_text("utf-8").splitlines())
    return [kind[0] for kind in kinds if kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_chapter_with_the_same_parts(language: str) -> None:
    english, translated = chapters(FALLBACK), chapters(language)
    assert [path.name for path in translated] == [path.name for path in english]
    for ours, theirs in zip(english, translated, strict=True):
        assert theirs.parent.name == language
        assert frame_of(theirs) == frame_of(ours), theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_there_and_say_what_they_show(language: str) -> None:
    for path in chapters(language):
        for said, picture in PICTURE.findall(path.read_text("utf-8")):
            assert said
            assert (path.parent / picture).resolve().is_file(), picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_keeps_the_tone(language: str) -> None:
    for path in chapters(language):
        assert not list(banned(language, path.read_text("utf-8"))), path


def test_a_language_without_a_guide_reads_the_english_one(tmp_path: Path) -> None:
    guide = tmp_path / "rowpost" / "_data" / "guide"
    (guide / "en").mkdir(parents=True)
    (guide / "en" / "1-first-run.md").write_text("# The first run\n", "utf-8")
    found = chapters("fi", tmp_path / "rowpost")
    assert [chapter_key(path) for path in found] == ["first-run"]
    assert find_guide(PACKAGE).name == "guide"


def test_an_installation_without_a_guide_has_no_chapters(tmp_path: Path) -> None:
    assert chapters("en", tmp_path / "rowpost") == ()
