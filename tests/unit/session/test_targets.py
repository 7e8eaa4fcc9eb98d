"""Nothing is sent unencrypted, to a half-known place, or in earnest by mistake."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Trouble
from rowpost.session import targets

ORG = "11111111-2222-4333-8444-555555555555"


def at(url: str, token: str = "https://auth.example.no/token", org: str = ORG, client: str = "c") -> Target:
    return targets.at(url, token, org, client)


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("http://127.0.0.1:8800/collection/v1", Environment.PRACTICE),
        ("http://localhost:8800", Environment.PRACTICE),
        ("http://[::1]:8800", Environment.PRACTICE),
        ("https://api.staging.amili.no/collection/v1", Environment.STAGING),
        ("https://api.amili.no/collection/v1", Environment.PRODUCTION),
        ("https://stagingapi.example.no", Environment.PRODUCTION),
    ],
)
def test_an_address_tells_how_much_in_earnest_it_is(url: str, environment: Environment) -> None:
    assert at(url).environment is environment


@pytest.mark.parametrize(
    "url",
    [
        "http://api.amili.no/collection/v1",
        "http://127.0.0.1.example.no/",
        "http://localhost.example.no/",
        "http://10.0.0.1/",
        "http://169.254.1.1/",
    ],
)
def test_plain_http_stays_on_this_machine(url: str) -> None:
    with pytest.raises(Trouble) as trouble:
        at(url)
    assert trouble.value.code == "target.plain_http"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.amili.no",
        "ftp://api.amili.no",
        "https://",
        "file:///etc/passwd",
        "https://u:p@h.no",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Trouble) as trouble:
        at(url)
    assert trouble.value.code in {"target.not_an_address", "target.incomplete"}


def test_the_token_address_is_held_to_the_same() -> None:
    with pytest.raises(Trouble) as trouble:
        at("https://api.amili.no", token="http://auth.amili.no/token")
    assert trouble.value.code == "target.plain_http"


@pytest.mark.parametrize("org", ["923609016", "x", ORG[:-1]])
def test_an_organisation_number_is_no_organisation_id(org: str) -> None:
    with pytest.raises(Trouble) as trouble:
        at("https://api.amili.no", org=org)
    assert trouble.value.code == "target.organization_form"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Trouble) as trouble:
        at("https://api.amili.no", client="")
    assert trouble.value.values["missing"] == "client_id"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(Trouble) as trouble:
        targets.named({"staging": at("https://api.staging.amili.no")}, "stagin")
    assert trouble.value.values["targets"] == "practice, staging"


@given(st.text(max_size=60))
def test_any_text_ends_in_a_target_or_in_trouble(text: str) -> None:
    with suppress(Trouble):
        at(text)
