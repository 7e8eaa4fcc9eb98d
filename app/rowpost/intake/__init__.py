"""The streamed pass: a table and a mapping in, problems and ready invoices out."""

from rowpost.intake.assess import assess
from rowpost.intake.child import assess_and_stay, assess_in_child
from rowpost.intake.colleague import assess_by_two
from rowpost.intake.recheck import Rechecker, RowVerdict
from rowpost.intake.revision import Revision
from rowpost.intake.rules import IntakeRules

__all__ = [
    "IntakeRules",
    "Rechecker",
    "Revision",
    "RowVerdict",
    "assess",
    "assess_and_stay",
    "assess_by_two",
    "assess_in_child",
]
