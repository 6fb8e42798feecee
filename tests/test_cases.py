"""Cases that a jurist can review, in `cases/*.toml`: what is asked, what the rules find, where it is written.

Each file says at its head what its tables mean. Everything that a case does not mention is lawful, as in `strategies`;
days that a case does not give are filled in so that what comes before the act asked is lawful too, or is given whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from strategies import OUTCOMES, add_months, evidence, local_evidence

from recruitment import Case, Finding, Ruling, judge, load_rulebooks, open_case
from recruitment.engine.compiled import compiled_rulebook
from recruitment.engine.judging import first_lawful_day as first_possible
from recruitment.forecast.status import dates_of
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.law.editions import Editions
from recruitment.law.rulebook import laid, national
from recruitment.presentation.findings.citations import ground_of
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.sentences import sentence

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
SEAM = date(2026, 5, 11)
FOLDER = Path(__file__).parent / "cases"
LOCAL_EDITIONS = Path(__file__).parent / "local"
"""Invented local editions that cases may name."""
SHELF = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
CASE_KEYS = {
    "name", "why", "edition", "article", "file", "given", "with", "skip", "then", "ask", "expect", "admitted",
    "on_trust", "policies",
}  # fmt: skip
PAIR_KEYS = {"rule", "act", "why", "force", "article", "file", "given", "skip", "then", "unmet", "met"}
ROUND_KEYS = {
    "name", "why", "file", "given", "with", "skip", "then", "standing", "reopened", "next", "not_next", "counts_from",
    "extended_to", "end", "policies", "end_of_probation",
}  # fmt: skip
EXPECT_KEYS = {
    "rule", "value", "force", "about", "anchor", "limit", "actual", "first_day", "last_day", "note", "first_possible",
    "policies",
}  # fmt: skip
USUAL_DAYS = {"2014": date(2020, 6, 15), "2026": date(2032, 6, 15)}
"""The day on which an act is asked where a case does not say: well inside its edition."""

STAGES = (
    ("apply", "talk", "activist", "activist_filing", "mentors", "inspection"),
    ("candidate",),
    ("candidate_filing", "sponsors", "political_review", "training", "committee_review", "pre_review",
     "application_form", "admission_meeting", "committee_talk", "admission_approval", "superior_filing", "assignment",
     "oath", "probation_inspection", "conversion_application"),
    ("conversion_meeting", "conversion_approval", "archive"),
)  # fmt: skip
"""The acts in their order, cut where the law, or publicity, puts time between them."""
ORDER = [code for stage in STAGES for code in stage]
LOCAL_STAGES = (
    ("apply", "talk"),
    ("activist", "activist_filing", "mentors", "inspection"),
    ("candidate",),
    ("candidate_filing", "sponsors", "political_review", "training", "committee_review", "pre_review",
     "application_form", "admission_meeting", "committee_talk", "admission_approval", "superior_filing", "assignment",
     "oath", "probation_inspection"),
    ("conversion_application",),
    ("conversion_meeting",),
    ("conversion_approval", "archive"),
)  # fmt: skip
"""The same where the local edition of Guizhou puts more time between them."""

Gap = tuple[Callable[[date], date], Callable[[date], date]]


class Plan(NamedTuple):
    """The stages of a course, and the time between each and the next: from its day on, and back from the next."""

    stages: tuple[tuple[str, ...], ...]
    gaps: tuple[Gap, ...]


def _between(months: int, more: int = 0) -> Gap:
    """A time between two stages, in months and days."""
    return (
        lambda day: add_months(day, months) + timedelta(days=more),
        lambda day: add_months(day - timedelta(days=more), -months),
    )


NATIONAL = Plan(STAGES, (_between(13), _between(0, 30), _between(13)))
LOCAL = Plan(
    LOCAL_STAGES, (_between(4), _between(13), _between(0, 30), _between(12, -10), _between(0, 20), _between(0, 30))
)


def listed(kind: str) -> list[Any]:
    """All tables of one kind from all files, as parameters named by file and case."""
    return [
        pytest.param(table, id=f"{stem}: {table.get('name') or table['rule'] + ' ' + table['act']}")
        for stem, document in SHELF.items()
        for table in document.get(kind, [])
    ]


# ------------------------------------------------------------------------------------------- the course before


def days(given: dict[str, Any], plan: Plan) -> dict[str, date]:
    """A day for every act: the given ones, the nearest given day of their stage, or a lawful time from another."""
    stages, gaps = plan
    firsts: dict[int, date] = {}
    for n, stage in enumerate(stages):
        found = [given[code] for code in stage if code in given]
        if found:
            firsts[n] = found[0]
    for n in range(min(firsts), -1, -1):
        firsts.setdefault(n, gaps[n][1](firsts[n + 1]) if n + 1 in firsts else firsts.get(n, date.min))
    for n in range(len(stages)):
        if n not in firsts:
            later = next((m for m in range(n, len(stages)) if m in firsts), None)
            firsts[n] = gaps[n - 1][0](firsts[n - 1]) if later is None else _before(gaps, n, later, firsts[later])
    filled = {}
    for n, stage in enumerate(stages):
        day = firsts[n]
        for code in stage:
            day = filled[code] = given.get(code, day)
    return filled


def _before(gaps: tuple[Gap, ...], stage: int, later: int, day: date) -> date:
    while later > stage:
        later -= 1
        day = gaps[later][1](day)
    return day


def lawful(
    code: str, on: date, meeting: date | None = None, outcome: str | None = None, *, local: bool = False
) -> dict[str, Any]:
    """An act with lawful evidence, by the local edition as well; without an outcome the one that succeeds."""
    if outcome is None:
        outcome = OUTCOMES.get(code, ("done",))[0]
        if code == "candidate_filing" and on >= SEAM:
            outcome = "agreed"
    act = (local_evidence if local else evidence)(code, outcome, on)
    if code == "admission_approval" and meeting is not None:
        last = add_months(meeting, 12) - timedelta(days=1)
        act["probation"] = {"from": meeting.isoformat(), "to": last.isoformat()}
    return act


def plain(value: Any) -> Any:
    """A table of TOML as the dossier has it: its dates are text, and "null" is null, which TOML does not have."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if value == "null":
        return None
    return value.isoformat() if isinstance(value, date) else value


