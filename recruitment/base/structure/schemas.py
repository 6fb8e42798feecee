"""The JSON Schema of the classes that documents are read to, from the same annotations as their readers."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from recruitment.base.structure.scalars import LARGEST, LONGEST
from recruitment.base.structure.values import keys_of, members_of

_YEARS = "^(19(2[1-9]|[3-9][0-9])|2[01][0-9]{2})"


def or_null(found: dict[str, Any]) -> dict[str, Any]:
    """A schema that allows null as well, in the form whose errors read best."""
    if "type" in found:
        return {**found, "type": [found["type"], "null"]}
    if "enum" in found:
        return {"enum": [*found["enum"], None]}
    if "anyOf" in found:
        return {"anyOf": [*found["anyOf"], {"type": "null"}]}
    return {"anyOf": [found, {"type": "null"}]}


def schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema of an annotation, as `reader` reads it; classes become references to `$defs`."""
    plain: dict[Any, dict[str, Any]] = {
        date: {
            "type": "string",
            "format": "date",
            "pattern": _YEARS + "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        },
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": 0, "maximum": LARGEST},
        str: {"type": "string", "maxLength": LONGEST},
    }
    if hint in plain:
        return dict(plain[hint])
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": schema(args[0])}
    if origin in (Union, types.UnionType):
        inner = members_of(args)
        found = schema(inner[0])
        if len(inner) > 1 and get_origin(inner[0]) is Literal:
            found = {"anyOf": [found, schema(inner[1])]}
        return or_null(found) if type(None) in args else found
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(args[1])}
    if attrs.has(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no schema for {hint!r}")


def schema_of(cls: type[Any]) -> dict[str, Any]:
    """The JSON Schema of one class: its keys and no others."""
    pairs = keys_of(cls).items()
    return {
        "type": "object",
        "description": (cls.__doc__ or "").strip().split("\n")[0],
        "properties": {key: schema(hint) for key, (_, hint) in pairs},
        "required": [key for key, (attribute, _) in pairs if attribute.default is attrs.NOTHING],
        "additionalProperties": False,
    }
