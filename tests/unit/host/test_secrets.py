from __future__ import annotations

import base64
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from rowpost.host import folders
from rowpost.host.folders import Folders
from rowpost.host.secrets import DATA_KEY, Place, Secrets, client_secret_of, keyring_kind
from rowpost.model.trouble import Trouble

SECRET = "hemmelig-æøå"  # made up
ORGANIZATION = "3f0e2f6c-8a3b-4a57-9c1e-5d2b7a90c4d1"


class MemoryKeyring(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring's own
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that takes a secret and does not have it afterwards (keyring's own null backend is one)."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


class BrokenKeyring(MemoryKeyring):
    """A keyring whose service is gone: its errors are no KeyringError."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("no bus")

    def delete_password(self, service: str, username: str) -> None:
        raise OSError("no bus")


@pytest.fixture
def here(home: Path) -> Folders:
    return folders.find({"ROWPOST_HOME": str(home)})


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


def test_the_keyring_is_used_where_it_works(here: Folders) -> None:
    use(MemoryKeyring())
    secrets = Secrets(here, {})
    assert secrets.keep(client_secret_of("staging", ORGANIZATION), SECRET) is Place.KEYRING
    found = secrets.find(client_secret_of("staging", ORGANIZATION))
    assert found is not None
    assert (found.value, found.place) == (SECRET, Place.KEYRING)
    assert not here.key_file.exists()
    assert secrets.find(client_secret_of("production", ORGANIZATION)) is None


def test_each_home_and_each_organisation_has_its_own_sign_in(here: Folders, tmp_path: Path) -> None:
    use(MemoryKeyring())
    Secrets(here, {}).keep(client_secret_of("staging", ORGANIZATION), SECRET)
    elsewhere = folders.find({"ROWPOST_HOME": str(tmp_path / "other")})
    assert Secrets(elsewhere, {}).find(client_secret_of("staging", ORGANIZATION)) is None
    assert Secrets(here, {}).find(client_secret_of("staging", "other")) is None
    assert keyring_kind() == "other"


@pytest.mark.parametrize("backend", [BrokenKeyring, ForgetfulKeyring])
def test_otherwise_a_file_of_the_owner_alone(here: Folders, backend: type[KeyringBackend]) -> None:
    use(backend())
    secrets = Secrets(here, {})
    assert secrets.find("x") is None
    assert secrets.keep("x", SECRET) is Place.KEY_FILE
    found = Secrets(here, {}).find("x")
    assert found is not None
    assert (found.value, found.place) == (SECRET, Place.KEY_FILE)
    assert stat.S_IMODE(here.key_file.stat().st_mode) == 0o600
    secrets.forget("x")
    assert secrets.find("x") is None


@pytest.mark.parametrize(
    ("backend", "place"),
    [(MemoryKeyring, Place.KEYRING), (BrokenKeyring, Place.KEY_FILE), (ForgetfulKeyring, Place.KEY_FILE)],
)
def test_where_a_secret_would_be_kept_is_tried(
    here: Folders, backend: type[MemoryKeyring], place: Place
) -> None:
    use(made := backend())
    assert Secrets(here, {}).place() is place
    assert not made.kept, "nothing stays of the trial"
    assert not here.key_file.exists()
    assert Secrets(here, {}).keep("x", SECRET) is place


def test_a_secret_moves_into_the_keyring_once_there_is_one(here: Folders) -> None:
    use(BrokenKeyring())
    Secrets(here, {}).keep("x", "old")
    use(MemoryKeyring())
    Secrets(here, {}).keep("x", SECRET)
    assert SECRET not in here.key_file.read_text("utf-8")
    assert "old" not in here.key_file.read_text("utf-8")


def test_the_environment_goes_first(here: Folders) -> None:
    use(MemoryKeyring())
    Secrets(here, {}).keep(client_secret_of("staging", ORGANIZATION), "kept")
    found = Secrets(here, {"ROWPOST_CLIENT_SECRET": SECRET}).find(client_secret_of("staging", ORGANIZATION))
    assert found is not None
    assert (found.value, found.place) == (SECRET, Place.ENVIRONMENT)
    assert Secrets(here, {"ROWPOST_CLIENT_SECRET": SECRET}).find("ledger-epoch") is None
    assert (
        Secrets(here, {"ROWPOST_CLIENT_SECRET": ""}).find(client_secret_of("production", ORGANIZATION))
        is None
    )


def test_the_data_key_is_made_once(here: Folders) -> None:
    key = Secrets(here, {}).data_key()
    assert len(key) == 32
    assert Secrets(here, {}).data_key() == key


def test_threads_never_make_two_keys_nor_lose_a_secret(here: Folders) -> None:
    use(ForgetfulKeyring())
    secrets, together = Secrets(here, {}), Barrier(8)

    def begin(number: int) -> bytes:
        together.wait()
        secrets.keep(f"secret-{number}", SECRET)
        return secrets.data_key()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(begin, range(8)))
    assert keys == {Secrets(here, {}).data_key()}
    assert all(secrets.find(f"secret-{number}") for number in range(8))


def test_the_data_key_can_come_from_the_environment(here: Folders) -> None:
    key = bytes(range(32))
    environ = {"ROWPOST_DATA_KEY": base64.b64encode(key).decode()}
    assert Secrets(here, environ).data_key() == key
    assert Secrets(here, {}).find(DATA_KEY) is None


@pytest.mark.parametrize("text", ["short", "AAAA", "æ", base64.b64encode(bytes(33)).decode()])
def test_a_damaged_data_key_is_never_replaced(here: Folders, text: str) -> None:
    with pytest.raises(Trouble, match=r"^secrets\.bad_data_key$"):
        Secrets(here, {"ROWPOST_DATA_KEY": text}).data_key()
    Secrets(here, {}).keep(DATA_KEY, text)
    with pytest.raises(Trouble, match=r"^secrets\.bad_data_key$"):
        Secrets(here, {}).data_key()


@pytest.mark.parametrize("content", ["", "[]", '{"x": 1}', "{"])
def test_a_damaged_key_file_is_never_overwritten(here: Folders, content: str) -> None:
    here.create()
    here.key_file.write_text(content)
    here.key_file.chmod(0o600)
    for work in (lambda: Secrets(here, {}).find("x"), lambda: Secrets(here, {}).keep("x", SECRET)):
        with pytest.raises(Trouble, match=r"^secrets\.unreadable$"):
            work()
    assert here.key_file.read_text() == content


def test_a_key_file_that_others_can_read_is_refused(here: Folders) -> None:
    Secrets(here, {}).keep("x", SECRET)
    here.key_file.chmod(0o640)
    with pytest.raises(Trouble, match=r"^secrets\.open_to_others$"):
        Secrets(here, {}).find("x")


def test_a_secret_does_not_show_when_printed(here: Folders) -> None:
    Secrets(here, {}).keep("x", SECRET)
    found = Secrets(here, {}).find("x")
    assert SECRET not in f"{found!r} {found}"


def test_nowhere_to_keep_it_is_trouble(here: Folders) -> None:
    here.config.parent.mkdir(parents=True)
    here.config.write_text("a file where the folder should be")
    with pytest.raises(Trouble, match=r"^host\.unwritable_folder$"):
        Secrets(here, {}).keep("x", SECRET)
