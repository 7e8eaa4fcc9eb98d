"""The sign-in dialog as a value: what it asks for, and at which field something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rowpost.gui.views.targets import title
from rowpost.gui.words import Words
from rowpost.host.settings_rules import rule
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Trouble

FIELDS = ("name", "organization_name", "organization_id", "client_id", "secret", "api_url", "token_url")
_OF_CODE = {
    "target.name_form": "name",
    "target.organization_form": "organization_id",
    "connection.no_organization": "organization_id",
    "connection.forbidden": "organization_id",
    "connection.wrong_secret": "secret",
    "sign_in.no_secret": "secret",
    "target.no_secret": "secret",
    "sign_in.wrong_address": "token_url",
}
NEW = Target("", Environment.PRODUCTION, "", "", "", "")


@dataclass(frozen=True, slots=True)
class SignInView:
    """What the dialog begins with; `locked` names the fields that IT has set."""

    title: str
    target: Target
    is_new: bool
    secret_hint: str
    locked: frozenset[str]


def sign_in_view(target: Target | None, where: str, locked: frozenset[str], words: Words) -> SignInView:
    """Return the dialog for a target; None is a new one. `where` says where its secret is kept."""
    known = target or NEW
    return SignInView(
        words("sign_in.title", target=title(known, words)) if target else words("sign_in.new"),
        known,
        target is None,
        words("sign_in.kept", place=words(f"secret.{where}")) if where else "",
        frozenset(name for name in FIELDS if f"targets.{known.name}.{name}" in locked),
    )


def field_label(name: str, words: Words) -> str:
    """What a field of the dialog is called."""
    if name in ("name", "secret"):
        return words(f"sign_in.{name}")
    labels = rule(f"targets.any.{name}")["x-labels"]
    return str(labels.get(words.language, labels["en"]))


def field_at_fault(trouble: Trouble, target: Target) -> str:
    """Return the field that a trouble is about, '' where it is about none."""
    if trouble.code == "target.incomplete":
        return str(trouble.values.get("missing", ""))
    if "url" in trouble.values:
        return "api_url" if trouble.values["url"] == target.api_url else "token_url"
    return _OF_CODE.get(trouble.code, "")


def sentence(trouble: Trouble, at: str, words: Words) -> str:
    """Say what is wrong, at the field it is about."""
    if trouble.code == "target.incomplete":
        return words("sign_in.enter", field=field_label(at, words))
    cure = words.part(trouble.code, "cure", trouble.values)
    return f"{words.wording.say(trouble.code, trouble.values)} {cure}".strip()


def filled(target: Target, texts: Mapping[str, str], environment: Environment) -> Target:
    """Return the target that the fields describe."""
    tidy = {name: text.strip() for name, text in texts.items() if name != "secret"}
    tidy["api_url"] = tidy["api_url"].rstrip("/")
    return replace(target, environment=environment, **tidy)
