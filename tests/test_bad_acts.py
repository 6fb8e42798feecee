"""An act that cannot be judged at all is bad input: one sentence in each language, with the nearest name there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import evolve

from recruitment import BadInput, judge, load_rulebooks, open_case
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_path
from recruitment.record.acts import ACTS as KINDS
from recruitment.record.acts import Act

EDITIONS = load_rulebooks()
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
TODAY = date(2026, 11, 22)
FILED = next(act for act in ACTS if act.code == "candidate_filing")


class Foreign(Act):
    """An act that a host has made up."""

    code: ClassVar[str] = "promote"


def said(act: Act, file: Any = FILE) -> tuple[str, str]:
    """The one fault for which an act is not judged, in English and in Chinese."""
    with pytest.raises(BadInput) as caught:
        judge(EDITIONS, open_case(EDITIONS, file), act, today=TODAY)
    (fault,) = caught.value.faults
    return fault.words("en"), fault.words("zh")


def test_an_act_that_does_not_exist() -> None:
    """Of a class that is none of ours."""
    assert said(Foreign(on=TODAY)) == ("act: promote is no act", "act: 没有“promote”这一行为")


@pytest.mark.parametrize(
    ("outcome", "near"),
    [("retured", "; did you mean returned?"), ("zzz", "")],
)
def test_an_outcome_that_does_not_exist(outcome: str, near: str) -> None:
    """Those there are are named, and the nearest where one is near."""
    en, zh = said(evolve(FILED, outcome=outcome))
    known = "filed, agreed, returned, postponed, refused"
    assert en == f"outcome: '{outcome}' is not one of {known}{near}"
    assert zh.startswith(f"outcome: '{outcome}' 不在可用值之内（{known.replace(', ', '、')}）")
    assert ("是否指 returned？" in zh) is bool(near)


def test_an_outcome_that_is_not_said() -> None:
    """Of an act with several outcomes and no usual one it has to be said."""
    meeting = next(act for act in ACTS if act.code == "conversion_meeting")
    assert said(evolve(meeting, outcome=None)) == (
        "conversion_meeting: outcome: say the outcome; it is one of convert, extend, cancel, failed, no_quorum",
        "conversion_meeting: outcome: 请写明结果：convert、extend、cancel、failed、no_quorum",
    )


@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ("age-81", "there is no rule age-81; did you mean age-18?", "没有“age-81”这条规则；是否指年满十八周岁？"),
        ("zzz", "there is no rule zzz; see recruitment rules", "没有“zzz”这条规则，请用 recruitment 规则 查看"),
    ],
)
def test_a_reason_for_a_rule_that_does_not_exist(rule: str, en: str, zh: str) -> None:
    """A reason counts for a rule of the edition that judges, and for no other."""
    act = evolve(ACTS[0], reasons={rule: "特殊情况"})
    assert said(act) == (f"apply: reasons.{rule}: {en}", f"apply: reasons.{rule}: {zh}")


def test_an_act_of_another_edition_has_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rulebook does not have has no place in any file; that is a finding and no fault."""
    monkeypatch.setitem(KINDS, "promote", Foreign)
    case = review(EDITIONS, FILE, ACTS[:1], today=TODAY)[-1].entered(EDITIONS)
    ruling = judge(EDITIONS, case, Foreign(on=TODAY), today=TODAY)
    (order,) = [finding for finding in ruling.findings if finding.rule.code == "order"]
    assert not ruling.admitted
    assert (order.value, order.check.note, order.check.about) == ("unmet", "no-place", "promote")
