"""Readings where the text leaves room: each value of each policy can be chosen, has an effect, and is named there."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from test_cases import Course, lawful

from recruitment import BadInput, Ledger, Office, judge_correction, load_rulebooks, open_case
from recruitment.base.label import Lang
from recruitment.cli.main import cli
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Asked, Check, Finding
from recruitment.engine.judging import replay_acts, review
from recruitment.formats.dossier.documents import read_act, read_path
from recruitment.law.branch_year import occasions
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.law.states import state_graph
from recruitment.presentation.findings.clauses import comparison_words, outcome_words
from recruitment.presentation.findings.sentences import data, sentence
from recruitment.presentation.findings.words import READINGS
from recruitment.record.acts import Correct, File
from recruitment.rulebooks.checks.policies import POLICIES
from recruitment.rulebooks.load import load_year

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
CASES = tomllib.loads((Path(__file__).parent / "cases" / "policies.toml").read_text(encoding="utf-8"))
BESIDE_CASES = ("correction-breaks-later", "fourth-week-friday")
"""Policies of which no case of an act speaks: a correction, and the year of a branch. Their tests stand here."""
EVERY = [(policy.code, value) for policy in EDITIONS.readings for value in policy.values]
OTHERS = {policy.code: policy.others[0] for policy in EDITIONS.readings}


# ------------------------------------------------------------------------------------------- choosing


def test_every_policy_is_listed_with_its_values() -> None:
    """What policies.toml names is what the code reads, value for value."""
    assert {policy.code: policy.values for policy in EDITIONS.readings} == POLICIES
    assert dict(EDITIONS.rulebooks[0].policies) == {policy.code: policy.default for policy in EDITIONS.readings}


def test_every_value_of_every_policy_has_a_case() -> None:
    """A jurist finds in cases/policies.toml what comes of each choice."""
    stated = {pair for tables in CASES.values() for table in tables for pair in table["policies"].items()}
    assert stated == {(code, value) for code, value in EVERY if code not in BESIDE_CASES}


@pytest.mark.parametrize(("code", "value"), EVERY)
def test_a_chosen_value_is_another_rulebook_and_a_default_is_not(code: str, value: str) -> None:
    """The content hash follows the reading; every edition has it, and the same choice is read once."""
    editions = load_rulebooks(policies={code: value})
    assert editions is load_rulebooks(policies={code: value})
    assert {rulebook.policies[code] for rulebook in editions.rulebooks} == {value}
    same = [rulebook.content_hash for rulebook in editions.rulebooks] == [
        rulebook.content_hash for rulebook in EDITIONS.rulebooks
    ]
    assert same is (value == EDITIONS.rulebooks[0].policies[code])
    assert EDITIONS.rulebooks[0].policies[code] == next(p.default for p in EDITIONS.readings if p.code == code)


def test_all_other_values_together_are_proofed_and_have_the_same_states() -> None:
    """Nothing in the structure depends on a reading but which acts are open again, so that a file passes on."""
    editions = load_rulebooks(policies=OTHERS)
    for rulebook, usual in zip(editions.rulebooks, EDITIONS.rulebooks, strict=True):
        assert dict(rulebook.policies) == OTHERS
        assert state_graph(rulebook).states.keys() == state_graph(usual).states.keys()
        assert state_graph(rulebook) is not state_graph(usual)


def test_what_an_outcome_undoes_is_resolved_from_its_policy() -> None:
    """Whoever reads `reopens` reads the acts of the value that the rulebook has, in both editions."""
    for editions, undone in ((EDITIONS, "committee_review"), (load_rulebooks(policies=OTHERS), "candidate")):
        for rulebook in editions.rulebooks:
            (refused,) = [o for o in rulebook.by_code["admission_approval"].outcomes if o.code == "refused"]
            assert refused.reopens == (undone,)
    assert "审批未获批准后仍为发展对象" in outcome_words(
        EDITIONS.rulebooks[0].by_code["admission_approval"].outcomes[1], EDITIONS.rulebooks[0], "zh"
    )


@pytest.mark.parametrize(
    ("policies", "en", "zh"),
    [
        (
            {"approval-ancor": "reported"},
            "policies: 'approval-ancor' is no policy; did you mean approval-anchor?",
            "policies: 'approval-ancor' 不是口径；是否指 approval-anchor？",
        ),
        (
            {"approval-anchor": "report"},
            "policy approval-anchor: 'report' is no value of this policy; did you mean reported?",
            "policy approval-anchor: 'report' 不是该口径的取值；是否指 reported？",
        ),
        (
            {"quarter": "x"},
            "policy quarter: 'x' is no value of this policy; known are calendar, rolling",
            "policy quarter: 'x' 不是该口径的取值；可用：calendar、rolling",
        ),
    ],
)
def test_what_does_not_exist_is_answered_with_the_nearest_name(policies: dict[str, str], en: str, zh: str) -> None:
    """A policy or value that is misspelt is never passed over."""
    with pytest.raises(BadInput) as raised:
        load_rulebooks(policies=policies)
    assert (raised.value.en, raised.value.zh) == (en, zh)


# ------------------------------------------------------------------------------------------- what they do


@pytest.mark.parametrize(("value", "admitted"), [("refuse", False), ("record", True)])
def test_correction_breaks_later(value: str, admitted: bool) -> None:
    """A decision on the activist a day later leaves the candidate a year short: refused, or recorded with it."""
    editions = load_rulebooks(policies={"correction-breaks-later": value})
    case = review(editions, FILE, ACTS, today=date(2026, 11, 1))[-1].entered(editions)
    place = [act.code for act in ACTS].index("activist")
    moved = {"act": "activist", "on": "2022-12-07"}
    correction = read_act({"act": "correct", "on": "2026-11-01", "reason": "笔误", "index": place, "with": moved})
    assert isinstance(correction, Correct)
    assert judge_correction(editions, case, correction, today=date(2026, 11, 1)).admitted is admitted


@pytest.mark.parametrize(("value", "day"), [("fourth-friday", 28), ("fourth-week", 21)])
def test_fourth_week_friday(value: str, day: int) -> None:
    """August 2026 begins on a Saturday: its fourth Friday is not the Friday of its fourth calendar week."""
    editions = load_rulebooks(policies={"fourth-week-friday": value})
    found = occasions(load_year(editions), editions.rulebooks[-1], date(2026, 8, 1), date(2026, 8, 31))
    assert date(2026, 8, day) in {each.on for each in found if each.duty.week == 4}


def test_a_pinned_file_is_judged_throughout_by_the_edition_of_its_first_act() -> None:
    """At the door, in a review, in what falls due and when replayed; otherwise each act has the edition of its day."""
    acts = [read_act(lawful("apply", date(2026, 5, 1))), read_act(lawful("talk", date(2026, 5, 20)))]
    for value, expected in (("own-date", ["2014", "2026"]), ("pinned", ["2014", "2014"])):
        editions = load_rulebooks(policies={"edition-of-act": value})
        file = File(id="f-1", born=date(1990, 1, 1), mobile=False)
        rulings = review(editions, file, acts, today=TODAY)
        assert [ruling.edition for ruling in rulings] == expected
        case = rulings[-1].entered(editions)
        assert BoundCase(editions, case).edition_on(date(2027, 1, 1)).code == expected[-1]
        assert replay_acts(editions, file, [(r.act, r.edition) for r in rulings]) == case
        assert BoundCase(editions, open_case(editions, file)).edition_on(date(2027, 1, 1)).code == "2026"


def test_a_pinned_file_that_began_before_the_first_edition_has_none() -> None:
    """Its first act lies under an edition that is not encoded, and so does all that follows: said once, not judged."""
    acts = [read_act(lawful("apply", date(2014, 5, 1))), read_act(lawful("talk", date(2015, 5, 1)))]
    late = {}
    for value in ("own-date", "pinned"):
        editions = load_rulebooks(policies={"edition-of-act": value})
        first, second = review(editions, File(id="f-1", born=date(1980, 1, 1)), acts, today=TODAY)
        assert [f.value for f in first.findings if f.rule.code == "edition-unknown"] == ["unknown"]
        late[value] = [f.value for f in second.findings if f.rule.code == "talk-within-1-month"]
    assert late == {"own-date": ["unmet"], "pinned": []}


# ------------------------------------------------------------------------------------------- what is said


def finding(editions: Editions, edition: str, code: str, act: str, check: Check) -> Finding:
    """A finding of a rule, made by hand."""
    (found,) = [r for r in editions.named(edition).rules if r.code == code and (not r.acts or act in r.acts)]
    value = {True: "met", False: "unmet", None: "unknown"}[check.truth]
    check = replace(check, comparison=0)
    return Finding(found, Asked(edition, act, 0, check.actual), found.force, value, check)  # type: ignore[arg-type]


def beside(found: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """The sentence of a finding without the clause, which may tell of readings of its own."""
    return sentence(found, rulebook, lang).replace(found.rule.clause.words(lang).rstrip(".。"), "")


DAY = date
SAID: dict[str, tuple[dict[str, str], str, str, str, Check, str, str]] = {
    "approval-anchor": (
        {"approval-anchor": "reported"}, "2026", "approval-within-3-months", "admission_approval",
        Check(True, DAY(2026, 6, 1), DAY(2026, 9, 1), DAY(2026, 8, 1), policies=("approval-anchor",)),
        "（本库口径：有记录的，自材料上报之日起算）",
        " (our reading: counted from the day the papers went up, where it is recorded)",
    ),
    "leap-birthday": (
        {"leap-birthday": "next-day"}, "2026", "age-18", "apply",
        Check(True, DAY(2008, 2, 29), DAY(2026, 3, 1), DAY(2026, 8, 1), note="next-day", policies=("leap-birthday",)),
        "（本库口径：平年按3月1日满岁）",
        " (our reading: of age on 1 March in a common year)",
    ),
    "extension-sum": (
        {"extension-sum": "in-steps"}, "2014", "probation-1-year", "conversion_meeting",
        Check(True, DAY(2024, 2, 29), DAY(2025, 8, 28), DAY(2025, 9, 1), note="extended", policies=("extension-sum",)),
        "已加上批准延长的时间（本库口径：从一年期满之日起再加）",
        "The approved extension is added (our reading: added to the first end of probation)",
    ),
    "first-publicity-day": (
        {"first-publicity-day": "not"}, "2026", "publicity-5-workdays", "candidate_filing",
        Check(True, DAY(2026, 6, 1), DAY(2026, 6, 8), 5, policies=("first-publicity-day",)),
        "实际公示5个工作日（本库口径：从首日的次日算起）",
        "it was up for 5 (our reading: counted from the day after the first)",
    ),
    "new-limit-start": (
        {"new-limit-start": "anchor"}, "2026", "meeting-within-1-month", "admission_meeting",
        Check(True, DAY(2026, 5, 1), DAY(2026, 6, 1), DAY(2026, 5, 20), policies=("new-limit-start",)),
        "（本库口径：新设的期限同样从起算事项之日算起）",
        " (our reading: a limit that is new counts from that day all the same)",
    ),
    "after-refused-approval": (
        {"after-refused-approval": "activist"}, "2026", "order", "candidate",
        Check(
            False, DAY(2026, 6, 1), DAY(2026, 6, 1), DAY(2026, 5, 20), note="reopened", about="admission_approval",
            policies=("after-refused-approval",),
        ),
        "使本项重新开始（本库口径：审批未获批准后退回入党积极分子）",
        "reopened this act (our reading: after a refused approval the person is an activist again)",
    ),
    "quarter": (
        {"quarter": "rolling"}, "2014+guizhou-2015", "gz-thought-report-quarterly", "candidate",
        Check(
            False, DAY(2018, 3, 6), DAY(2018, 6, 6), note="period", about="inspection.reports", policies=("quarter",)
        ),
        "2018年6月6日这一期间（本库口径：从起算日起每三个月）",
        "to 2018-06-06 (our reading: each three months from the day the count starts)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("policy", SAID)
def test_a_finding_that_a_reading_decided_names_it(policy: str) -> None:
    """In the sentence of both languages, once, and in the JSON by its code."""
    policies, edition, code, act, check, zh, en = SAID[policy]
    editions = load_rulebooks(policies=policies)
    rulebook = editions.named(edition)
    found = finding(editions, edition, code, act, check)
    assert data(found, rulebook)["policies"] == [policy]
    assert zh in data(found, rulebook)["zh"]
    assert en in data(found, rulebook)["en"]
    assert (beside(found, rulebook, "zh").count("本库口径"), beside(found, rulebook, "en").count("our reading")) == (
        1,
        1,
    )
    assert (policy, policies[policy]) in READINGS


def test_a_finding_that_no_reading_decided_names_none() -> None:
    """Where both values give one day, and where nothing is counted, the list is empty and the sentence plain."""
    for edition, code, act, check in (
        ("2026", "age-18", "apply", Check(True, DAY(2008, 2, 28), DAY(2026, 2, 28), DAY(2026, 8, 1))),
        (
            "2014", "probation-1-year", "conversion_meeting",
            Check(True, DAY(2024, 3, 10), DAY(2025, 9, 10), DAY(2025, 9, 20), note="extended"),
        ),
        ("2026", "publicity-5-workdays", "candidate_filing", Check(True, DAY(2026, 5, 1), DAY(2026, 5, 11), 5)),
        ("2026", "meeting-within-1-month", "admission_meeting", Check(True, DAY(2026, 6, 1), DAY(2026, 7, 1), TODAY)),
        ("2026", "talk-within-1-month", "talk", Check(True, DAY(2026, 6, 1), DAY(2026, 7, 1), DAY(2026, 6, 2))),
        ("2026", "order", "talk", Check(True, DAY(2026, 6, 1), DAY(2026, 6, 1), DAY(2026, 6, 2), note="order")),
        ("2026", "publicity-5-workdays", "candidate_filing", Check(None, lacks=("publicity.from",))),
    ):  # fmt: skip
        found = finding(EDITIONS, edition, code, act, check)
        rulebook = EDITIONS.named(edition)
        assert data(found, rulebook)["policies"] == []
        assert "our reading" not in beside(found, rulebook, "en")


def test_a_new_limit_that_the_edition_moved_says_so_in_its_note_alone() -> None:
    """The note of a new limit is the reading."""
    check = Check(
        True, DAY(2026, 5, 1), DAY(2026, 6, 11), DAY(2026, 5, 20), note="new-limit", policies=("new-limit-start",)
    )
    found = finding(EDITIONS, "2026", "meeting-within-1-month", "admission_meeting", check)
    assert data(found, EDITIONS.named("2026"))["policies"] == ["new-limit-start"]
    assert beside(found, EDITIONS.named("2026"), "en").count("our reading") == 1


def test_the_rule_itself_is_told_by_the_reading() -> None:
    """A page that tells what a rule compares says that the first day is left out, where it is."""
    for value, words in (("counts", "首尾都算"), ("not", "首日不算（本库口径：从首日的次日算起）")):
        rulebook = load_rulebooks(policies={"first-publicity-day": value}).rulebooks[-1]
        (found,) = [rule for rule in rulebook.rules if rule.code == "publicity-5-workdays"]
        assert words in "".join(comparison_words(each, rulebook, "zh") for each in found.compare)


# ------------------------------------------------------------------------------------------- at the command line


def run(tmp_path: Path, *arguments: str, **env: str) -> Result:
    """A command in English on a ledger of its own."""
    usual = {"RECRUITMENT_DB": str(tmp_path / "ledger.db"), "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    result = CliRunner().invoke(cli, list(arguments), env={**usual, "RECRUITMENT_TODAY": "2026-11-22", **env})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def chosen(result: Result) -> dict[str, str]:
    """The values that `rules --policies --json` gives, by policy."""
    return {row["policy"]: row["value"] for row in json.loads(result.stdout)["policies"]}


def test_rules_lists_the_policies(tmp_path: Path) -> None:
    """Value, default, the other values, the words and the source of each."""
    (row, *more) = json.loads(run(tmp_path, "rules", "--policies", "--json").stdout)["policies"]
    assert len(more) == len(EDITIONS.readings) - 1
    assert row == {
        "policy": "leap-birthday",
        "value": "clamp",
        "default": "clamp",
        "values": ["clamp", "next-day"],
        "source": "our reading",
        "zh": EDITIONS.readings[0].zh,
        "en": EDITIONS.readings[0].en,
    }
    table = run(tmp_path, "rules", "--policies", "--lang", "zh", "--policy", "quarter=rolling").output
    assert all(word in table for word in ("quarter", "rolling", "calendar（默认）", "工作实践", "本库口径"))


def test_the_option_goes_before_the_environment(tmp_path: Path) -> None:
    """RECRUITMENT_POLICIES names several with commas; an option changes one of them."""
    env = {"RECRUITMENT_POLICIES": "quarter=rolling, approval-anchor=reported,"}
    usual = chosen(run(tmp_path, "rules", "--policies", "--json"))
    found = chosen(run(tmp_path, "rules", "--policies", "--json", "--policy", "quarter=calendar", **env))
    assert found == {**usual, "approval-anchor": "reported"}
    assert chosen(run(tmp_path, "rules", "--policies", "--json", **env))["quarter"] == "rolling"


@pytest.mark.parametrize(
    ("arguments", "env", "words"),
    [
        (["--policy", "quarter"], "", "--policy: 'quarter' is no policy with its value; write CODE=VALUE, such as "),
        (["--policy", "=x"], "", "--policy: '=x' is no policy with its value"),
        ([], "quarter=", "RECRUITMENT_POLICIES: 'quarter=' is no policy with its value"),
        (["--policy", "quarte=rolling"], "", "policies: 'quarte' is no policy; did you mean quarter?"),
        (["--policy", "quarter=roll"], "", "policy quarter: 'roll' is no value of this policy; did you mean rolling?"),
    ],
)
def test_a_policy_that_cannot_be_read_is_one_sentence(
    arguments: list[str], env: str, words: str, tmp_path: Path
) -> None:
    """Every command says what to write instead, and stops."""
    for command in (["rules"], ["show", "f-1"], ["list"]):
        Ledger.open(tmp_path / "ledger.db", create=True).close()
        result = run(tmp_path, *command, *arguments, RECRUITMENT_POLICIES=env)
        assert result.exit_code == 2
        assert words in result.output


def test_why_answers_by_the_reading_that_was_chosen(tmp_path: Path) -> None:
    """On the day between the two limits the answer turns with the policy, and names it."""
    course = Course({"given": {"activist": date(2024, 3, 1), "candidate": date(2026, 6, 1)}, "then": []}, None, None)
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        report = Office(ledger, EDITIONS).import_files([(course.case.file, list(course.case.acts))], today=TODAY)
        assert report.written
    filing = lawful("candidate_filing", date(2026, 6, 5))
    filing["publicity"] |= {"agreed": "2026-06-01", "from": "2026-06-01", "to": "2026-06-05"}
    evidence = {key: value for key, value in filing.items() if key not in ("act", "on", "outcome")}
    words = ("why", "f-1", "candidate_filing", "--on", "2026-06-05", "--outcome", "agreed", "--json")
    (tmp_path / "evidence.json").write_text(json.dumps(evidence), encoding="utf-8")
    given = (*words, "--evidence", str(tmp_path / "evidence.json"))
    for value, exit_code in (("counts", 0), ("not", 1)):
        result = run(tmp_path, *given, "--policy", f"first-publicity-day={value}")
        assert result.exit_code == exit_code, result.output
        (found,) = [f for f in json.loads(result.stdout)["findings"] if f["rule"] == "publicity-5-workdays"]
        assert found["policies"] == ["first-publicity-day"]


def test_an_audit_in_several_processes_has_the_readings_too(tmp_path: Path) -> None:
    """The choice travels to the processes that share the work."""
    dossier = {
        "format": json.loads((Path(__file__).parent.parent / "examples/dossiers/regular.json").read_text("utf-8"))[
            "format"
        ],
        "files": [{"id": "f-1", "born": "2008-02-29", "acts": [{"act": "apply", "on": "2026-02-28"}]}],
    }
    path = tmp_path / "files.json"
    path.write_text(json.dumps(dossier), encoding="utf-8")
    for value, rules in (("clamp", []), ("next-day", ["age-18"])):
        words = ("audit", str(path), "--json", "--jobs", "2", "--policy", f"leap-birthday={value}")
        (file,) = json.loads(run(tmp_path, *words).stdout)["files"]
        assert [f["rule"] for f in file["findings"] if f["value"] == "unmet" and f["act"] == "apply"] == rules
