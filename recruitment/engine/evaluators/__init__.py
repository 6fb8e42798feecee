"""How a comparison of a rule is judged: one module for each family of comparisons, registered for its classes."""

from recruitment.engine.evaluators import (
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
