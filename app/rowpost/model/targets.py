"""Where invoices are sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Who sends on the practice server; known here, so that its target can be shown before it is started.
PRACTICE_ORGANIZATION = "3f0e2f6c-8a3b-4a57-9c1e-5d2b7a90c4d1"
PRACTICE_CLIENT = "practice"


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
