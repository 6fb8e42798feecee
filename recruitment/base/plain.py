"""A value as plain data: lists, tables, texts and numbers, and its days as ISO text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs

from recruitment.base.structure.values import fields_of

_PLAIN: Final = frozenset((date, str, int, bool))


def flat(value: Any) -> Any:
    """A compared value as lists, plain tables, dates, texts and numbers; what is unknown in it is left out."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [flat(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: flat(entry) for key, entry in value.items()}
    if attrs.has(type(value)):
        pairs = fields_of(type(value)).items()
        known = {key: (getattr(value, a.name), a.default) for key, (a, _) in pairs}
        return {key: flat(entry) for key, (entry, default) in known.items() if entry != default}
    return value


def iso(value: Any) -> Any:
    """A flat value with its dates as ISO text."""
    if isinstance(value, list):
        return [iso(entry) for entry in value]
    if isinstance(value, dict):
        return {key: iso(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def nameless(value: Any) -> Any:
    """A flat value without the names of the people in its lists."""
    if not isinstance(value, list):
        return value
    return [
        {key: entry for key, entry in each.items() if key != "name"} if isinstance(each, dict) else each
        for each in value
    ]
