"""Secrets: from the environment, from the operating system's keyring, or from a file of the owner alone.

A secret has a name: `data-key`, `client-secret:<target>/<organisation>`. Nothing here is ever logged.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import stat
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rowpost.host.folders import Folders, unwritable
from rowpost.host.whole_file import replace_file
from rowpost.model.trouble import Remedy, Trouble

SERVICE = "Rowpost"
DATA_KEY = "data-key"
DATA_KEY_BYTES = 32
_SIGN_IN = "client-secret:"
_TRIAL = "trial"  # of the keyring: no secret, and gone again at once
FROM_ENVIRONMENT = {"ROWPOST_CLIENT_SECRET": _SIGN_IN, "ROWPOST_DATA_KEY": DATA_KEY}
# what the keyrings that people meet are called: the start of the module's name -> a wording code
_KEYRINGS = {
    "keyring.backends.Windows": "windows",
    "keyring.backends.macOS": "macos",
    "keyring.backends.SecretService": "secret_service",
    "keyring.backends.libsecret": "secret_service",
    "keyring.backends.kwallet": "kwallet",
}


class Place(StrEnum):
    """Where a secret is kept."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    KEY_FILE = "key_file"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret and where it was found. Its text does not show when it is printed."""

    value: str
    place: Place

    def __repr__(self) -> str:
        return f"Secret(place={self.place})"


def client_secret_of(target: str, organization_id: str) -> str:
    """Name the secret that signs in at a target for an organisation."""
    return f"{_SIGN_IN}{target}/{organization_id}"


class Secrets:
    """Finds and keeps secrets. Any thread may ask; what changes them goes one after the other."""

    def __init__(self, folders: Folders, environ: Mapping[str, str] = os.environ) -> None:
        self._file = folders.key_file
        self._environ = environ
        self._one_at_a_time = threading.RLock()
        self._home = hashlib.sha256(str(folders.config).encode()).hexdigest()[:12]

    def find(self, name: str) -> Secret | None:
        """Return a secret: the environment goes before the keyring, the keyring before the file."""
        for variable, start in FROM_ENVIRONMENT.items():
            if name.startswith(start) and self._environ.get(variable):
                return Secret(self._environ[variable], Place.ENVIRONMENT)
        kept = _from_keyring(self._entry(name))
        if kept is not None:
            return Secret(kept, Place.KEYRING)
        kept = self._read_file().get(name)
        return None if kept is None else Secret(kept, Place.KEY_FILE)

    def keep(self, name: str, value: str) -> Place:
        """Keep a secret; return where. Trouble where it can be kept nowhere."""
        with self._one_at_a_time:
            if _to_keyring(self._entry(name), value):
                self._change_file(name, None)
                return Place.KEYRING
            self._change_file(name, value)
            return Place.KEY_FILE

    def place(self) -> Place:
        """Say where a secret that is kept now will be; tried, for a keyring may be there and not work."""
        with self._one_at_a_time:
            works = _to_keyring(_TRIAL, _TRIAL)
            _out_of_keyring(_TRIAL)
            return Place.KEYRING if works else Place.KEY_FILE

    def forget(self, name: str) -> None:
        """Take a secret out of the keyring and the file."""
        with self._one_at_a_time:
            _out_of_keyring(self._entry(name))
            self._change_file(name, None)

    def _entry(self, name: str) -> str:
        """Two homes on one machine sign in each with its own secret."""
        return f"{name} ({self._home})" if name.startswith(_SIGN_IN) else name

    def data_key(self) -> bytes:
        """Return the 32 bytes that seal personal data; made and kept at the first call.

        Trouble where ROWPOST_DATA_KEY, or what is kept, is not base64 of 32 bytes.
        """
        with self._one_at_a_time:  # two keys at the first start would be one too many
            found = self.find(DATA_KEY)
            if found is None:
                key = os.urandom(DATA_KEY_BYTES)
                self.keep(DATA_KEY, base64.b64encode(key).decode())
                return key
        with suppress(binascii.Error, ValueError):
            key = base64.b64decode(found.value, validate=True)
            if len(key) == DATA_KEY_BYTES:
                return key
        raise Trouble("secrets.bad_data_key", Remedy.FIX_SETTINGS, {"place": str(found.place)})

    def _read_file(self) -> dict[str, str]:
        try:
            refuse_if_others_can_read(self._file)
            document = json.loads(self._file.read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError) as error:
            raise _unreadable(self._file) from error
        if not isinstance(document, dict) or not all(isinstance(value, str) for value in document.values()):
            raise _unreadable(self._file)
        return document

    def _change_file(self, name: str, value: str | None) -> None:
        document = self._read_file()
        if document.get(name) == value:
            return
        if value is None:
            del document[name]
        else:
            document[name] = value
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._file, json.dumps(document, indent=1).encode())
        except OSError as error:
            raise unwritable(self._file.parent) from error


def keyring_kind() -> str:
    """Say which keyring this machine has, as the end of a wording code; other where it is none we know."""
    import keyring  # 70 ms, and only where a secret is wanted

    module = type(keyring.get_keyring()).__module__
    return next((kind for start, kind in _KEYRINGS.items() if module.startswith(start)), "other")


def refuse_if_others_can_read(path: Path) -> None:
    """Raise Trouble if the file's rights let others read it; on Windows the profile folder is closed."""
    if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Trouble("secrets.open_to_others", Remedy.FIX_SETTINGS, {"file": str(path)})


def _unreadable(path: Path) -> Trouble:
    return Trouble("secrets.unreadable", Remedy.FIX_SETTINGS, {"file": str(path)})


# A machine without a keyring, with a locked one, or with one that fails: all mean the file. keyring's
# backends raise errors of their own on top of KeyringError (dbus, COM), hence the wide net.


def _from_keyring(name: str) -> str | None:
    import keyring  # 70 ms, and only where a secret is wanted

    try:
        return keyring.get_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - see above
        return None


def _to_keyring(name: str, value: str) -> bool:
    import keyring  # 70 ms, and only where a secret is wanted

    try:
        keyring.set_password(SERVICE, name, value)
        return keyring.get_password(SERVICE, name) == value
    except Exception:  # noqa: BLE001 - see above
        return False


def _out_of_keyring(name: str) -> None:
    import keyring  # 70 ms, and only where a secret is wanted

    with suppress(Exception):
        keyring.delete_password(SERVICE, name)
