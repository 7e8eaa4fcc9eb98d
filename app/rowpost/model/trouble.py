"""Trouble: what stops the work, sorted by what a person can do about it."""

from __future__ import annotations

from enum import StrEnum

from rowpost.model.problems import NO_VALUES, Value, Values


class Remedy(StrEnum):
    """What helps."""

    TRY_LATER = "try_later"  # network, server
    SIGN_IN = "sign_in"  # credentials, permission
    FIX_FILE = "fix_file"  # the workbook or the mapping
    FIX_SETTINGS = "fix_settings"  # settings, usage, folders
    CALL_FOR_HELP = "call_for_help"  # nothing a person can do alone


class Trouble(Exception):  # noqa: N818 - the field's own word
    """Stops the work with one sentence and a cure, both made in `wording` from the code.

    The exception's own text is the code alone, so that no value of a person can reach a log.
    """

    def __init__(self, code: str, remedy: Remedy, values: Values = NO_VALUES) -> None:
        super().__init__(code)
        self.code = code
        self.remedy = remedy
        self.values = values

    def __reduce__(self) -> tuple[type[Trouble], tuple[str, Remedy, dict[str, Value]]]:
        """Travel whole from a child process; exceptions would otherwise arrive with their text alone."""
        return Trouble, (self.code, self.remedy, dict(self.values))


class Stopped(Exception):  # noqa: N818 - not an error: somebody pressed Cancel
    """The stop token was set; what was being made has been thrown away."""
