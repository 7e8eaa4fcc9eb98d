"""Saved mappings as files: renamed, forgotten, given away and taken in; nothing is overwritten in passing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rowpost.mapping import Mapping
from rowpost.model.trouble import Trouble
from rowpost.session import mappings
from tests.support.intakes import GOOD, mapped, sheet_of


def mapping(name: str = "Riverside") -> Mapping:
    return replace(mapped(*sheet_of(GOOD)), name=name)


def test_a_mapping_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    mappings.save(tmp_path, "Riverside", mapping())
    found = mappings.load(tmp_path, "Riverside")
    assert (found.rules, found.headings) == (mapping().rules, mapping().headings)
    mappings.put(tmp_path, "Riverside", None)
    assert mappings.names(tmp_path) == ()
    mappings.put(tmp_path, "Riverside", None)  # forgotten twice is forgotten


def test_a_new_name_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    mappings.save(tmp_path, "Riverside", mapping())
    mappings.rename(tmp_path, "Riverside", "Lakeside AS")
    assert mappings.names(tmp_path) == ("Lakeside AS",)
    assert mappings.load(tmp_path, "Lakeside AS").name == "Lakeside AS"
    mappings.rename(tmp_path, "Lakeside AS", "LAKESIDE AS")
    assert mappings.names(tmp_path) == ("LAKESIDE AS",)


@pytest.mark.parametrize(
    ("new", "code"),
    [("lakeside", "mapping.name_taken"), ("../Lakeside", "mapping.name_form"), ("", "mapping.name_form")],
)
def test_a_name_that_is_taken_or_none_changes_nothing(tmp_path: Path, new: str, code: str) -> None:
    for name in ("Riverside", "Lakeside"):
        mappings.save(tmp_path, name, mapping(name))
    with pytest.raises(Trouble) as caught:
        mappings.rename(tmp_path, "Riverside", new)
    assert caught.value.code == code
    assert mappings.names(tmp_path) == ("Lakeside", "Riverside")
    assert mappings.load(tmp_path, "Lakeside").name == "Lakeside"


def test_a_file_from_elsewhere_never_takes_the_place_of_another(tmp_path: Path) -> None:
    kept, given = tmp_path / "kept", tmp_path / "given"
    kept.mkdir()
    given.mkdir()
    mappings.write(mapping(), given / "from Kari.json")
    names = [mappings.take_in(kept, given / "from Kari.json") for _ in range(3)]
    assert names == ["Riverside", "Riverside 2", "Riverside 3"]
    mappings.write(mapping(name=""), given / "from Kari.json")
    assert mappings.take_in(kept, given / "from Kari.json") == "from Kari"
    mappings.write(mapping(name="a/b"), given / "~.json")
    assert mappings.take_in(kept, given / "~.json") == "mapping"


@pytest.mark.parametrize("deed", [lambda path: mappings.take_in(path, path / "no.json")])
def test_a_file_that_is_none_is_refused(tmp_path: Path, deed: Callable[[Path], object]) -> None:
    (tmp_path / "no.json").write_text("{", "utf-8")
    with pytest.raises(Trouble):
        deed(tmp_path)
    (tmp_path / "no.json").write_text("{}", "utf-8")
    with pytest.raises(Trouble):
        deed(tmp_path)
