"""Identifiers of four countries: which numbers add up, and whose they are. Pure functions over text.

Rules and vectors: Skatteetaten and Brønnøysundregistrene (Norway), Skatteverket and Bolagsverket
(Sweden), CPR-kontoret and Erhvervsstyrelsen (Denmark), Digi- ja väestötietovirasto and PRH
(Finland), Bits and Bankgirot, Finans Danmark and Finanssiala for payment references.
Every function takes a text as a person may have typed it and never raises for one.
"""

from rowpost.identifiers.bearer import (
    Bearer,
    bearer,
    birth_date,
    is_organization,
    is_person,
    is_synthetic,
    looks_like,
    padded,
)
from rowpost.identifiers.references import is_plausible_reference

__all__ = [
    "Bearer",
    "bearer",
    "birth_date",
    "is_organization",
    "is_person",
    "is_plausible_reference",
    "is_synthetic",
    "looks_like",
    "padded",
]
