"""What the fast path and its helpers share."""

from __future__ import annotations


class NotTiled(Exception):  # noqa: N818 - not an error: the exact path takes over
    """The fast path met bytes it cannot account for; the part is read with expat instead."""


# Characters XML 1.0 does not allow, and CR, which a parser turns into LF.
_STRANGE = bytes(code for code in range(32) if code not in (9, 10))
_NOT_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def check_plain(data: bytes) -> None:
    """NotTiled unless the bytes are UTF-8 of allowed characters that mean themselves."""
    if len(data.translate(None, _STRANGE)) != len(data):
        raise NotTiled
    if data.isascii():
        return
    if any(mark in data for mark in _NOT_CHARACTERS):
        raise NotTiled
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotTiled from None
