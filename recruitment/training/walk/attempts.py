"""Every attempt of a walk: an act of the course done wrongly in one way, shown as what was tried."""

from __future__ import annotations

from typing import Final

from recruitment.training.planting import TriedAct
from recruitment.training.walk import candidacy, membership

ATTEMPTS: Final[tuple[TriedAct, ...]] = (*candidacy.ATTEMPTS, *membership.ATTEMPTS)
"""In the order of the procedures."""
