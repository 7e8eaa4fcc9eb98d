from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.host import folders, settings, settings_rules
from rowpost.host.folders import Folders
from rowpost.host.resources import schema
from rowpost.model.settings import Settings
from rowpost.model.targets import Environment
from rowpost.model.trouble import Remedy, Trouble

SECTIONS = {field.name: field.type for field in dataclasses.fields(Settings)}


@pytest.fixture
def here(tmp_path: Path) -> Folders:
    found = folders.find({"ROWPOST_HOME": str(tmp_path / "home")})
    return dataclasses.replace(found, machine=tmp_path / "machine")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def code_of(here: Folders, *overrides: str) -> str:
    with pytest.raises(Trouble) as caught:
        settings.load(here, overrides)
    assert caught.value.remedy is Remedy.FIX_SETTINGS
    return caught.value.code


def test_the_schema_is_one_and_documents_every_setting() -> None:
    document = schema("settings")
    jsonschema.Draft202012Validator.check_schema(document)
    for section in document["properties"].values():
        for setting in (section, *section.get("properties", {}).values()):
            assert setting["title"]
            assert setting["description"].endswith(".")
            assert set(setting["x-labels"]) == {"en", "nb", "sv", "da", "fi"}
            assert setting["x-labels"]["en"] == setting["title"]


def test_the_schema_and_the_types_name_the_same_settings() -> None:
    default = settings.default_settings()
    sections = schema("settings")["properties"]
    assert set(sections) | {"locked"} == set(SECTIONS)
    for name in sections.keys() - {"targets"}:
        typed = [field.name for field in dataclasses.fields(getattr(default, name))]
        assert typed == list(sections[name]["properties"])


def test_defaults_fit_the_schema_and_the_contract() -> None:
    default = settings.default_settings()
    assert default.sending.part_size == 100
    assert default.sending.post_deadline_seconds == 60
    assert (default.sending.poll_first_seconds, default.sending.poll_max_seconds) == (2, 60)
    assert (default.sending.settle_seconds, default.sending.give_up_polling_seconds) == (3600, 86400)
    assert default.sending.canary is None
    assert default.reading.currency == ""
    assert default.privacy.forget_after_days == 30
    assert default.targets["production"].environment is Environment.PRODUCTION
    assert default.targets["staging"].api_url == "https://api.staging.amili.no/collection/v1"
    jsonschema.validate(settings_rules.defaults(), schema("settings"))


def test_defaults_are_nobodys_to_change(here: Folders) -> None:
    settings.load(here, ["checks.severities.date.not_a_date=note", "targets.staging.client_id=me"])
    assert settings.load(here) == settings.default_settings()


def test_no_files_mean_the_defaults(here: Folders) -> None:
    assert settings.load(here) == settings.default_settings()


def test_later_sources_win_and_it_wins_over_all(here: Folders) -> None:
    write(here.settings_file, "[sending]\npart_size = 50\ncanary_rows = 5\nsettle_looks = 7\n")
    write(here.machine_settings_file, "[sending]\ncanary_rows = 3\n")
    found = settings.load(here, ["sending.settle_looks=9"])
    assert (found.sending.part_size, found.sending.canary_rows, found.sending.settle_looks) == (50, 3, 9)
    assert found.locked == {"sending.canary_rows"}


def test_what_it_has_set_cannot_be_set(here: Folders) -> None:
    write(here.machine_settings_file, "[sending]\npart_size = 10\n")
    assert code_of(here, "sending.part_size=20") == "settings.locked"
    with pytest.raises(Trouble, match=r"settings\.locked"):
        settings.save(here, {"sending.part_size": 20})


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("sending.part_size=7", "part_size", 7),
        ("sending.part_size=7.0", "part_size", 7),
        ("sending.poll_first_seconds=0.05", "poll_first_seconds", 0.05),
        ("sending.poll_first_seconds=1", "poll_first_seconds", 1.0),
        ("sending.canary=true", "canary", True),
        ("sending.canary=false", "canary", False),
        ("sending.idempotency_header=X-Key", "idempotency_header", "X-Key"),
        ("sending.idempotency_header=", "idempotency_header", ""),
        (" sending.part_size = 7 ", "part_size", 7),
    ],
)
def test_an_option_is_read_as_the_schema_wants_it(here: Folders, text: str, name: str, value: object) -> None:
    found = getattr(settings.load(here, [text]).sending, name)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sending.part_size", "settings.option_form"),
        ("part_size=7", "settings.option_form"),
        ("=", "settings.option_form"),
        (".=", "settings.unknown"),
        ("sending.=1", "settings.unknown"),
        ("sending.nothing=1", "settings.unknown"),
        ("nowhere.part_size=1", "settings.unknown"),
        ("sending.part_size.deeper=1", "settings.unknown"),
        ("targets.mine.secret=x", "settings.unknown"),
        ("sending.part_size=0", "settings.out_of_range"),
        ("sending.part_size=1.5", "settings.out_of_range"),
        ("sending.part_size=many", "settings.out_of_range"),
        ("sending.part_size=[1]", "settings.out_of_range"),
        ("sending.part_size=2026-01-01", "settings.out_of_range"),
        ("sending.part_size=nan", "settings.out_of_range"),
        ("sending.poll_first_seconds=nan", "settings.out_of_range"),
        ("sending.poll_first_seconds=inf", "settings.out_of_range"),
        ("sending.canary=perhaps", "settings.wrong_form"),
        ("reading.currency=kroner", "settings.wrong_form"),
        ("reading.date_order=year_first", "settings.not_one_of"),
        ("network.proxy=http://user:word@proxy", "settings.wrong_form"),
        ("targets.mine.api_url=https://example.com", "settings.wrong_form"),
        ("targets.mine.environment=live", "settings.not_one_of"),
        ("targets.MINE.environment=staging", "settings.wrong_form"),
    ],
)
def test_an_option_that_is_not_taken_is_named(here: Folders, text: str, code: str) -> None:
    assert code_of(here, text) == code


