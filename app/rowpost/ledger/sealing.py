"""Personal data at rest: sealed with AES-256-GCM, compared and searched by keyed digests.

Two keys are derived from the one in the keyring (HKDF-SHA256), so that neither the sealing nor
the digests can tell anything about the other.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rowpost.model.trouble import Remedy, Trouble

KEY_BYTES = 32
_NONCE = 12
_DIGEST = 16


class Sealer:
    """Seals and opens. `key` is 32 bytes; ValueError otherwise."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the data key has 32 bytes")
        self._cipher = AESGCM(_derive(key, b"rowpost seal 1"))
        self._digest_key = _derive(key, b"rowpost digest 1")

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Seal; `purpose` must be the same at opening, so that one sealed text cannot stand for another."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Open. Trouble where the key is another one, or the bytes are not as they were written."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except InvalidTag:
            raise Trouble("ledger.cannot_open_seal", Remedy.CALL_FOR_HELP) from None

    def seal_text(self, plain: str, purpose: str) -> bytes | None:
        """Seal a text; nothing for nothing."""
        return self.seal(plain.encode(errors="replace"), purpose) if plain else None

    def open_text(self, sealed: bytes | None, purpose: str) -> str:
        """Open a text; '' where there is none."""
        return self.open(sealed, purpose).decode() if sealed else ""

    def digest(self, plain: bytes, purpose: str) -> bytes:
        """16 bytes that are equal for equal texts, and tell nothing without the key."""
        mac = hmac.digest(self._digest_key, purpose.encode() + b"\0" + plain, hashlib.sha256)
        return mac[:_DIGEST]


def _derive(key: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(key)


def payload_purpose(source_id: str) -> str:
    """What a sealed payload is bound to."""
    return f"payload {source_id}"
