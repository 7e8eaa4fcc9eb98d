"""The streamed pass: a table and a mapping in, problems and ready invoices out."""

from rowpost.intake.assess import assess
from rowpost.intake.rules import IntakeRules

__all__ = ["IntakeRules", "assess"]
