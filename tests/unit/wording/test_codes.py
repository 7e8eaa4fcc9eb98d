"""Every code that the program names has a sentence, and no sentence is there for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

import pytest

from rowpost.catalog import FieldGroup
from rowpost.cli.parser import COMMANDS
from rowpost.gui.follow_state import FollowTab
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.state import Step
from rowpost.gui.views.settings import CARDS, COUNTRIES
from rowpost.gui.views.sign_in import FIELDS
from rowpost.mapping import DateOrder, NumberStyle, Part
from rowpost.model.books import RowState
from rowpost.model.difference import AtAgency, Change
from rowpost.model.followup import Age, Standing
from rowpost.model.problems import Severity
from rowpost.model.results import RunStatus
from rowpost.model.targets import Environment
from rowpost.sending import Fate
from rowpost.session.watching import PartState
from tests.support.catalogs import invoice_catalog, schema_documents
from tests.support.codes import CODE, SPEAKERS, STOPS, WINDOW, composed, handed_to, named, words
from tests.support.sentences import listed, sentences, stem

CHANGED = [standing for standing in Standing if standing is not Standing.NOT_ASKED]
# Codes that are put together when the program runs, with what can stand in the gap. None: words that
# the source writes out elsewhere; their sentences are missed by no test here, only by those of the room.
COMPOSED: Mapping[str, Iterable[str] | None] = {
    "again.{}": tuple(state for state in RowState if state is not RowState.REJECTED),
    "cli.{}.about": COMMANDS,
    "cli.col.{}": None,
    "doctor.{}": ("secrets_environment", "secrets_keyring", "secrets_file", "ledger", "window", "no_window"),
    "diff.about.{}": ("open", *(change for change in Change if change is not Change.SAME)),
    "diff.column.{}": None,
    "diff.count.{}": Change,
    "diff.sheet.{}": ("summary", "open", *(change for change in Change if change is not Change.SAME)),
    "diff.standing.{}": AtAgency,
    "followup.age.{}": Age,
    "followup.changed.{}": (*CHANGED, "other"),
    "followup.fate.{}": Fate,
    "followup.standing.{}": Standing,
    "group.{}_differ": ("claims", "debtors"),
    "gui.badge.{}": Environment,
    "gui.decide.{}": ("release", "close_there", "close_not_there"),
    "gui.decide.{}.detail": ("release", "close_there", "close_not_there"),
    "gui.decide.{}.question": ("release", "close_there", "close_not_there"),
    "gui.status.{}": RunStatus,
    "gui.country.{}": COUNTRIES,
    "gui.sign_in.goes.{}": (
        *("key_file", "keyring_windows", "keyring_macos", "keyring_other"),
        *("keyring_secret_service", "keyring_kwallet"),
    ),
    "gui.secret.{}": (
        *("environment", "key_file", "none", "keyring_windows", "keyring_macos", "keyring_other"),
        *("keyring_secret_service", "keyring_kwallet"),
    ),
    "gui.settings.{}": None,
    "gui.settings.folder.{}": ("config", "data", "log"),
    "gui.settings.help.{}": tuple(name.replace(".", "_") for name in chain(*CARDS.values())),
    "gui.settings.canary.{}": ("auto", "true", "false"),
    "gui.settings.date_order.{}": ("auto", "day_month", "month_day"),
    "gui.settings.hidden_rows.{}": ("auto", "include", "leave_out"),
    "gui.sign_in.{}": None,
    "gui.sign_in.environment.{}": Environment,
    "gui.sign_in.example.{}": tuple(name for name in FIELDS if name != "secret"),
    "gui.target.name.{}": ("practice", "staging", "production"),
    "gui.key.{}": None,
    "gui.follow.batch.{}": None,
    "gui.follow.batch_row.{}": None,
    "gui.follow.column.{}": None,
    "gui.follow.fact.{}": None,
    "gui.follow.tab.{}": FollowTab,
    "gui.history.column.{}": None,
    "gui.history.diff.{}": None,
    "gui.history.do.{}": None,
    "gui.history.fact.{}": None,
    "gui.history.hit.{}": None,
    "gui.appearance.{}": Appearance,
    "gui.chip.{}": None,
    "gui.confirm.detail.{}": Environment,
    "gui.count.{}": RowState,
    "gui.map.group.{}": (*FieldGroup, "none", "claims", "debtors"),
    "gui.map.by.{}": [field.key for field in invoice_catalog().fields if field.derived],
    "gui.map.joiner.{}": ("blank", "comma", "dash", "nothing"),
    "gui.map.order.{}": DateOrder,
    "gui.map.part.{}": ("whole", *(part for part in Part if part)),
    "gui.map.preview.{}": ("claims", "debtors"),
    "gui.map.repeated.{}": ("claims", "debtors"),
    "gui.map.style.{}": NumberStyle,
    "gui.map.untold.all.{}": [option.value for option in invoice_catalog().field("debtorType").options],
    "gui.map.untold.such.{}": [option.value for option in invoice_catalog().field("debtorType").options],
    "gui.map.untold.others.{}": [option.value for option in invoice_catalog().field("debtorType").options],
    "gui.missing.{}": ("file", "check", "run"),
    "gui.open.sheet{}{}": ("", "_hidden", "_empty", "_hidden_empty"),
    "gui.part.{}": PartState,
    "gui.results.chip.{}": RowState,
    "gui.results.column.{}": None,
    "gui.results.fact.{}": None,
    "gui.review.change.{}": None,
    "gui.review.menu.{}": None,
    "gui.review.name.{}": None,
    "gui.review.quality.{}": None,
    "gui.row.{}": RowState,
    "gui.send.bar.{}": None,
    "gui.send.fact.{}": None,
    "gui.state.{}": None,
    "gui.step.{}": Step,
    "gui.step.{}.tip": Step,
    "gui.step.{}.title": Step,
    "gui.target.{}": Environment,
    "gui.undo.map.{}": None,
    "mapping.reason.known_name.{}": ("en", "nb", "sv", "da", "fi"),
    "reports.environment.{}": Environment,
    "reports.ledger.column.{}": None,
    "reports.problems.column.{}": None,
    "reports.receipt.column.{}": None,
    "reports.rest.{}": tuple(state for state in RowState if state is not RowState.ACCEPTED),
    "reports.results.column.{}": None,
    "reports.results.{}": None,
    "reports.template.column.{}": None,
    "reports.template.must_be.{}": ("list", "decimal", "date"),
    "sandbox.scenario.{}": None,
    "severity.{}": Severity,
    "state.{}": RowState,
    "status.{}": RunStatus,
}
# Texts that begin as a code does and are none: names of files and modules.
NOT_CODES = re.compile(r".+\.(json|toml|sqlite|lock)|.+\{\}_command|gui\.\{\}|gui\.targets\..+")
ROOMS = frozenset(code.partition(".")[0] for code in sentences("en"))  # how codes begin
PAGES = frozenset(code.split(".")[1] for code in sentences("en") if code.startswith(WINDOW))


def is_field(text: str) -> bool:
    return any(text in (field.key, field.path) for field in invoice_catalog().fields)


def is_setting(text: str) -> bool:
    section, _, name = text.partition(".")
    return name in schema_documents()["settings"]["properties"].get(section, {}).get("properties", {})


def begins_as_code(text: str, file: str) -> bool:
    start = text.partition(".")[0]
    return start in ROOMS or ("/gui/" in file and start in PAGES)


def has_sentence(code: str, file: str) -> bool:
    known = sentences("en")
    return code in known or ("/gui/" in file and WINDOW + code in known)


def test_every_code_has_a_sentence() -> None:
    handed = {text: file for text, file in handed_to(SPEAKERS).items() if CODE.fullmatch(text)}
    looking_so = {text: file for text, file in named().items() if begins_as_code(text, file)}
    found = {
        code: file
        for code, file in {**looking_so, **handed}.items()
        if not (NOT_CODES.fullmatch(code) or is_field(code) or is_setting(code) or has_sentence(code, file))
    }
    assert handed.keys() & looking_so.keys()
    assert not found, listed(found.items())


def test_every_trouble_has_a_cure() -> None:
    stops = handed_to(STOPS)
    assert stops
    found = {code: file for code, file in stops.items() if f"{code}.cure" not in sentences("en")}
    assert not found, listed(found.items())


@pytest.mark.parametrize("pattern", sorted(COMPOSED))
def test_every_composed_code_has_a_sentence(pattern: str) -> None:
    found = [
        code
        for member in COMPOSED[pattern] or ()
        if (code := pattern.replace("{}", member, 1).replace("{}", "")) not in sentences("en")
    ]
    assert not found, listed(found)


def test_composed_codes_are_listed_here() -> None:
    found = {
        pattern: file
        for pattern, file in composed().items()
        if begins_as_code(pattern, file) and not NOT_CODES.fullmatch(pattern)
    }
    odd = {pattern: file for pattern, file in found.items() if pattern not in COMPOSED}
    assert not odd, listed(odd.items())
    assert not COMPOSED.keys() - found.keys()


def is_used(code: str) -> bool:
    if code in named() or (code.startswith(WINDOW) and code.removeprefix(WINDOW) in words("gui")):
        return True
    return any(
        (
            match := re.fullmatch(
                re.escape(pattern.replace("{}{}", "{}")).replace(r"\{\}", "([A-Za-z0-9_]*)"), code
            )
        )
        and match[1] in words() | frozenset(members or ())
        for pattern, members in COMPOSED.items()
    )


def test_no_sentence_is_unused() -> None:
    found = [code for code in sentences("en") if not (is_used(code) or is_used(stem(code)))]
    assert not found, listed(found)
