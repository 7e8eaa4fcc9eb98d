"""Who owes, read out of a sealed payload: for the eyes of the person at the machine, and nowhere else."""

from __future__ import annotations

import msgspec


class _Debtor(msgspec.Struct):
    name: str = ""
    firstname: str = ""
    lastname: str = ""


class _Invoice(msgspec.Struct):
    debtors: list[_Debtor]


_invoice = msgspec.json.Decoder(_Invoice).decode


def names_in(payload: bytes) -> str:
    """Return the names of an invoice's debtors as one text; '' where the payload names none."""
    try:
        debtors = _invoice(payload).debtors
    except msgspec.DecodeError:  # whatever a payload once was, results are shown all the same
        return ""
    return ", ".join(filter(None, map(_name, debtors)))


def _name(debtor: _Debtor) -> str:
    return debtor.name or f"{debtor.firstname} {debtor.lastname}".strip()
