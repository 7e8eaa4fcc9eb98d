"""The language is known before the arguments are parsed, because the help needs it."""

import pytest

from rowpost.cli.main import spoken_language


@pytest.mark.parametrize(
    ("argv", "environ", "expected"),
    [
        (["check", "f.xlsx", "--lang", "sv"], {"LANG": "nb_NO.UTF-8"}, "sv"),
        (["check", "--lang=fi"], {}, "fi"),
        (["check", "--lang"], {}, ""),
        (["runs"], {"LANG": "nb_NO.UTF-8"}, "nb"),
        (["runs"], {"LANG": "no_NO"}, "nb"),
        (["runs"], {"LANG": "nn_NO"}, "nb"),
        (["runs"], {"LC_ALL": "da_DK.UTF-8", "LANG": "nb_NO"}, "da"),
        (["runs"], {"LANG": "C.UTF-8"}, "en"),
        (["runs"], {"LANG": "de_DE"}, "en"),
        (["runs"], {}, "en"),
    ],
)
def test_language(argv: list[str], environ: dict[str, str], expected: str) -> None:
    assert spoken_language(argv, environ) == expected
