"""Every attempt of a walk: an act of the course done wrongly in one way, told as what was tried."""

from __future__ import annotations

from typing import Final

from recruitment.training import candidacy_attempts, membership_attempts
from recruitment.training.planting import Attempt

ATTEMPTS: Final[tuple[Attempt, ...]] = (*candidacy_attempts.ATTEMPTS, *membership_attempts.ATTEMPTS)
"""In the order of the procedures."""
