"""Checks on whole rulebooks, each a small function of its own; one module a family of comparisons."""

from recruitment.rulebooks.checks import (
    counts,
    days,
    entry,
    evidence,
    people,
    periods,
    precedence,
    record_days,
    workdays,
)

__all__ = ["counts", "days", "entry", "evidence", "people", "periods", "precedence", "record_days", "workdays"]
