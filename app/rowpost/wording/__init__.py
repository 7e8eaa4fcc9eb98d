"""Every sentence a person reads, by code and language, and the frozen views both faces show."""

from rowpost.wording.say import LANGUAGES, Wording

__all__ = ["LANGUAGES", "Wording"]
