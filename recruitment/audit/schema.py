"""The published JSON Schema of an audit."""

from __future__ import annotations

import json
from typing import Any, Final, get_args

from recruitment.audit.report import FORMAT
from recruitment.audit.report_data import KINDS
from recruitment.base.structure.schemas import or_null
from recruitment.engine.findings import Value
from recruitment.law.rulebook import Force, Standing
from recruitment.record.acts import ACTS

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
_DAY: Final[dict[str, Any]] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_WORDS: Final[dict[str, Any]] = {"zh": _TEXT, "en": _TEXT}


def _object(properties: dict[str, Any], description: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def audit_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `recruitment audit --format json` prints."""
    counts = dict.fromkeys(KINDS, _COUNT)
    finding = {
        "rule": _TEXT,
        "act": {"enum": list(ACTS)},
        "index": or_null(_COUNT),
        "on": _DAY,
        "force": {"enum": list(get_args(Force))},
        "value": {"enum": list(get_args(Value))},
        "article": or_null(_TEXT),
        "edition": _TEXT,
        "compared": _object(
            {"anchor": True, "limit": True, "actual": True}, "What was compared, as the rule needs it."
        ),
        "first_day": or_null(_DAY),
        "last_day": or_null(_DAY),
        "reason": or_null(_TEXT),
        "on_trust": or_null(_TEXT),
        "as_it_was": or_null(_TEXT),
        "policies": _list(_TEXT),
        "provisional": {"type": "boolean"},
        **_WORDS,
        "remedy": _object(_WORDS, "What would put it right."),
    }
    waiting = {
        "rule": _TEXT,
        "act": {"enum": list(ACTS)},
        "since": _DAY,
        "days": _COUNT,
        "last_day": or_null(_DAY),
        "article": or_null(_TEXT),
        "edition": _TEXT,
        **_WORDS,
    }
    file = {"id": _TEXT, "name": or_null(_TEXT), "standing": {"enum": list(get_args(Standing))}}
    totals = {
        "files": _COUNT,
        "clean": _COUNT,
        "waiting": _COUNT,
        "unreadable": _COUNT,
        "days-alone": _COUNT,
        **counts,
        "branches": _list(
            _object(
                {"branch": or_null(_TEXT), "files": _COUNT, "clean": _COUNT, "waiting": _COUNT, **counts},
                "A branch; null where the record does not name it.",
            )
        ),
        "rules": _list(_object({"rule": _TEXT, **counts, "waiting": _COUNT}, "A rule that was not met, or waits.")),
        "same-person-twice": {
            **_list({"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}),
            "description": "Pairs of files with one name and one day of birth, the earlier first: the first of them.",
        },
        "faults": _list(_object({"where": _TEXT, **_WORDS}, "What could not be read: the first of them.")),
        "notices": _list(_object({"where": _TEXT, **_WORDS}, "What was noticed of a list: what is not read, and why.")),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FORMAT,
        "title": "Audit",
        **_object(
            {"format": {"const": FORMAT}, "files": _list(_ref("File")), "totals": _ref("Totals")},
            "Files judged whole: what is unmet, with a reason or without, and what is not known.",
        ),
        "$defs": {
            "File": _object(
                {**file, "findings": _list(_ref("Finding")), "waiting": _list(_ref("Waiting"))},
                "A file.",
                optional=("name",),
            ),
            "Waiting": _object(waiting, "What is owed promptly and not done, and not late yet by the policy."),
            "Finding": _object(finding, "One rule on one act; without an index, on a limit that has passed."),
            "Totals": _object(
                totals,
                "Counts over all files; reasoned is unmet with a recorded reason, a file under waiting is not clean.",
            ),
        },
    }


def audit_schema_text() -> str:
    """The schema as the text that is kept in `docs/audit.schema.json`."""
    return json.dumps(audit_schema(), indent=1, ensure_ascii=False) + "\n"
