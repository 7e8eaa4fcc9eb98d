"""The wheel, installed where there is no checkout, does the same."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.architecture.rooms import ROOT
from tests.support.elsewhere import BARE_PYTHON, run_in
from tests.support.whole_way import check_practice_run


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that has the wheel; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv = folder / "venv"
    subprocess.run([BARE_PYTHON, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip = [BARE_PYTHON, "-m", "pip", "--python", str(venv / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_it_holds_what_the_program_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rowpost"}
    packed = {name.removeprefix("rowpost/_data/") for name in names if name.startswith("rowpost/_data/")}
    folders = {"schemas": ROOT, "templates": ROOT, "guide": ROOT / "app", "pictures": ROOT / "app"}
    files = ((at, path) for top, at in folders.items() for path in (at / top).rglob("*") if path.is_file())
    kept = {path.relative_to(at).as_posix() for at, path in files}
    assert packed == kept
    source = ROOT / "app" / "rowpost"
    wanted = {path.relative_to(source.parent).as_posix() for path in source.rglob("*.py")}
    wanted |= {path.relative_to(source.parent).as_posix() for path in source.rglob("*.toml")}
    wanted |= {path.relative_to(source.parent).as_posix() for path in source.rglob("*.sql")}
    wanted |= {path.relative_to(source.parent).as_posix() for path in source.rglob("*.svg")}
    assert wanted <= set(names)


def test_it_runs_from_its_own_files(elsewhere: Path) -> None:
    code = "import rowpost, rowpost.host.resources as r; print(rowpost.__file__); print(r.folder('schemas'))"
    done = run_in(elsewhere, elsewhere / "venv/bin/python", "-c", code)
    assert all(line.startswith(str(elsewhere)) for line in done.stdout.splitlines()), done
    assert run_in(elsewhere, elsewhere / "venv/bin/rowpost", "--version").stdout.startswith("rowpost ")


def test_the_practice_run_there_balances(elsewhere: Path) -> None:
    done = run_in(elsewhere, elsewhere / "venv/bin/python", "-m", "rowpost", "demo", "--headless", "--json")
    check_practice_run(done.stdout)
    assert done.returncode == 1
