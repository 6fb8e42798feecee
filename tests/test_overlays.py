"""Local editions: they lie on an edition and only add, judge from their own day, and never relax anything national."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from broken import breaking
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from strategies import OUTCOMES, add_months, files, first_days, local_evidence, spoiling

from recruitment import Case, Ruling, judge, load_rulebooks, open_case
from recruitment.base.errors import BadInput, RulebookError
from recruitment.cli.main import cli
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Asked
from recruitment.forecast.status import status_of
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.law.editions import lay_on
from recruitment.law.rulebook import Rulebook, laid, national
from recruitment.law.states import state_graph
from recruitment.ledger.findings_codec import read_findings, write_findings
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.presentation.findings import sentences as telling
from recruitment.presentation.json_data import ruling_data, show_data

EDITIONS = load_rulebooks()
OLD, NEW = EDITIONS.rulebooks
LOCAL = "guizhou-2015"
COMPOSED = EDITIONS.named(f"2014+{LOCAL}")
TODAY = date(2199, 12, 31)
FACTS = {"id": "f-1", "name": "申请人甲", "born": "1980-02-28", "branch": {"under": []}, "member_of": [], "acts": []}
DAY = date(2018, 3, 6)


def opened(**facts: Any) -> Case:
    """A file without acts that names the local edition, unless it is said otherwise."""
    return open_case(EDITIONS, read_file({**FACTS, "overlays": [LOCAL], **facts})[0])


def asked(case: Case, code: str, on: date, **change: Any) -> Ruling:
    """The ruling on an act with evidence that is lawful by the local edition, or with some of it changed."""
    outcome = change.pop("outcome", OUTCOMES.get(code, ("done",))[0])
    return judge(EDITIONS, case, read_act({**local_evidence(code, outcome, on), **change}), today=TODAY)


def codes(ruling: Ruling) -> set[str]:
    """The rules that found something."""
    return {finding.rule.code for finding in ruling.findings}


# ------------------------------------------------------------------------------------------- composition


@pytest.mark.parametrize("rulebook", [OLD, NEW], ids=["2014", "2026"])
def test_the_national_rules_stand_first_and_unchanged(rulebook: Rulebook) -> None:
    """A local edition adds its rules behind the national ones, each from its own day on."""
    composed = EDITIONS.named(f"{rulebook.code}+{LOCAL}")
    assert composed.rules[: len(rulebook.rules)] == rulebook.rules
    added = composed.rules[len(rulebook.rules) :]
    assert added
    assert all(rule.code.startswith("gz-") and rule.since == date(2016, 1, 1) for rule in added)
    assert composed.policies == rulebook.policies
    assert (composed.in_force, composed.until, composed.zh, composed.en) == (
        rulebook.in_force,
        rulebook.until,
        rulebook.zh,
        rulebook.en,
    )


@pytest.mark.parametrize("rulebook", [OLD, NEW], ids=["2014", "2026"])
def test_the_structure_is_the_same_under_a_local_edition(rulebook: Rulebook) -> None:
    """The states and the edges are those of the edition; only papers are added to its procedures."""
    one, other = state_graph(rulebook), state_graph(EDITIONS.named(f"{rulebook.code}+{LOCAL}"))
    assert one.states == other.states
    assert one.edges == other.edges
    assert one.below == other.below


def test_papers_are_added_behind_those_of_the_procedure() -> None:
    """What the local edition asks to be kept comes behind, and what is there already is not named twice."""
    assert COMPOSED.procedure("candidate_filing").papers == (
        *OLD.procedure("candidate_filing").papers,
        "publicity_notice",
        "publicity_result",
    )
    assert COMPOSED.procedure("talk") == OLD.procedure("talk")


def test_a_composition_has_a_name_and_a_hash_of_its_own() -> None:
    """It is found by its name, made once, and never taken for the edition alone."""
    assert COMPOSED.code == "2014+guizhou-2015"
    assert COMPOSED.content_hash not in {rulebook.content_hash for rulebook in EDITIONS.rulebooks}
    assert EDITIONS.named("2014+guizhou-2015") is COMPOSED
    assert EDITIONS.named("2014") is OLD
    assert (national(COMPOSED.code), laid(COMPOSED.code)) == ("2014", [LOCAL])
    assert (national("2014"), laid("2014")) == ("2014", [])


def test_a_composition_is_not_shared_by_other_words() -> None:
    """Words decide nothing and are no part of the content, but each shelf tells its findings in its own."""
    words = dict(OLD.words)
    other = evolve(EDITIONS, rulebooks=(evolve(OLD, words=words), NEW))
    assert other.named(COMPOSED.code).words is words
    assert EDITIONS.named(COMPOSED.code).words is OLD.words


def test_rules_of_another_content_make_another_hash() -> None:
    """Two local editions of one name that judge differently are told apart."""
    (overlay,) = EDITIONS.overlays
    fewer = evolve(overlay, rules=overlay.rules[1:])
    assert lay_on(OLD, [fewer]).content_hash != lay_on(OLD, [overlay]).content_hash


@pytest.mark.parametrize("name", ["2014+", "2014+guizhou", "2014+guizhou-2015+guizhou-2015", "1990+guizhou-2015"])
def test_a_name_that_is_none(name: str) -> None:
    """A name that names no composition is not known."""
    with pytest.raises(KeyError):
        EDITIONS.named(name)


# ------------------------------------------------------------------------------------------- where it yields


def test_the_national_order_wins_where_the_two_differ() -> None:
    """Since 2026 the higher committee agrees before the public notice: the local order is not judged, and said."""
    composed = EDITIONS.named(f"2026+{LOCAL}")
    assert "gz-candidate-publicity" in {rule.code for rule in COMPOSED.rules}
    assert "gz-candidate-publicity" not in {rule.code for rule in composed.rules}
    ((code, why),) = composed.yielded
    assert code == "gz-candidate-publicity"
    assert why.en.endswith("the national order wins")
    assert why.zh.endswith("以全国规定为准")
    assert COMPOSED.yielded == ()


def test_what_yields_is_shown_with_the_file() -> None:
    """`show` names the local rule that is not judged, under the edition of today."""
    case = opened()
    for day, rows in ((date(2020, 1, 1), 0), (date(2027, 1, 1), 1)):
        data = show_data(status_of(EDITIONS, case, today=day), BoundCase(EDITIONS, case).edition_on(day))
        assert len(data["yielded"]) == rows
        assert data["overlays"] == [LOCAL]
        assert data["edition"] in ("2014", "2026")


# ------------------------------------------------------------------------------------------- which edition


@pytest.mark.parametrize(
    ("overlays", "en", "zh"),
    [
        (
            ["guizhou2015"],
            "the local edition guizhou2015 is not known; did you mean guizhou-2015?",
            "没有“guizhou2015”这一地方规定，是否指 guizhou-2015？",
        ),
        (
            ["atlantis"],
            "the local edition atlantis is not known; remove it from the file",
            "没有“atlantis”这一地方规定，请从档案中去掉",
        ),
        (
            [LOCAL, LOCAL],
            "the local edition guizhou-2015 is named twice; name it once",
            "“guizhou-2015”写了两次，只留一个",
        ),
    ],
)
def test_a_local_edition_that_cannot_be_laid(overlays: list[str], en: str, zh: str) -> None:
    """A name that is not known, or stands twice, is bad input, for a ruling and for the outlook alike."""
    case = opened(overlays=overlays)
    for ask in (lambda: asked(case, "apply", DAY), lambda: BoundCase(EDITIONS, case).edition_on(DAY)):
        with pytest.raises(BadInput) as raised:
            ask()
        assert raised.value.en == f"f-1: overlays: {en}"
        assert raised.value.zh == f"f-1: overlays: {zh}"


def test_an_edition_that_is_pinned_under_a_name_of_a_composition() -> None:
    """A file names its local editions apart: the name of a composition is no edition."""
    with pytest.raises(BadInput, match="there is no edition 2014"):
        asked(opened(edition="2014+guizhou-2015"), "apply", DAY)


def test_before_its_day_the_local_edition_is_silent() -> None:
    """On 2015-12-31 only the national rules find something, on 2016-01-01 the local ones do too."""
    case = asked(opened(), "apply", date(2015, 12, 20)).following(EDITIONS)
    plain = asked(opened(overlays=[]), "apply", date(2015, 12, 20)).following(EDITIONS)
    last = asked(case, "talk", date(2015, 12, 31), talkers=[])
    assert codes(last) == codes(asked(plain, "talk", date(2015, 12, 31), talkers=[]))
    assert last.admitted
    first = asked(case, "talk", date(2016, 1, 1), talkers=[])
    assert codes(first) - codes(last) == {"gz-two-talkers"}
    assert not first.admitted


def test_a_period_that_began_before_its_day_is_not_counted() -> None:
    """Quarters count from the first that begins under the local edition."""
    case = opened()
    for code, on in (("apply", date(2015, 1, 5)), ("talk", date(2015, 1, 5)), ("activist", date(2015, 5, 5))):
        case = asked(case, code, on).following(EDITIONS)
    for code in ("activist_filing", "mentors"):
        case = asked(case, code, date(2015, 5, 5)).following(EDITIONS)
    case = asked(case, "inspection", date(2015, 11, 5), reports=[]).following(EDITIONS)
    found = [f for f in asked(case, "candidate", date(2016, 7, 1)).findings if f.rule.code.startswith("gz-thought")]
    assert [f.check.limit for f in found] == [date(2016, 3, 31), date(2016, 6, 30)]


# ------------------------------------------------------------------------------------------- words


def test_a_local_finding_cites_its_place_and_shows_the_national_edition() -> None:
    """Where it is written is the local document; the edition shown is the national one, the local one beside it."""
    case = asked(opened(), "apply", DAY).following(EDITIONS)
    ruling = asked(case, "talk", DAY, talkers=[{"role": "branch_secretary"}])
    (finding,) = ruling.barring
    assert finding.edition == COMPOSED.code
    data = telling.data(finding, COMPOSED)
    assert (data["edition"], data["article"]) == ("2014", "贵州省发展党员工作规程（试行） 二.1")
    assert data["en"].startswith("Not met: the branch secretary and the organization commissioner")
    assert "Person 1: branch secretary; must be: organization commissioner" in data["en"]
    whole = ruling_data(ruling, EDITIONS)
    assert (whole["edition"], whole["overlays"]) == ("2014", [LOCAL])
    age = next(f for f in asked(opened(), "apply", DAY).findings if f.rule.code == "age-18")
    assert telling.data(age, COMPOSED)["article"] == "5"


def test_a_notice_that_began_too_early_says_before_what() -> None:
    """The national words on the higher committee's agreement would be wrong for it."""
    case = opened()
    for code, on in STEPS[:8]:
        case = asked(case, code, on, **EXTRA.get((code, on), {})).following(EDITIONS)
    notice = {"from": "2019-04-05", "to": "2019-05-06"}
    ruling = asked(case, "candidate_filing", date(2019, 5, 6), publicity=notice)
    (finding,) = [f for f in ruling.barring if f.rule.code == "gz-candidate-publicity"]
    assert "公示早于“确定发展对象”的日期开始。" in telling.sentence(finding, COMPOSED, "zh")
    english = telling.sentence(finding, COMPOSED, "en")
    assert "The notice began too early; this comes first: candidate determined: date." in english