def test_a_target_can_be_made_of_options(here: Folders) -> None:
    lines = {"environment": "staging", "api_url": "http://127.0.0.1:1/v1", "client_id": "me"}
    found = settings.load(here, [f"targets.mine.{name}={value}" for name, value in lines.items()])
    assert found.targets["mine"].api_url == "http://127.0.0.1:1/v1"
    assert found.targets["mine"].environment is Environment.STAGING
    assert set(found.targets) == {"staging", "production", "mine"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"sending = [", "settings.not_toml"),
        (b"\xff\xfe\x00", "settings.unreadable"),
        (b"[sending]\npart_size = 0", "settings.out_of_range"),
        (b"[sending]\nnothing = 0", "settings.unknown"),
        (b"[nothing]", "settings.unknown"),
        (b"sending = 3", "settings.wrong_form"),
        (b"[sending]\npart_size = 2026-01-01T10:00:00Z", "settings.out_of_range"),
        (b"[checks.options]\ntype = [1]", "settings.wrong_form"),
    ],
)
def test_a_file_that_is_not_right_is_named(here: Folders, content: bytes, code: str) -> None:
    here.config.mkdir(parents=True)
    here.settings_file.write_bytes(content)
    assert code_of(here) == code


def test_a_folder_in_place_of_the_file_is_named(here: Folders) -> None:
    here.settings_file.mkdir(parents=True)
    assert code_of(here) == "settings.unreadable"


def test_saving_keeps_what_is_there_and_none_takes_out(here: Folders) -> None:
    settings.save(here, {"sending.part_size": 50, "appearance.language": "nb", "checks.options.type": ["NY"]})
    settings.save(here, {"sending.part_size": None, "targets.mine.environment": "staging"})
    found = settings.load(here)
    assert found.sending.part_size == 100
    assert found.appearance.language == "nb"
    assert found.checks.options == {"type": ("NY",)}
    assert found.targets["mine"].environment is Environment.STAGING


def test_saving_something_wrong_changes_nothing(here: Folders) -> None:
    settings.save(here, {"sending.part_size": 50})
    before = here.settings_file.read_bytes()
    with pytest.raises(Trouble, match=r"settings\.out_of_range"):
        settings.save(here, {"sending.part_size": 0})
    assert here.settings_file.read_bytes() == before


def test_saving_where_nothing_can_be_written_is_trouble(here: Folders) -> None:
    write(here.config, "a file where the folder should be")
    with pytest.raises(Trouble, match=r"host\.unwritable_folder"):
        settings.save(here, {"sending.part_size": 50})


def code_or_none(work: Callable[[], object]) -> str:
    try:
        work()
    except Trouble as trouble:
        return trouble.code
    return ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_option_is_taken_or_named(name: str, value: str) -> None:
    no_files = folders.find({"ROWPOST_HOME": "/nowhere"})
    for text in (f"{name}={value}", f"sending.part_size={value}", f"checks.severities.{name}={value}"):
        code = code_or_none(lambda text=text: settings.load(no_files, [text]))  # type: ignore[misc] # bound now
        assert not code or code.startswith("settings.")


JSON = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(SECTIONS)), JSON, max_size=3))
def test_any_document_is_taken_or_named(document: dict[str, Any]) -> None:
    code = code_or_none(lambda: settings_rules.verify(document, "here"))
    assert not code or code.startswith("settings.")
    oracle = jsonschema.Draft202012Validator(schema("settings"))
    assert oracle.is_valid(document) == (not code)
