"""Every fault that a quiz can plant; its rules decide which of them an edition has."""

from __future__ import annotations

from typing import Final

from recruitment.training.planting import PlantedFault, ahead, enter_twice
from recruitment.training.quiz import candidacy, membership

FAULTS: Final[tuple[PlantedFault, ...]] = (
    *candidacy.FAULTS,
    *membership.FAULTS,
    *(
        PlantedFault("once", act, "record", enter_twice)
        for act in ("activist", "activist_filing", "candidate", "application_form", "superior_filing", "oath")
    ),
    *(
        PlantedFault("not-in-future", act, "record", ahead)
        for act in ("talk", "activist", "sponsors", "committee_review", "assignment")
    ),
)
"""By stages; at the end what can be wrong with any record."""
