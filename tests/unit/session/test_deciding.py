"""What a person decides counts at once, is written down, and is tried before it is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rowpost.host import folders, settings
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Trouble
from rowpost.session import Session
from rowpost.wiring import open_session
from tests.support.practice import practice

ORGANIZATION = "11111111-2222-4333-8444-555555555555"
OTHER = "99999999-2222-4333-8444-555555555555"
OURS = Target(
    "our-company",
    Environment.STAGING,
    "https://api.example.com/collection/v1",
    "https://auth.example.com/token",
    ORGANIZATION,
    "rowpost",
    "Riverside AS",
)


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    with open_session(["network.get_tries=1"], language="en") as made:
        yield made


def test_a_setting_counts_at_once_and_at_the_next_start(session: Session) -> None:
    session.change_settings({"sending.part_size": 7, "appearance.language": "nb"})
    assert session.settings.sending.part_size == 7
    assert session.wording.language == "nb"
    assert session.settings.network.get_tries == 1, "what holds for this call alone goes on holding"
    assert settings.load(folders.find()).sending.part_size == 7


def test_a_wrong_value_changes_nothing(session: Session) -> None:
    with pytest.raises(Trouble, match="out_of_range"):
        session.change_settings({"sending.part_size": 0})
    assert session.settings.sending.part_size == 100


def test_a_target_is_added_changed_and_taken_out(session: Session) -> None:
    session.save_target(OURS)
    assert session.target("our-company") == OURS
    session.save_target(replace(OURS, organization_name=""))
    assert session.target("our-company").organization_name == ""
    session.keep_secret(OURS, "made-up")
    assert session.where_secret(OURS) == "key_file"
    session.remove_target("our-company")
    assert "our-company" not in session.settings.targets
    assert session.where_secret(OURS) == ""


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (replace(OURS, name="Our company"), "target.name_form"),
        (replace(OURS, name="practice"), "target.name_form"),
        (replace(OURS, api_url="http://api.example.com"), "target.plain_http"),
        (replace(OURS, organization_id="914142853"), "target.organization_form"),
        (replace(OURS, client_id=""), "target.incomplete"),
    ],
)
def test_half_a_target_is_not_kept(session: Session, target: Target, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        session.save_target(target)
    assert caught.value.code == code
    assert target.name not in session.settings.targets


def test_a_connection_says_what_was_reached(session: Session) -> None:
    reached = session.test_connection(session.targets()[0])
    assert reached.token_host == reached.api_host
    assert reached.api_host.startswith("127.0.0.1:")
    assert session.where_secret(session.targets()[0]) == "practice"


def test_each_way_to_fail_has_its_own_sentence(session: Session) -> None:
    with practice(organizations=[ORGANIZATION]) as server:
        right = replace(OURS, api_url=server.api_url, token_url=server.token_url, client_id=server.client_id)
        secret = server.client_secret
        assert session.test_connection(right, secret).organization == "Riverside AS"
        assert told(session, right, "not it") == "connection.wrong_secret"
        assert told(session, replace(right, organization_id=OTHER), secret) == "connection.no_organization"
        wrong_address = replace(right, token_url=f"{server.api_url}/nowhere")
        assert told(session, wrong_address, secret) == "sign_in.wrong_address"
    assert told(session, right, secret) == "connection.unreachable"
    with pytest.raises(Trouble, match="no_secret"):
        session.test_connection(right)


def told(session: Session, target: Target, secret: str) -> str:
    with pytest.raises(Trouble) as caught:
        session.test_connection(target, secret)
    assert secret not in str(caught.value.values)
    assert session.wording.knows(caught.value.code)
    return caught.value.code


def test_the_practice_server_is_started_stopped_and_plays_another_scenario(session: Session) -> None:
    assert session.practice_place == ("", "")
    first = session.practice
    assert session.practice_place == (first.api_url, "")
    again = session.practise("practice-trouble.json")
    assert session.practice_place == (again.api_url, "practice-trouble.json")
    session.stop_practice()
    assert session.practice_place[0] == ""
    with pytest.raises(Trouble, match="unreachable"):
        session.test_connection(replace(again, name="gone"), "practice")
    assert session.practice.api_url


def test_who_practises_does_not_wait_for_what_is_decided(session: Session) -> None:
    rules, practised = session.settings.sending, replace(OURS, name="practice")
    assert session._pace(OURS) == rules
    quick = session._pace(practised)
    assert quick == replace(rules, poll_first_seconds=quick.poll_first_seconds)
    assert quick.poll_first_seconds * 5 <= rules.poll_first_seconds
    session.practise("practice-trouble.json")
    assert session._pace(practised).poll_first_seconds == rules.poll_first_seconds, "slowness is a lesson"
