"""Settings: what is chosen counts at once, is kept, and what is not taken is told at its field."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QRadioButton

from rowpost.gui.dialogs.sign_in import SignIn
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.parts.target_menu import target_menu
from rowpost.gui.state import Step
from rowpost.gui.views.settings import CARDS, Decided, meant, setting_views, written
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.host import folders, settings
from rowpost.model.targets import Environment
from rowpost.session import Session
from rowpost.wiring import open_session
from tests.support.practice import practice
from tests.support.window import children, dialog_of, wait_until, window_over

ORGANIZATION = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def page(workplace: Workplace) -> Workplace:
    workplace.go(Step.SETTINGS)
    wait_until(lambda: workplace.store.state.decided is not None)
    return workplace


def editor(workplace: Workplace, name: str) -> QLineEdit:
    found = workplace.page(Step.SETTINGS).findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def enter(workplace: Workplace, name: str, text: str) -> None:
    field = editor(workplace, name)
    field.setText(text)
    field.editingFinished.emit()


def written_down(home: Path) -> dict[str, object]:
    file = home / "config" / "settings.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def test_a_number_is_taken_and_written_down(page: Workplace, home: Path) -> None:
    enter(page, "sending.part_size", "5 0")
    wait_until(lambda: page.desk.session.settings.sending.part_size == 50)
    assert written_down(home)["sending"] == {"part_size": 50}


def test_a_wrong_number_is_told_at_its_field_and_stays_to_be_mended(page: Workplace, home: Path) -> None:
    enter(page, "sending.part_size", "0")
    field = editor(page, "sending.part_size")
    wait_until(lambda: field.property("tone") == "must_fix")
    assert "1 and 1000" in field.accessibleDescription()
    assert field.text() == "0"
    assert not written_down(home)
    enter(page, "sending.part_size", "20")
    wait_until(lambda: field.property("tone") == "")
    assert page.desk.session.settings.sending.part_size == 20


def test_language_and_colours_change_without_a_restart(page: Workplace, home: Path) -> None:
    page.deeds.choices.change("appearance.language", "fi")
    wait_until(lambda: page.words.language == "fi")
    page.deeds.choices.change("appearance.color_scheme", "dark")
    wait_until(lambda: page.look.tokens.dark)
    assert written_down(home)["appearance"] == {"language": "fi", "color_scheme": "dark"}
    assert page.desk.session.wording.language == "fi"
    assert page.store.state.step is Step.SETTINGS


def test_the_keyboard_stays_where_it_was_when_the_window_is_made_anew(page: Workplace) -> None:
    before = page.page(Step.SETTINGS).findChild(QComboBox, "appearance.text_percent")
    assert isinstance(before, QComboBox)
    before.setFocus()
    page.deeds.choices.change("appearance.text_percent", "125")
    wait_until(lambda: page.chosen.text_percent == 125)
    now = page.window.focusWidget()
    assert now is not before
    assert now is not None
    assert now.objectName() == "appearance.text_percent"


def test_what_it_has_set_is_shown_and_locked(
    qapp: QApplication, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = tmp_path / "machine"
    (machine / "Rowpost").mkdir(parents=True)
    (machine / "Rowpost" / "settings.toml").write_text("[sending]\npart_size = 33\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(machine))
    assert settings.load(folders.find()).locked == {"sending.part_size"}
    with open_session(language="en") as session, window_over(qapp, session) as workplace:
        workplace.go(Step.SETTINGS)
        field = editor(workplace, "sending.part_size")
        assert field.text() == "33"
        assert not field.isEnabled()
        assert field.accessibleDescription() == "Set by your IT department."


def test_every_setting_shows_its_value_and_reads_it_back(words: Words) -> None:
    decided = Decided(settings.default_settings())
    for card in CARDS:
        for view in setting_views(card, decided, words):
            assert view.label
            assert view.help
            value = meant(view.name, view.value)
            assert written(value) == view.value
            if view.options:
                assert view.value in [option for option, _ in view.options]


# -- Targets and signing in ----------------------------------------------------------------------


def fill(dialog: SignIn, **texts: str) -> None:
    for name, text in texts.items():
        dialog.entries[name].setText(text)


def test_the_dialog_says_where_the_secret_will_really_be_kept(page: Workplace) -> None:
    def texts(dialog: SignIn) -> list[str]:
        return [made.text() for made in dialog.findChildren(QLabel)]

    def use(dialog: SignIn) -> None:
        wait_until(lambda: page.words("sign_in.goes.key_file") in texts(dialog))  # no keyring works here
        assert page.words("sign_in.promise") not in texts(dialog)
        dialog.cancel.click()

    dialog_of(SignIn, lambda: page.act("sign_in:"), use)


def test_a_target_is_tried_and_then_kept(page: Workplace, session: Session) -> None:
    with practice(organizations=[ORGANIZATION]) as server:

        def use(dialog: SignIn) -> None:
            fill(dialog, name="our-company", organization_name="Riverside AS", organization_id="914142853")
            fill(dialog, api_url=server.api_url, token_url=server.token_url, client_id=server.client_id)
            fill(dialog, secret="not it")
            dialog.environment.setCurrentIndex(dialog.environment.findData(Environment.PRACTICE))
            dialog.save.click()
            wait_until(dialog.save.isEnabled)
            assert "organisation id" in dialog.entries["organization_id"].accessibleDescription()
            fill(dialog, organization_id=ORGANIZATION)
            dialog.test.click()
            wait_until(dialog.test.isEnabled)
            assert "does not accept" in dialog.entries["secret"].accessibleDescription()
            fill(dialog, secret=server.client_secret)
            dialog.test.click()
            wait_until(dialog.test.isEnabled)
            wait_until(lambda: any("Riverside AS" in made.text() for made in children(dialog, QLabel)))
            assert dialog.focusWidget() is dialog.save, "not Cancel, which Tab would come to next"
            dialog.save.click()

        dialog_of(SignIn, lambda: page.act("sign_in:"), use)
        wait_until(lambda: "our-company" in session.settings.targets)
        wait_until(lambda: session.where_secret(session.targets()[-1]) == "key_file")
    shown = page.page(Step.SETTINGS)
    wait_until(lambda: "Riverside AS" in [made.text() for made in children(shown, QRadioButton)])
    page.act("target:our-company")
    assert page.store.state.target.name == "our-company"


def test_half_a_target_is_completed_before_it_is_used(page: Workplace) -> None:
    dialog_of(SignIn, lambda: page.act("target:production"), lambda dialog: dialog.cancel.click())
    assert page.store.state.target.name == "practice"


def test_the_badge_offers_every_target(page: Workplace) -> None:
    asked: list[str] = []
    targets = page.deeds.targets.all()
    menu = target_menu(page.window, page.words, targets, "practice", asked.append)
    entries = [action for action in menu.actions() if action.text()]
    assert [entry.text().split(" ")[0] for entry in entries[:3]] == ["PRACTICE", "TEST", "LIVE"]
    assert [entry.isChecked() for entry in entries[:3]] == [True, False, False]
    for entry in entries:
        entry.trigger()
    assert asked == ["target:practice", "target:staging", "target:production", "go:settings"]


def test_the_practice_server_is_started_and_stopped_by_the_window(page: Workplace, session: Session) -> None:
    page.deeds.targets.run_practice(running=True)
    wait_until(lambda: bool(page.store.state.decided and page.store.state.decided.practice))
    page.deeds.targets.practise("practice-trouble.json")
    wait_until(lambda: session.practice_place[1] == "practice-trouble.json")
    page.deeds.targets.run_practice(running=False)
    wait_until(lambda: not (page.store.state.decided and page.store.state.decided.practice))
    assert session.practice_place[0] == ""


def test_colours_leave_the_language_of_the_system_alone(
    qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    with open_session() as session, window_over(qapp, session) as workplace:
        assert workplace.words.language == "nb"
        workplace.deeds.choices.change("appearance.color_scheme", "dark")
        wait_until(lambda: workplace.chosen.appearance is Appearance.DARK)
        assert workplace.words.language == "nb"
