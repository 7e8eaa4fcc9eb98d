"""Trouble shows its code alone, and survives the way out of a child process."""

import pickle

from rowpost.model.trouble import Remedy, Trouble


def test_no_value_shows_in_its_text() -> None:
    trouble = Trouble("x.y", Remedy.FIX_FILE, {"name": "Kari Nordmann"})
    assert "Kari" not in f"{trouble} {trouble!r}"


def test_it_travels_whole() -> None:
    for trouble in (Trouble("x.y", Remedy.SIGN_IN, {"row": 3}), Trouble("x.y", Remedy.TRY_LATER)):
        arrived = pickle.loads(pickle.dumps(trouble))
        assert (arrived.code, arrived.remedy, dict(arrived.values)) == (
            trouble.code,
            trouble.remedy,
            dict(trouble.values),
        )
