"""The side that decides: settings, targets, secrets, and whether a target can be reached."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rowpost.host.language import system_language
from rowpost.host.secrets import Place, client_secret_of, keyring_kind
from rowpost.model.targets import Target
from rowpost.model.trouble import Trouble
from rowpost.session import targets
from rowpost.session.parts import Side
from rowpost.wording import Wording

if TYPE_CHECKING:
    from rowpost.model.answers import Cause

_LANGUAGE = "appearance.language"
# what an answer to a question means while a connection is tried; all else is told as it is
_MEANT = {
    "agency.forbidden": "connection.forbidden",
    "agency.no_organization": "connection.no_organization",
    "sign_in.refused": "connection.wrong_secret",
    "sign_in.not_taken": "connection.wrong_secret",
    "network.refused": "connection.unreachable",
    "network.connect_timeout": "connection.unreachable",
    "network.no_such_host": "connection.no_such_host",
    "network.no_answer": "connection.no_answer",
    "network.deadline": "connection.no_answer",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """What answered: the host that gave a token, the host of the agency, and for whom."""

    token_host: str
    api_host: str
    organization: str


class Deciding(Side):
    """What a person decides once and for all."""

    @property
    def folders(self) -> Mapping[str, Path]:
        """Where this program keeps its files, by what is in them."""
        places = self._parts.places
        return {"config": places.config, "data": places.data, "log": places.log}

    def change_settings(self, changes: Mapping[str, Any]) -> None:
        """Write settings (`section.name` -> value; None: the default again); they count at once.

        Trouble where a value is not taken, or IT has locked it: then nothing has changed.
        """
        self.settings = self._parts.change_settings(changes)
        if _LANGUAGE in changes:
            self.wording = Wording(str(changes[_LANGUAGE] or system_language(os.environ)), self.catalog)

    def save_target(self, target: Target) -> None:
        """Add a target, or change one. Trouble where something is missing or wrong; then nothing changes."""
        name = target.name
        targets.refuse_name(name)
        targets.verified(target)
        start = f"targets.{name}."
        self.change_settings(
            {
                f"{start}environment": target.environment.value,
                f"{start}api_url": target.api_url,
                f"{start}token_url": target.token_url,
                f"{start}organization_id": target.organization_id,
                f"{start}client_id": target.client_id,
                f"{start}organization_name": target.organization_name or None,
            }
        )

    def remove_target(self, name: str) -> None:
        """Take a target out of the settings, and its secret out of the keyring."""
        known = self.settings.targets.get(name)
        self.change_settings({f"targets.{name}": None})
        if known is not None:
            self._parts.secrets.forget(_secret_of(known))

    def keep_secret(self, target: Target, secret: str) -> None:
        """Keep a client secret in the keyring, or where there is none in a file of the owner alone."""
        self._parts.secrets.keep(_secret_of(target), secret)

    def where_secret(self, target: Target) -> str:
        """Say where a target's secret is kept, as the end of a wording code; '' where there is none."""
        if target.name == targets.PRACTICE:
            return "practice"
        found = self._parts.secrets.find(_secret_of(target))
        return _named(found.place) if found else ""

    def where_secrets_go(self) -> str:
        """Say where a secret that is entered now will be kept, as the end of a wording code."""
        return _named(self._parts.secrets.place())

    def test_connection(self, target: Target, secret: str | None = None) -> Reached:
        """Fetch a token and ask one question; return what answered. Trouble says what did not.

        `secret` is one that has just been entered; None takes the one that is kept.
        """
        ready = self.practice if target.name == targets.PRACTICE else targets.verified(target)
        with closing(self.agency(ready, secret)) as agency:
            try:
                agency.sign_in()
            except Trouble as trouble:
                raise _meant(trouble, ready.token_url) from None
            answer = agency.invoices({"PageSize": "1"}, most_pages=1)
        if answer.cause is not None:
            raise _meant(answer.cause, ready.api_url)
        who = ready.organization_name or ready.organization_id
        return Reached(_host(ready.token_url), _host(ready.api_url), who)


def _named(place: Place) -> str:
    return f"keyring_{keyring_kind()}" if place is Place.KEYRING else str(place)


def _secret_of(target: Target) -> str:
    return client_secret_of(target.name, target.organization_id)


def _meant(found: Cause | Trouble, url: str) -> Trouble:
    """Say what went wrong in the words of a test: nothing was to be sent, no run is to go on."""
    code = _MEANT.get(found.code, found.code)
    return Trouble(code, found.remedy, {**found.values, "host": _host(url)})


def _host(url: str) -> str:
    return urlsplit(url).netloc