def test_a_code_in_two_rows_is_read_again_for_its_act() -> None:
    """What the ledger keeps is a code; of two rows of one code the act says which is meant."""
    rows = [rule for rule in COMPOSED.rules if rule.code == "gz-present-in-person"]
    assert [rule.acts for rule in rows] == [("admission_meeting",), ("conversion_meeting",)]
    for row in rows:
        data = [{"rule": row.code, "value": "met"}]
        (finding,) = read_findings(data, COMPOSED, Asked(COMPOSED.code, row.acts[0], 0, DAY))
        assert finding.rule is row
        assert write_findings([finding]) == data


# ------------------------------------------------------------------------------------------- a lawful course

STEPS = (
    ("apply", date(2017, 11, 6)),
    ("talk", date(2017, 11, 6)),
    ("activist", date(2018, 3, 6)),
    ("activist_filing", date(2018, 3, 6)),
    ("mentors", date(2018, 3, 6)),
    ("inspection", date(2018, 9, 6)),
    ("inspection", date(2019, 3, 6)),
    ("candidate", date(2019, 4, 6)),
    ("candidate_filing", date(2019, 5, 6)),
    ("sponsors", date(2019, 5, 6)),
    ("political_review", date(2019, 5, 6)),
    ("training", date(2019, 5, 6)),
    ("committee_review", date(2019, 5, 6)),
    ("pre_review", date(2019, 5, 6)),
    ("application_form", date(2019, 5, 6)),
    ("admission_meeting", date(2019, 5, 6)),
    ("committee_talk", date(2019, 5, 6)),
    ("admission_approval", date(2019, 5, 6)),
    ("superior_filing", date(2019, 5, 6)),
    ("assignment", date(2019, 5, 6)),
    ("oath", date(2019, 5, 20)),
    ("probation_inspection", date(2019, 11, 6)),
    ("probation_inspection", date(2020, 4, 20)),
    ("conversion_application", date(2020, 4, 26)),
    ("conversion_meeting", date(2020, 5, 16)),
    ("conversion_approval", date(2020, 6, 15)),
    ("archive", date(2020, 6, 15)),
)
EXTRA: dict[tuple[str, date], dict[str, Any]] = {
    ("inspection", date(2018, 9, 6)): {"reports": ["2018-04-20", "2018-07-15"]},
    ("inspection", date(2019, 3, 6)): {"reports": ["2018-10-10", "2019-02-01"]},
    ("admission_approval", date(2019, 5, 6)): {"probation": {"from": "2019-05-06", "to": "2020-05-05"}},
    ("probation_inspection", date(2019, 11, 6)): {"reports": ["2019-07-15", "2019-10-10"]},
    ("probation_inspection", date(2020, 4, 20)): {"reports": ["2020-01-15", "2020-04-15"]},
}


