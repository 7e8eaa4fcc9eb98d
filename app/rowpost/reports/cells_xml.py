"""Cells as a sheet's XML holds them: texts stay texts, whatever they begin with."""

from __future__ import annotations

from decimal import Decimal

from rowpost.reports.xml_edits import escaped


def text_cell(prefix: str, reference: str, style: int, text: str) -> str:
    """A cell that holds a text. An inline string is never read as a formula or a link."""
    if not text:
        return f'<{prefix}c r="{reference}" s="{style}"/>'
    return (
        f'<{prefix}c r="{reference}" s="{style}" t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">'
        f"{escaped(text)}</{prefix}t></{prefix}is></{prefix}c>"
    )


def number_cell(prefix: str, reference: str, style: int, number: Decimal | int) -> str:
    """A cell that holds a number, with all its digits."""
    return f'<{prefix}c r="{reference}" s="{style}"><{prefix}v>{Decimal(number):f}</{prefix}v></{prefix}c>'
