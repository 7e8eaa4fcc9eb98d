"""What the repository may not hold, and what it must."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

from tests.architecture.rooms import ROOT, place

TOP = {
    *(".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md"),
    *("app", "packaging", "pyproject.toml", "schemas", "templates", "tests"),
}
# A package index, or a folder of the machine that this was written on.
ADDRESSES = re.compile(
    r"pypi\.(org|python)|simple/?\s*$|--(extra-)?index-url|(?<![\w.])/(work|root|opt)/", re.M
)
INDEX_OPTIONS = re.compile(r"file:|^\s*(-i|-f|--find-links|--index-url|--extra-index-url)\b", re.M)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[place(path)] = content.decode("utf-8")
    return found


def test_the_top_of_the_house() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP


def test_no_index_address_and_no_path_of_this_machine() -> None:
    here = place(Path(__file__))
    assert not {
        f"{name}: {found.group(0)}"
        for name, text in texts().items()
        if name != here and (found := ADDRESSES.search(text))
    }


def test_the_lock_pins_by_hash_alone() -> None:
    lock = texts()["packaging/locked.txt"]
    assert not INDEX_OPTIONS.search(lock)
    pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.M | re.S)
    assert pins
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9._-]", want)[0].lower().replace("_", "-") for want in wanted}
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", texts()["packaging/locked.txt"], re.M))
    assert names <= pinned