def test_a_lawful_course_runs_clean_from_the_application_to_the_archive() -> None:
    """Nothing is unmet and no bar is unknown; every rule of the local edition speaks but three that have no cause."""
    case, spoken = opened(), set()
    for code, on in STEPS:
        ruling = asked(case, code, on, **EXTRA.get((code, on), {}))
        assert [(f.rule.code, f.check) for f in ruling.unmet if f.force != "advice"] == []
        assert [f.rule.code for f in ruling.unknown if f.force == "bar"] == []
        spoken |= codes(ruling)
        case = ruling.following(EDITIONS)
    assert case.standing == "full"
    silent = {rule.code for rule in COMPOSED.rules if rule.code.startswith("gz-")} - spoken
    assert silent == {
        "gz-league-member",
        "gz-general-branch-agrees",
        "gz-inquiry-by-county",
    }


def test_what_runs_shows_the_local_limits() -> None:
    """The outlook judges by the same composition: the quarter that runs and the week before the end fall due."""
    case = opened()
    for code, on in STEPS[:21]:
        case = asked(case, code, on, **EXTRA.get((code, on), {})).following(EDITIONS)
    due = {(d.rule.code, d.last_day) for d in status_of(EDITIONS, case, today=date(2019, 8, 1)).due}
    assert ("gz-conversion-applied-1-week-before", date(2020, 4, 29)) in due
    assert ("gz-thought-report-quarterly", date(2019, 9, 30)) in due
    assert ("gz-probation-inspection-half-yearly", date(2019, 11, 6)) in due