def changed(act: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The act with some of its evidence changed; tables are changed key by key, and "unknown" takes a key away."""
    new = dict(act)
    for key, value in plain(change).items():
        if value == "unknown":
            new.pop(key, None)
        elif isinstance(value, dict) and isinstance(new.get(key), dict):
            new[key] = changed(new[key], value)
        else:
            new[key] = value
    return new


class Course:
    """A file on its way: what stands before the act that is asked."""

    def __init__(self, table: dict[str, Any], asked: str | None, on: date | None) -> None:
        facts = {"id": "f-1", "name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}}
        overlays = laid(table.get("edition", ""))
        if overlays:
            facts |= {"overlays": overlays, "member_of": [], "born": "1980-02-28"}
        self.local = bool(overlays)
        self.on_trust: str | None = table.get("on_trust")
        units = [LOCAL_EDITIONS / code for code in overlays if (LOCAL_EDITIONS / code).is_dir()]
        self.editions = load_rulebooks(policies=table.get("policies"), overlays=units)
        file, _ = read_file({**changed(facts, table.get("file", {})), "acts": []})
        self.case: Case = open_case(self.editions, file)
        given = dict(table.get("given", {}))
        inspections = given.pop("inspections", None)
        then = table.get("then", [])
        # An act beside the main line has no place in the order: what stands before it is what is given.
        placed = asked if asked in ORDER and on is not None and not then else None
        known = {**given, placed: on} if placed else given
        self.days = days(known, LOCAL if self.local else NATIONAL) if known else {}
        last = ORDER.index(placed) if placed else ORDER.index(list(given)[-1]) + 1 if given else 0
        skipped = {*table.get("skip", [])}
        for code in ORDER[:last]:
            if code in skipped:
                continue
            dates = [self.days[code]]
            if code == "inspection":
                dates = self.inspections() if inspections is None else inspections
            for day in dates:
                act = lawful(code, day, self.case.day("admission_meeting"), local=self.local)
                change = dict(table.get("with", {}).get(code, {}))
                if isinstance(change.get("reports"), list):  # each inspection holds the reports there were by then
                    change["reports"] = [report for report in change["reports"] if report <= day]
                self.take(changed(act, change))
        self.before = self.case
        for entry in then:
            outcome = entry.get("outcome")
            meeting = self.case.day("admission_meeting")
            act = lawful(entry["act"], entry["on"], meeting, outcome, local=self.local)
            self.take(changed(act, {key: value for key, value in entry.items() if key not in ("act", "on")}))

    def inspections(self) -> list[date]:
        """One at the end of each half-year since the activist decision, and one at least."""
        start, end = self.days["activist"], self.days["candidate"]
        dates: list[date] = []
        while (day := add_months(start, 6 * (len(dates) + 1))) <= end:
            dates.append(day)
        return dates or [self.days["inspection"]]

    def ask(self, data: dict[str, Any]) -> Ruling:
        """The ruling on an act."""
        return judge(self.editions, self.case, read_act(data), today=TODAY, on_trust=self.on_trust)

    def take(self, data: dict[str, Any]) -> None:
        """Go on by an act, which must be admitted: what stands before the act asked is lawful."""
        ruling = self.ask(data)
        barring = [(finding.rule.code, finding.check) for finding in ruling.barring]
        assert ruling.admitted, f"the course of the case is at fault: {data} is refused by {barring}"
        self.case = ruling.following(self.editions)


# ------------------------------------------------------------------------------------------- what is found


def as_toml(value: Any) -> Any:
    """What was compared, as a case can state it."""
    return [as_toml(entry) for entry in value] if isinstance(value, tuple | list) else value


def picked(ruling: Ruling, expect: dict[str, Any]) -> Finding:
    """The one finding of the rule; where a rule finds several things, what they are about or their limit tells."""
    found = [finding for finding in ruling.findings if finding.rule.code == expect["rule"]]
    for key in ("about", "limit", "force"):
        if len(found) > 1 and key in expect:
            found = [finding for finding in found if shown(finding)[key] == expect[key]]
    assert len(found) == 1, f"{len(found)} findings of {expect['rule']} fit, of {ruling.findings}"
    return found[0]


def shown(finding: Finding) -> dict[str, Any]:
    """A finding as the cases state it."""
    check = finding.check
    compared = {key: as_toml(getattr(check, key)) for key in ("anchor", "limit", "actual", "first_day", "last_day")}
    row = {"rule": finding.rule.code, "value": finding.value, "force": finding.force, "about": check.about}
    return {**row, "note": check.note, **compared}


def cited(finding: Finding, editions: Editions = EDITIONS) -> str:
    """Where a finding stands written, in short: document and articles; of an edge of the order the edge's own."""
    ground = ground_of(finding, editions.named(finding.edition))
    articles = finding.rule.citation.articles if ground is None else ground.articles
    return " ".join([finding.rule.citation.document, *articles])


def given_citation(text: str, edition: str) -> str:
    """A citation as the cases write it: bare numbers are articles of the edition's own text."""
    bare = text[0].isdigit() or text.startswith("chapters")
    return f"rules-{edition} {text}" if bare else text


def expectations(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What a case expects: one finding, or several."""
    expect = case["expect"]
    return expect if isinstance(expect, list) else [expect]


def asked(case: dict[str, Any]) -> tuple[Course, dict[str, Any]]:
    """The course of a case, and the act it asks."""
    ask = dict(case["ask"])
    code, outcome = ask.pop("act"), ask.pop("outcome", None)
    on = ask.pop("on", None) or USUAL_DAYS[national(case["edition"])]
    course = Course(case, code, on)
    act = lawful(code, on, course.case.day("admission_meeting"), outcome, local=course.local)
    return course, changed(act, ask)


@pytest.mark.parametrize("case", listed("case"))
def test_a_case_is_found_as_it_states(case: dict[str, Any]) -> None:
    """Each case gets the finding it states, its numbers and its article, and is let in or refused so."""
    course, data = asked(case)
    ruling = course.ask(data)
    assert ruling.edition == case["edition"]
    for expect in expectations(case):
        assert expect.keys() <= EXPECT_KEYS, case
        if expect["value"] == "not judged":
            assert [f for f in ruling.findings if f.rule.code == expect["rule"]] == []
            continue
        finding = picked(ruling, expect)
        row = shown(finding)
        stated = {key: value for key, value in expect.items() if key not in ("first_possible", "policies")}
        assert {key: row[key] for key in stated} == stated
        assert cited(finding, course.editions) == given_citation(case["article"], case["edition"])
        if "first_possible" in expect:
            day = first_possible(course.editions, course.case, read_act(data), today=TODAY)
            assert day == expect["first_possible"]
        if "policies" in expect:
            assert list(finding.check.policies) == expect["policies"]
    assert ruling.admitted is case["admitted"], [(f.rule.code, f.value, f.check) for f in ruling.barring]


@pytest.mark.parametrize("case", listed("case"))
def test_the_day_that_is_named_would_do(case: dict[str, Any]) -> None:
    """Where a case is unmet for its day, the first or last day that the finding names meets the rule."""
    for expect in expectations(case):
        if expect["value"] != "unmet":
            continue
        course, data = asked(case)
        check = picked(course.ask(data), expect).check
        day = check.first_day or check.last_day
        if day is None or check.actual != read_act(data).on:
            continue  # it is about another day than the act's own, and moving the act would not do
        again = course.ask({**data, "on": day.isoformat()})
        values = [shown(finding) for finding in again.findings if finding.rule.code == expect["rule"]]
        values = [row for row in values if row["about"] == check.about and row["anchor"] == as_toml(check.anchor)]
        assert "unmet" not in [row["value"] for row in values]


@pytest.mark.parametrize("edition", ["2014", "2026"])
@pytest.mark.parametrize("pair", listed("pair"))
def test_a_rule_is_met_on_one_side_and_unmet_on_the_other(pair: dict[str, Any], edition: str) -> None:
    """Lawful evidence meets the rule, the one change unmeets it, and the door answers by the rule's force."""
    if edition not in pair["article"]:
        rules = {rule.code for rule in EDITIONS.named(edition).rules}
        assert pair["rule"] not in rules, "the edition has this rule, and the pair names no article for it"
        return
    code, on = pair["act"], pair.get("given", {}).get(pair["act"], USUAL_DAYS[edition])
    course = Course(pair, code, on)
    values = {}
    for side in ("met", "unmet"):
        change = dict(pair.get(side, {}))
        data = lawful(code, on, course.case.day("admission_meeting"), change.pop("outcome", None))
        data = changed(data, change)
        ruling = course.ask(data)
        assert ruling.edition == edition
        found = [finding for finding in ruling.findings if finding.rule.code == pair["rule"]]
        values[side] = sorted({finding.value for finding in found})
        assert {finding.force for finding in found} == {pair["force"]}
        assert {cited(f) for f in found} == {given_citation(pair["article"][edition], edition)}
        barred = {finding.rule.code for finding in ruling.barring}
        if side == "met":
            assert values[side] == ["met"]
            assert barred == set()
            continue
        assert "unmet" in values[side]
        assert (pair["rule"] in barred) is (pair["force"] in ("bar", "usual"))
        with_reason = course.ask({**data, "reason": "有记录的理由"})
        assert (pair["rule"] in {f.rule.code for f in with_reason.barring}) is (pair["force"] == "bar")


def later(value: Any, years: int) -> Any:
    """A table with all its days so many years later."""
    if isinstance(value, dict):
        return {key: later(entry, years) for key, entry in value.items()}
    if isinstance(value, list):
        return [later(entry, years) for entry in value]
    return value.replace(year=value.year + years) if isinstance(value, date) else value


@pytest.mark.parametrize("years", [0, 12])  # what is stated of days under 2014 holds twelve years later, under 2026
@pytest.mark.parametrize("table", listed("round"))
def test_a_round_reopens_what_it_names(table: dict[str, Any], years: int) -> None:
    """After an act that did not succeed, or a second one, the file stands where the case says, and may go on so."""
    table = later(table, years)
    course = Course(table, None, None)
    case = course.case
    assert case.standing == table["standing"]
    assert case.state.ended == table.get("end")
    assert sorted(set(course.before.current) - set(case.current)) == sorted(table.get("reopened", []))
    rulebook = course.editions.on(case.acts[-1].on)
    chart = compiled_rulebook(rulebook).machine.graph
    possible = {edge.act for edge in chart.edges[case.state.name].values() if edge.act in ORDER}
    fresh = possible - case.state.done
    assert sorted(fresh) == sorted(table["next"])
    assert not possible & {*table.get("not_next", [])}
    if "counts_from" in table:
        assert case.end_of_probation("once") == table["counts_from"]
    if "extended_to" in table:
        assert case.extensions
        assert case.end_of_probation("once") == table["extended_to"]
    if "end_of_probation" in table:
        assert dates_of(case, rulebook).end_of_probation == table["end_of_probation"]


# ------------------------------------------------------------------------------------------- the cases themselves


def everything() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table with its kind."""
    for document in SHELF.values():
        for kind, tables in document.items():
            for table in tables:
                yield kind, table


def test_the_cases_are_written_in_closed_keys() -> None:
    """A key that no test reads would be a case that nobody tests; each has its reason in a line."""
    allowed = {"case": CASE_KEYS, "pair": PAIR_KEYS, "round": ROUND_KEYS}
    for kind, table in everything():
        assert table.keys() <= allowed[kind], table
        assert table["why"].endswith("."), table
    names = [table["name"] for _, table in everything() if "name" in table]
    assert len(names) == len({*names})


NEVER_UNMET = {
    "political-review-passed": "an act with the outcome passed is passed; a failed one reopens the candidate",
}
NEVER_MET = {
    "edition-unknown": "it speaks only where it cannot know",
    "mentor-fit": "the record does not hold it",
    "gz-inquiry-by-county": "the record does not hold who sent a letter of inquiry",
}


def test_every_rule_has_a_case_on_either_side() -> None:
    """Each rule of each edition is stated as met and as unmet, save those that by their nature cannot be."""
    stated = set()
    for kind, table in everything():
        if kind == "pair":
            stated |= {(edition, table["rule"], value) for edition in table["article"] for value in ("met", "unmet")}
        if kind == "case":
            stated |= {(table["edition"], expect["rule"], expect["value"]) for expect in expectations(table)}
    missing = set()
    shelf = [*EDITIONS.rulebooks, EDITIONS.named("2014+guizhou-2015")]
    for rulebook in shelf:
        for entry in rulebook.rules:
            if laid(rulebook.code) and not entry.code.startswith("gz-"):
                continue
            wanted = {"met", "unmet"}
            if entry.code in NEVER_UNMET:
                wanted = {"met"}
                assert (rulebook.code, entry.code, "unmet") not in stated
            if entry.code in NEVER_MET:
                wanted = {"unknown"} if entry.code != "edition-unknown" or rulebook is EDITIONS.rulebooks[0] else set()
            missing |= {(rulebook.code, entry.code, value) for value in wanted} - stated
    assert sorted(missing) == []


# ------------------------------------------------------------------------------------------- two thirds


def test_two_thirds_are_those_of_whole_numbers() -> None:
    """Whatever the numbers, two thirds are reached where three times the part is at least twice the whole."""
    course, meeting = asked(SHELF["unit"]["case"][0])
    for whole in range(1, 25):
        for part in range(whole + 1):
            votes = {"should_attend": whole, "attended": whole, "for": part, "against": whole - part}
            ruling = course.ask({**meeting, "ballot": {**meeting["ballot"], **votes}})
            (found,) = [finding for finding in ruling.findings if finding.rule.code == "unit-two-thirds"]
            assert (found.value == "met") is (3 * part >= 2 * whole)
            assert 3 * found.check.limit >= 2 * whole > 3 * (found.check.limit - 1)


def test_two_thirds_in_words() -> None:
    """The rule and the finding, in both languages."""
    course, meeting = asked(SHELF["unit"]["case"][1])
    rulebook = course.editions.named("2014+unit-9")
    (found,) = [finding for finding in course.ask(meeting).findings if finding.rule.code == "unit-two-thirds"]
    (share,) = found.rule.compare
    assert comparison_words(share, rulebook, "zh").startswith("赞成占应到会有表决权的党员人数须达到三分之二；")
    assert "at least two thirds of" in comparison_words(share, rulebook, "en")
    assert sentence(found, rulebook, "zh").endswith("应到12人，赞成7人，三分之二须8人。")
    assert sentence(found, rulebook, "en").endswith("In favour: 7 of 12 (should attend); two thirds are at least 8.")
