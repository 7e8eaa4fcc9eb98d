"""What the child says to its parent: small messages of fixed shape."""

from __future__ import annotations

import msgspec

from rowpost.model.trouble import Remedy, Trouble


class Told(msgspec.Struct, tag_field="said", tag="progress", array_like=True):
    """How far the work is."""

    stage: str
    done: int
    total: int


class Refused(msgspec.Struct, tag_field="said", tag="refused", array_like=True):
    """The file cannot be read, and why."""

    code: str
    remedy: Remedy
    values: dict[str, int | str]

    def trouble(self) -> Trouble:
        """Return it as the Trouble the parent raises."""
        return Trouble(self.code, self.remedy, self.values)


class Ready(msgspec.Struct, tag_field="said", tag="ready", array_like=True):
    """The Table is ready: `size` bytes of memory are needed for it."""

    size: int


Message = Told | Refused | Ready
_DECODER = msgspec.json.Decoder(Message)
LONGEST_MESSAGE = 1 << 16
LONGEST_HEAD = 256 << 20


def encode(message: Message) -> bytes:
    """Return the message as bytes."""
    return msgspec.json.encode(message)


def decode(data: bytes) -> Message:
    """Return the message; msgspec.DecodeError or ValidationError where it is none."""
    message: Message = _DECODER.decode(data)
    return message