# ------------------------------------------------------------------------------------------- ledger and command


def test_a_file_with_a_local_edition_is_kept_and_verified(tmp_path: Path) -> None:
    """The ledger keeps the composed name with each act, and replays by it."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        steps = [(code, on, EXTRA.get((code, on), {})) for code, on in STEPS]
        acts = [read_act({**local_evidence(c, OUTCOMES.get(c, ("done",))[0], on), **more}) for c, on, more in steps]
        assert office.open(opened().file, acts[0], today=TODAY).recorded
        for act in acts[1:]:
            assert office.advance("f-1", act, today=TODAY).recorded
        assert office.verify("f-1").standing == "full"
        entries = office.history("f-1")
        assert {entry.edition for entry in entries} == {COMPOSED.code}
        talk = {f.rule.code: f for f in entries[1].findings}
        assert talk["gz-two-talkers"].rule in COMPOSED.rules
        plain = office.rejudge("f-1", today=TODAY, overlays=())
        assert {step.then[0] for step in plain.steps} == {COMPOSED.code}
        assert {step.now[0] for step in plain.steps} == {"2014"}
        assert not plain.refused


def test_the_rules_command_shows_a_local_edition_and_what_yields() -> None:
    """`recruitment rules --overlay` lists the local rules with the national ones, and says which is not judged."""
    run = CliRunner().invoke
    shown = run(cli, ["rules", "--overlay", LOCAL, "--edition", "2026", "--json"])
    data = json.loads(shown.output)
    rows = {row["rule"]: row for row in data["rules"]}
    assert rows["gz-two-talkers"]["edition"] == "2026"
    assert rows["gz-two-talkers"]["overlays"] == [LOCAL]
    assert rows["gz-two-talkers"]["document"]["number"] == "黔组发〔2015〕6号"
    assert rows["age-18"]["article"] == "5"
    assert [row["rule"] for row in data["yielded"]] == ["gz-candidate-publicity"]
    told = run(cli, ["rules", "gz-candidate-publicity", "--overlay", LOCAL, "--edition", "2026", "--lang", "en"])
    assert "gz-candidate-publicity yields: under the 2026 edition" in told.output
    refused = run(cli, ["rules", "--overlay", "guizhou"])
    assert refused.exit_code == 2
    assert "guizhou cannot be added to the edition 2014" in refused.output


# ------------------------------------------------------------------------------------------- it never relaxes

WAITS = st.sampled_from((0, 0, 1, 3, 30))
ORDER = tuple(dict.fromkeys(code for code, _ in STEPS))
LONG = {"activist": 4, "candidate": 13, "conversion_application": 12}


@st.composite
def courses(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A file and the acts of a course in their order, mostly lawful by the local edition, some of them spoilt."""
    facts = {**draw(files()), "acts": []}
    if draw(st.integers(0, 3)):
        facts["member_of"] = draw(st.sampled_from(([], [], ["youth_league"], ["women"])))
    if draw(st.integers(0, 3)) == 0:
        facts["student"] = draw(st.booleans())
    day = draw(first_days)
    acts = []
    for code in ORDER:
        day = add_months(day, LONG.get(code, 0)) + timedelta(days=draw(WAITS))
        outcome = draw(st.sampled_from((OUTCOMES.get(code, ("done",))[0], *OUTCOMES.get(code, ("done",)))))
        acts.append(draw(spoiling(local_evidence(code, outcome, day))))
    return facts, acts


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses())
def test_whatever_the_local_edition_admits_the_edition_alone_admits_too(
    course: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    """With and without it the national findings are the same, so that it can refuse more and never less."""
    facts, acts = course
    plain = open_case(EDITIONS, read_file(facts)[0])
    local = open_case(EDITIONS, read_file({**facts, "overlays": [LOCAL]})[0])
    for data in acts:
        act = read_act(data)
        alone, both = judge(EDITIONS, plain, act, today=TODAY), judge(EDITIONS, local, act, today=TODAY)
        shared = [f for f in both.findings if not f.rule.code.startswith("gz-")]
        assert [evolve_asked(f) for f in shared] == [evolve_asked(f) for f in alone.findings]
        assert alone.admitted or not both.admitted
        if both.admitted:
            plain, local = alone.following(EDITIONS), both.following(EDITIONS)
            assert plain.state == local.state


def evolve_asked(finding: Any) -> Any:
    """A finding without the name of the edition it was judged by."""
    return replace(finding, asked=replace(finding.asked, edition=""))


# ------------------------------------------------------------------------------------------- a unit's own

HEAD = """
code = "unit-7"
zh = "本单位规定"
en = "rules of the unit"
in_force = 2020-01-01
on = ["2014"]
source = "minutes of 2019-12-01"
checked_on = 2026-11-23
[[document]]
code = "unit-7"
zh = "《本单位规定》"
en = "Rules of the Unit"
"""
FILE = """
checked_on = 2026-11-23
checked_against = "the minutes"
[[papers]]
act = "talk"
papers = ["minutes"]
[[rule]]
code = "unit-talk-in-14-days"
acts = ["talk"]
force = "duty"
articles = ["3"]
zh = "十四天之内谈话"
en = "the talk comes within fourteen days"
[[rule.compare]]
kind = "date"
must_be = "not_after"
anchor = "apply.on"
span = "14 days"
"""


def written(folder: Path, head: str = HEAD, file: str = FILE, name: str = "stage-1.toml") -> Path:
    """A folder with a local edition of a unit."""
    own = folder / "unit-7"
    own.mkdir()
    (own / "overlay.toml").write_text(head, encoding="utf-8")
    (own / name).write_text(file, encoding="utf-8")
    return own


def test_a_unit_lays_its_own_on_top_of_the_province(tmp_path: Path) -> None:
    """A folder that the caller names is read beside those of record; the file names both, in order."""
    editions = load_rulebooks(overlays=[written(tmp_path)])
    assert [overlay.code for overlay in editions.overlays] == [LOCAL, "unit-7"]
    composed = editions.named("2014+guizhou-2015+unit-7")
    assert composed.rules[-1].code == "unit-talk-in-14-days"
    assert composed.procedure("talk").papers == ("talk_record", "minutes")
    case = open_case(editions, read_file({**FACTS, "overlays": [LOCAL, "unit-7"]})[0])
    apply = read_act(local_evidence("apply", "done", date(2020, 3, 1)))
    case = judge(editions, case, apply, today=TODAY).following(editions)
    talk = read_act(local_evidence("talk", "done", date(2020, 3, 16)))
    (late,) = judge(editions, case, talk, today=TODAY).unmet
    assert (late.rule.code, late.check.last_day) == ("unit-talk-in-14-days", date(2020, 3, 15))
    assert load_rulebooks() is EDITIONS


def test_a_local_edition_does_not_lie_on_an_edition_it_does_not_name(tmp_path: Path) -> None:
    """Whether it goes with the order of another edition nobody has said, so the file is refused in one sentence."""
    editions = load_rulebooks(overlays=[written(tmp_path)])
    case = open_case(editions, read_file({**FACTS, "overlays": ["unit-7"]})[0])
    with pytest.raises(BadInput) as raised:
        judge(editions, case, read_act(local_evidence("apply", "done", date(2027, 3, 1))), today=TODAY)
    assert raised.value.en == (
        "f-1: overlays: the local edition unit-7 cannot be added to the edition 2026; "
        "remove it, or pin an edition that it can be added to"
    )


RULE = "unit-7/stage-1.toml: rule unit-talk-in-14-days"
REFUSED = {
    "a national code": (
        'code = "unit-talk-in-14-days"',
        'code = "talk-within-1-month"',
        (
            "unit-7/stage-1.toml: rule talk-within-1-month: the code is in the edition 2014; "
            "a local rule adds, so give it a code of its own"
        ),
    ),
    "the code of another local edition": (
        'code = "unit-talk-in-14-days"',
        'code = "gz-two-talkers"',
        (
            "unit-7/stage-1.toml: rule gz-two-talkers: the code is in the local edition guizhou-2015; "
            "a local rule adds, so give it a code of its own"
        ),
    ),
    "no article": ('articles = ["3"]', "", f"{RULE}.articles: name the article of unit-7"),
    "no document": (
        'articles = ["3"]',
        'document = "practice"',
        f"{RULE}.document: practice is no document that can be looked up; name one, and the place",
    ),
    "an unknown document": (
        'articles = ["3"]',
        'document = "unit-8"\narticles = ["3"]',
        f"{RULE}.document: 'unit-8' is no document of the index; did you mean unit-7?",
    ),
    "a procedure": (
        "[[papers]]",
        '[[procedure]]\ncode = "talk"\n[[papers]]',
        (
            "unit-7/stage-1.toml: procedure: a local edition only adds rules and papers; "
            "nothing national is changed by it, so take this out"
        ),
    ),
    "a policy": (
        "[[papers]]",
        '[policy]\nquarter = "rolling"\n[[papers]]',
        (
            "unit-7/stage-1.toml: policy: a local edition only adds rules and papers; "
            "nothing national is changed by it, so take this out"
        ),
    ),
    "the order": (
        'kind = "date"\nmust_be = "not_after"\nanchor = "apply.on"\nspan = "14 days"',
        'kind = "order"',
        f"{RULE}.compare[0].kind: order is for the editions alone; to put acts first use kind after",
    ),
    "an excuse of a bar": (
        'force = "duty"',
        'force = "bar"\nexcused_by_reason = true',
        f"{RULE}.excused_by_reason: no reason excuses a bar; take this out, or make it a duty",
    ),
    "an unknown act": (
        'acts = ["talk"]',
        'acts = ["talks"]',
        f"{RULE}.acts: 'talks' is no procedure; did you mean talk?",
    ),
    "papers of an unknown act": (
        'act = "talk"\n',
        'act = "talks"\n',
        "unit-7/stage-1.toml: papers of talks: 'talks' is no procedure; did you mean talk?",
    ),
    "an unknown paper": (
        'papers = ["minutes"]',
        'papers = ["minute"]',
        "unit-7/stage-1.toml: papers of talk: 'minute' is no paper; did you mean minutes?",
    ),
    "giving way to an edition it does not lie on": (
        'articles = ["3"]',
        'articles = ["3"]\nyields = [{ edition = "2026", zh = "以全国规定为准", en = "the national rule wins" }]',
        f"{RULE}.yields[0].edition: '2026' is no edition that it is added to; known are 2014",
    ),
    "a code twice for an act": (
        'acts = ["talk"]',
        'acts = ["talk", "talk"]',
        "unit-7: rules: the code unit-talk-in-14-days (talk) is written 2 times; keep one",
    ),
    "a circle": (
        'kind = "date"\nmust_be = "not_after"\nanchor = "apply.on"\nspan = "14 days"',
        'kind = "after"\nacts = ["candidate"]',
        "unit-7 on 2014: the order runs in a circle: talk → activist → activist_filing → candidate → talk; break it",
    ),
    "a value misspelt": (
        'anchor = "apply.on"',
        'anchor = "apply.onn"',
        f"{RULE}.compare[0].anchor: apply has no 'onn'; did you mean on?",
    ),
    "weeks counted back": (
        'span = "14 days"',
        'span = "1 month"\nrounding = "clamp"\nback = true',
        f"{RULE}.compare[0].back: only a number of days is counted back",
    ),
    "a quarter of four months": (
        'kind = "date"\nmust_be = "not_after"\nanchor = "apply.on"\nspan = "14 days"',
        (
            'kind = "periods"\neach = "4 months"\nrounding = "clamp"\nsince = "activist.on"\nof = "inspection"\n'
            'days = "reports"\ncut_policy = "quarter"'
        ),
        f"{RULE}.compare[0].cut_policy: a quarter is 3 months, not 4 months",
    ),
    "days that are no days": (
        'kind = "date"\nmust_be = "not_after"\nanchor = "apply.on"\nspan = "14 days"',
        (
            'kind = "periods"\neach = "3 months"\nrounding = "clamp"\nsince = "activist.on"\nof = "inspection"\n'
            'days = "papers"'
        ),
        f"{RULE}.compare[0].days: inspection.papers of talk is not a list of days",
    ),
    "another way without its condition": (
        'kind = "date"\nmust_be = "not_after"\nanchor = "apply.on"\nspan = "14 days"',
        (
            'kind = "each"\nof = "talkers"\ntest = { value = "role", one_of = ["member"] }\n'
            'or_all = [{ value = "name", given = true }]'
        ),
        f"{RULE}.compare[0]: `or_all` and `or_when` go together",
    ),
}


@pytest.mark.parametrize(("find", "write", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_a_local_edition_that_is_refused(find: str, write: str, fault: str, tmp_path: Path) -> None:
    """Whatever would not only add, or cannot be looked up or judged, is named with the file and the rule."""
    assert find in FILE
    with pytest.raises(RulebookError) as raised:
        load_rulebooks(overlays=[written(tmp_path, file=FILE.replace(find, write))])
    assert [found.words("en") for found in raised.value.faults] == [fault]


HEADS = {
    "the code of an edition": (
        'code = "unit-7"\nzh = "本',
        'code = "2014"\nzh = "本',
        "2014/overlay.toml: code: 2014 is an edition; choose another name",
    ),
    "a plus": (
        'code = "unit-7"\nzh = "本',
        'code = "a+b"\nzh = "本',
        "a+b/overlay.toml: code: a name without + is needed, not blank",
    ),
    "an unknown edition": (
        '["2014"]',
        '["2014", "2062"]',
        "unit-7/overlay.toml: on: '2062' is no edition; did you mean 2026?",
    ),
    "a document of the index": (
        'code = "unit-7"\nzh = "《',
        'code = "rules-2014"\nzh = "《',
        "unit-7/overlay.toml: document rules-2014: another document has this code already; choose another",
    ),
    "no edition": ('["2014"]', "[]", "unit-7/overlay.toml: on: name the editions that it may be added to"),
}


@pytest.mark.parametrize(("find", "write", "fault"), HEADS.values(), ids=HEADS.keys())
def test_a_head_that_is_refused(find: str, write: str, fault: str, tmp_path: Path) -> None:
    """A local edition has a name of its own, documents of its own, and lies on what exists."""
    assert find in HEAD
    with pytest.raises(RulebookError) as raised:
        load_rulebooks(overlays=[written(tmp_path, head=HEAD.replace(find, write))])
    assert fault in [found.words("en") for found in raised.value.faults]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """Several reasons come in one error, in both languages."""
    file = FILE.replace('force = "duty"', 'force = "bar"\nexcused_by_reason = true').replace(
        '["minutes"]', '["minute"]'
    )
    with pytest.raises(RulebookError) as raised:
        load_rulebooks(overlays=[written(tmp_path, file=file)])
    assert len(raised.value.faults) == 2
    assert all(fault.label.en != fault.label.zh for fault in raised.value.faults)


def test_a_file_of_another_name_is_not_passed_over(tmp_path: Path) -> None:
    """A misspelt file would be rules that nobody reads."""
    with pytest.raises(RulebookError) as raised:
        load_rulebooks(overlays=[written(tmp_path, name="stage-6.toml")])
    (fault,) = raised.value.faults
    assert fault.where == "unit-7/stage-6.toml"
    assert fault.label.en.startswith("no file of a local edition has this name; did you mean stage-")


def test_the_index_and_the_folder_give_one_name(tmp_path: Path) -> None:
    """A local edition of the shelf is called as the index calls it, whose name is the folder's."""
    copy = breaking.copied(tmp_path)
    head = copy / LOCAL / "overlay.toml"
    head.write_text(head.read_text(encoding="utf-8").replace('"guizhou-2015"', '"guizhou-15"', 1), encoding="utf-8")
    en, zh = breaking.faults(copy)
    assert en == ["guizhou-2015/overlay.toml: code: the index calls it guizhou-2015, not guizhou-15"]
    assert zh == ["guizhou-2015/overlay.toml: code: 索引中称为 guizhou-2015，不是 guizhou-15"]


def test_a_folder_that_holds_no_local_edition(tmp_path: Path) -> None:
    """A folder without overlay.toml is refused with its name, and one that is not there as that."""
    with pytest.raises(RulebookError, match=r"this folder holds no local edition: it has no overlay\.toml; name the"):
        load_rulebooks(overlays=[tmp_path])
    with pytest.raises(RulebookError, match=r"nowhere: there is no such folder; name the folder that holds its"):
        load_rulebooks(overlays=[tmp_path / "nowhere"])


def test_an_officer_opens_a_file_under_the_units_own_edition(tmp_path: Path) -> None:
    """`--overlay` names the local editions of a file; one that is not of record is put into the ledger's settings."""
    db = ["--db", str(tmp_path / "ledger.db"), "--today", "2026-01-10", "--lang", "en"]
    opened = [
        "open", "2025-1", "--born", "1990-01-01", "--branch", "name=x", "--on", "2025-09-01", "--tie", "study",
        "--unit", "with_organization", "--papers", "application_letter",
    ]  # fmt: skip
    unknown = CliRunner().invoke(cli, [*opened, "--overlay", "guizhou-2051", *db])
    assert (unknown.exit_code, "did you mean guizhou-2015?" in unknown.output) == (2, True)
    head = HEAD.replace('on = ["2014"]', 'on = ["2014", "2026"]')
    folder, code = str(written(tmp_path, head)), "unit-7"
    both = [*opened, "--overlay", "guizhou-2015", "--overlay", code]
    assert CliRunner().invoke(cli, [*both, *db]).exit_code == 2
    refused = CliRunner().invoke(cli, [*both, "--local", folder, *db])
    assert (refused.exit_code, f"with recruitment settings --local {folder}" in refused.output) == (2, True)
    assert CliRunner().invoke(cli, ["settings", "--local", folder, *db]).exit_code == 0
    assert CliRunner().invoke(cli, [*both, "--local", folder, *db]).exit_code == 0  # it says what is set
    shutil.rmtree(folder)  # the ledger holds its text
    shown = CliRunner().invoke(cli, ["show", "2025-1", "--json", *db])
    assert json.loads(shown.output)["overlays"] == ["guizhou-2015", code]
