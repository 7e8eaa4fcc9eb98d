"""Text as it stands in the XML, turned into text as Excel holds it."""

from __future__ import annotations

import re

from rowpost.sheets.xlsx.tiles import NotTiled

_FIVE = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_ENTITY = re.compile(rb"&(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]+);|&")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def resolve(text: bytes) -> bytes:
    """Replace the five entities and character references. NotTiled for any other."""
    return _ENTITY.sub(_entity, text) if b"&" in text else text


def _entity(match: re.Match[bytes]) -> bytes:
    name = match[1] or b""
    if name.startswith(b"#"):
        code = int(name[2:], 16) if name[1:2] == b"x" else int(name[1:])
        if _is_character(code):
            return chr(code).encode()
    elif name in _FIVE:
        return _FIVE[name]
    raise NotTiled


def _is_character(code: int) -> bool:
    """Whether XML 1.0 allows the character (production 2)."""
    return (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )


def unescape(text: bytes) -> bytes:
    """Undo Excel's `_xHHHH_` escapes (ST_Xstring, ECMA-376 22.9.2.19); halves of a pair are joined."""
    if b"_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text.decode("utf-8"))
    joined = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return joined.encode("utf-8", "surrogatepass")
