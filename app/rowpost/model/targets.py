"""Where invoices are sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Environment(StrEnum):
    """How much in earnest a target is."""

    PRACTICE = "practice"
    STAGING = "staging"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Target:
    """One agency address with the organisation that sends. The secret is never part of it."""

    name: str
    environment: Environment
    api_url: str
    token_url: str
    organization_id: str
    client_id: str
    organization_name: str = ""
