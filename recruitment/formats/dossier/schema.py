"""The published JSON Schema of the dossier, made from the classes of `recruitment.record.acts`."""

from __future__ import annotations

import json
from typing import Any, Final

from recruitment.base.structure.schemas import or_null, schema, schema_of
from recruitment.base.structure.values import fields_of
from recruitment.formats.dossier.documents import FORMAT
from recruitment.record.acts import ACTS, Act, ConversionMeeting, Correct, File
from recruitment.record.evidence import (
    Assigned,
    Ballot,
    Branch,
    Committee,
    Meeting,
    Person,
    Probation,
    Publicity,
    Replaced,
    Sanction,
    Talker,
)
from recruitment.record.field_readers import CORRECTED, LONGEST_ID

_EVIDENCE: Final = (
    Assigned,
    Ballot,
    Branch,
    Committee,
    Meeting,
    Person,
    Probation,
    Publicity,
    Replaced,
    Sanction,
    Talker,
)


_HOST: Final = {"description": "What the application that wrote it keeps with it.", "type": ["object", "null"]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _case(key: str, value: object, then: dict[str, Any]) -> dict[str, Any]:
    """What holds where a key has a value."""
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _act_schema(kind: type[Act]) -> dict[str, Any]:
    found = schema_of(kind)
    keys = found["properties"]
    outcomes: dict[str, Any] = {"enum": list(kind.outcomes)}
    if kind is ConversionMeeting:
        found["required"].append("outcome")
    else:
        outcomes = or_null(outcomes) if kind.outcomes else {"type": "null"}
    found["properties"] = {"act": {"const": kind.code}, **keys, "outcome": outcomes, "host": _ref("Host")}
    found["required"].insert(0, "act")
    if kind is Correct:
        keys = found["properties"]
        keys["index"], keys["field"] = schema(int), {"enum": list(CORRECTED)}
        keys["with"] = {"description": "a whole act or null for an index; else the new value of the field"}
        found["required"].append("with")
        found["oneOf"] = [{"required": ["index"]}, {"required": ["field"]}]
        values = {name: schema(fields_of(File)[name][1]) for name in CORRECTED}
        found["allOf"] = [
            {"if": {"required": ["index"]}, "then": {"properties": {"with": or_null(_ref("Act"))}}},
            *(_case("field", name, {"properties": {"with": value}}) for name, value in values.items()),
        ]
    return found


def dossier_schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of a dossier as one document.

    The reader asks more in four places that a schema cannot say: ids are unique, days exist in the calendar, a first
    day is not after its last, and texts can be written to a file.
    """
    file = schema_of(File)
    file["properties"]["id"] = {"type": "string", "minLength": 1, "pattern": "\\S", "maxLength": LONGEST_ID}
    file["properties"]["host"] = _ref("Host")
    file["properties"]["acts"] = {
        "type": "array",
        "description": "The acts in the order of their entry.",
        "items": _ref("Act"),
    }
    file["required"].append("acts")
    kinds = {kind.__name__: kind for kind in ACTS.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FORMAT,
        "title": "Dossier",
        "description": "Files of applicants and their acts. A key that is left out is unknown; null or [] is none.",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "files": {"type": "array", "items": _ref("File")}},
        "required": ["format", "files"],
        "additionalProperties": False,
        "$defs": {
            "File": file,
            "Host": _HOST,
            "Act": {
                "type": "object",
                "properties": {"act": {"enum": list(ACTS)}},
                "required": ["act"],
                "allOf": [_case("act", kind.code, _ref(name)) for name, kind in kinds.items()],
            },
            **{name: _act_schema(kind) for name, kind in kinds.items()},
            **{kind.__name__: schema_of(kind) for kind in _EVIDENCE},
        },
    }


def dossier_schema_text() -> str:
    """The published JSON Schema as the text that is kept in `docs/dossier.schema.json`."""
    return json.dumps(dossier_schema(), indent=1, ensure_ascii=False) + "\n"
