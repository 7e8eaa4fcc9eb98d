"""Settings: what a person, or the IT department, has decided once and for all.

What each one means, its default and its limits stand in `schemas/settings.schema.json`;
`host.settings` reads them. There are no defaults here, so that there is one place for them.
Durations are in seconds unless the name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rowpost.model.targets import Target


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How workbooks are read. '' means: find out, or ask."""

    country: str  # ISO 3166, decides how postcodes, phones and identifiers are read
    currency: str  # ISO 4217, for workbooks that do not say
    date_order: str  # day_month | month_day
    hidden_rows: str  # include | leave_out
    child_memory_mib: int
    child_seconds: int


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """How invoices go out, and how long their verdicts are waited for."""

    part_size: int
    part_bytes: int
    post_deadline_seconds: float
    poll_first_seconds: float
    poll_max_seconds: float
    poll_slow_after_seconds: float
    poll_slow_seconds: float
    batch_missing_seconds: float
    give_up_polling_seconds: float
    settle_seconds: float
    settle_looks: int
    retry_after_max_seconds: float
    retry_backoff_max_seconds: float
    refused_posts_max: int
    refused_percent_max: int
    breaker_parts: int
    breaker_percent: int
    breaker_rows: int
    canary: bool | None  # None: only where the target is production
    canary_rows: int
    server_enforces_unique_keys: bool
    idempotency_header: str
    type_count_above: int


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What is fit to send.

    `severities` maps problem codes to error, warning, note or off; `options` adds words to the
    enums of the catalog, by field key.
    """

    days_past_due_min: int
    limitation_months: int
    limitation_note_months: int
    severities: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """How long personal data and traces are kept."""

    forget_after_days: int  # 0: for ever
    log_files: int
    log_file_kib: int
    remember_recent_files: bool


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How the agency is reached."""

    proxy: str  # '' = as the operating system says, 'none' = no proxy
    connect_seconds: float
    read_seconds: float
    get_deadline_seconds: float
    answer_max_mib: int
    get_tries: int
    ca_file: str


@dataclass(frozen=True, slots=True)
class AppearanceSettings:
    """How the program looks and speaks."""

    language: str  # '' = the system's
    color_scheme: str  # system | light | dark | high_contrast
    text_percent: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `locked` names those (`sending.part_size`) that IT has set for this machine."""

    reading: ReadingSettings
    sending: SendingSettings
    checks: CheckSettings
    privacy: PrivacySettings
    network: NetworkSettings
    appearance: AppearanceSettings
    targets: Mapping[str, Target]
    locked: frozenset[str]
