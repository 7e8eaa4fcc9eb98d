"""The Amili API: sign-in, client, reading of answers."""

from __future__ import annotations

from rowpost.amili.cases import read as read_case
from rowpost.amili.client import AmiliClient
from rowpost.amili.invoices import read as read_invoice

__all__ = ["AmiliClient", "read_case", "read_invoice"]
