"""The Amili API: sign-in, client, reading of answers."""

from __future__ import annotations

from rowpost.amili.client import AmiliClient

__all__ = ["AmiliClient"]
