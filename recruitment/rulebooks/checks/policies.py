"""The policies that the code reads, and their values."""

from __future__ import annotations

from collections.abc import Mapping

POLICIES: Mapping[str, tuple[str, ...]] = {
    "leap-birthday": ("clamp", "next-day"),
    "probation-end-shown": ("last-day", "anniversary"),
    "extension-sum": ("once", "in-steps"),
    "approval-anchor": ("meeting", "reported"),
    "first-publicity-day": ("counts", "not"),
    "edition-of-act": ("own-date", "pinned"),
    "new-limit-start": ("in-force", "anchor"),
    "after-refused-approval": ("candidate", "activist"),
    "correction-breaks-later": ("refuse", "record"),
    "fourth-week-friday": ("fourth-friday", "fourth-week"),
    "quarter": ("calendar", "rolling"),
    "promptly-at-most": ("6-months", "3-months", "1-month", "never"),
    "new-forms": ("own-period", "own-date"),
    "transferred-candidate": ("reviewed-anew", "stands"),
}
"""A policy by its code: every value that it can have."""
