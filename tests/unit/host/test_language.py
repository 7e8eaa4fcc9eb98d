"""The language of the machine, for everybody who has not chosen one."""

from __future__ import annotations

import pytest

from rowpost.host.language import system_language
from rowpost.wiring import open_session


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "no"}, "nb"),
        ({"LANG": "nn-NO"}, "nb"),
        ({"LC_ALL": "da_DK@euro", "LANG": "nb_NO"}, "da"),
        ({"LC_ALL": "", "LANG": "fi"}, "fi"),
        ({}, ""),
    ],
)
def test_the_environment_says_it(environ: dict[str, str], expected: str) -> None:
    assert system_language(environ) == expected


def test_a_first_start_speaks_it_and_going_back_to_it_does_so_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    with open_session() as session:
        assert session.wording.language == "nb"
        session.change_settings({"appearance.language": "sv"})
        assert session.wording.language == "sv"
        session.change_settings({"appearance.language": ""})
        assert session.wording.language == "nb"
