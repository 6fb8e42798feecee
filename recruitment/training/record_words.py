"""What a record holds, as labels and values: every fact of an act that is recorded, and the person's own."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

import attrs

from recruitment.base.label import Label, Lang
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import name, name_of_entry, value_words
from recruitment.presentation.findings.words import COUNTS, ROLES
from recruitment.record.acts import Act, File
from recruitment.record.evidence import UNKNOWN
from recruitment.training.words import HIMSELF, RECORDED, Text, text_of

Fact = dict[str, Text]
"""A label and a value, each in both languages."""

_OWN: Final = ("on", "branch", "note", "reason", "reasons", "host")
"""Keys of every act that are shown in their own way, or not at all."""
_SELF: Final = Label(zh="就是本人", en="the person himself or herself")


def fact(label: Text, value: Text) -> Fact:
    """One line of what is shown."""
    return {"label": label, "value": value}


def facts_of(act: Act, rulebook: Rulebook) -> list[Fact]:
    """Everything that the record of an act holds other than its day; what it does not hold is left out."""
    found = []
    for key in attrs.fields(type(act)):
        value = getattr(act, key.name)
        # None is "there was none" in evidence, and "not given" in what every act has.
        if key.name in _OWN or value is UNKNOWN or (value is None and key.name in ("outcome", "recorded", "papers")):
            continue
        path = key.name.rstrip("_")
        if key.name == "outcome":
            found.append(fact(_name("outcome", rulebook), _outcome(act, rulebook)))
        else:
            found.append(fact(_name(path, rulebook), text_of(partial(_value, value, path, rulebook))))
    for code, reason in sorted((act.reasons or {}).items()):
        label = text_of(lambda lang: rulebook.word("reason", lang))
        clause = next(rule.clause for rule in rulebook.rules if rule.code == code)
        said = RECORDED.get(reason, Label(zh=reason, en=reason))
        found.append(fact(label, {"zh": f"{said.zh}（针对：{clause.zh}）", "en": f"{said.en} (for: {clause.en})"}))
    return found


def person_facts(file: File, rulebook: Rulebook) -> list[Fact]:
    """What a file holds of the person and the branch, before any act."""
    found = []
    for key in ("born", "expelled_on"):
        day = getattr(file, key)
        if isinstance(day, date):
            found.append(fact(_name(key, rulebook), text_of(partial(value_words, day, rulebook))))
    found.append(fact(_name("mobile", rulebook), text_of(lambda lang: value_words(file.mobile, rulebook, lang))))
    branch = file.branch
    for key in () if branch is None else attrs.fields(type(branch)):
        value = getattr(branch, key.name)
        if value is UNKNOWN:
            continue
        path = f"branch.{key.name}"
        found.append(fact(_name(path, rulebook), text_of(partial(_value, value, path, rulebook))))
    return found


def _name(path: str, rulebook: Rulebook) -> Text:
    return text_of(partial(name, path, rulebook))


def _outcome(act: Act, rulebook: Rulebook) -> Text:
    """How an act ended, as its procedure calls it; where a result has several names, as the vocabulary does."""
    rows = [row for row in rulebook.by_code[act.code].outcomes if row.code == act.outcome]
    if len(rows) == 1:
        return {"zh": rows[0].zh, "en": rows[0].en}
    return text_of(lambda lang: rulebook.word(act.outcome or "", lang))


def _value(value: Any, path: str, rulebook: Rulebook, lang: Lang) -> str:
    """A value of the record in words; of a table each part after its own name, of people each after a number."""
    if isinstance(value, tuple) and value and attrs.has(type(value[0])):
        said = []
        for number, entry in enumerate(value, 1):
            parts = _parts(entry, path, rulebook, lang)
            text = Label(zh="，", en=", ").words(lang).join(parts)
            said.append(Label(zh=f"第{number}人：{text}", en=f"person {number}: {text}").words(lang))
        return Label(zh="；", en="; ").words(lang).join(said)
    if attrs.has(type(value)):
        return Label(zh="，", en=", ").words(lang).join(_parts(value, path, rulebook, lang))
    if path.endswith("role") and value in ROLES:
        return ROLES[value].words(lang)
    if isinstance(value, str) and value in RECORDED:
        return RECORDED[value].words(lang)
    return value_words(list(value) if isinstance(value, tuple) else value, rulebook, lang)


def _parts(value: Any, path: str, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The parts of a table that are recorded, each after its name; nobody is named, a person is shown as one."""
    said = []
    for key in attrs.fields(type(value)):
        part = getattr(value, key.name)
        own = f"{path}.{key.name.rstrip('_')}"
        if part is UNKNOWN or (key.name in ("void", "written_late") and not part):
            continue
        if key.name == "name":
            if part == HIMSELF:
                said.append(_SELF.words(lang))
            continue
        label = COUNTS[own].words(lang) if own in COUNTS else name_of_entry(own, rulebook, lang)[1]
        words = _value(part, own, rulebook, lang)
        said.append(Label(zh=f"{label}：{words}", en=f"{label}: {words}").words(lang))
    return said
