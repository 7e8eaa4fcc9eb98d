"""Names of months in five languages, in full and shortened."""

from __future__ import annotations

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
)
_FINNISH = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for names in _NAMES:
        for number, name in enumerate(names.split(), 1):
            table[name] = table[name[:3]] = number
    for number, stem in enumerate(_FINNISH.split(), 1):
        table.update(dict.fromkeys((stem, f"{stem}kuu", f"{stem}kuuta"), number))
    return table


MONTHS = _table()
