"""The words of a finding: its sentence, its citation, what would put it right; one module a family of comparisons."""

from recruitment.presentation.findings import (
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
