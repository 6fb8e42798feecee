"""The titles of rules: each rule has one, short and its own, people are shown it, and it is understood where typed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from broken import breaking
from click.testing import CliRunner, Result

import recruitment
from recruitment.audit.catalogue import load_practice
from recruitment.audit.words import Wording
from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.choices import read_rule
from recruitment.cli.evidence_options import collect
from recruitment.cli.main import cli
from recruitment.law.rulebook import Rulebook
from recruitment.rulebooks.locate import dossiers_folder

EDITIONS = recruitment.load_rulebooks()
LAID = EDITIONS.named("2026+guizhou-2015"), EDITIONS.named("2014+guizhou-2015")
PRACTICE = [rule.code for rule in load_practice(EDITIONS).rules]
PRACTICE += [pattern.rule.code for pattern in load_practice(EDITIONS).patterns]
TITLES = EDITIONS.synonyms.titles
CODE = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, TITLES), key=len, reverse=True)) + r")(?![\w-])")
Run = Callable[..., Result]


@pytest.mark.parametrize("rulebook", LAID, ids=lambda rulebook: rulebook.code)
def test_every_rule_has_a_short_title_of_its_own(rulebook: Rulebook) -> None:
    """At most ten Chinese characters and forty English ones; no two rules of an edition have the same."""
    codes = [*dict.fromkeys(rule.code for rule in rulebook.rules), *PRACTICE]
    assert [code for code in codes if code not in rulebook.titles] == []
    for lang, most in (("zh", 10), ("en", 40)):
        titles = [rulebook.title(code, lang) for code in codes]  # type: ignore[arg-type]
        assert [title for title in titles if len(title) > most] == []
        assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"[\u4e00-\u9fff（）]+", rulebook.title(code, "zh")) for code in codes)


def test_a_title_is_of_a_rule_that_there_is() -> None:
    """titles.toml and the local edition name no rule that neither an edition nor an auditor has."""
    rules = {rule.code for rulebook in (*LAID, *EDITIONS.rulebooks) for rule in rulebook.rules}
    yielded = {code for rulebook in LAID for code, _ in rulebook.yielded}
    assert set(TITLES) == rules | yielded | set(PRACTICE)


def test_titles_decide_nothing() -> None:
    """Another title is another wording and the same content."""
    rulebook = EDITIONS.rulebooks[-1]
    other = evolve(rulebook, titles={**rulebook.titles, "order": Label(zh="先后", en="sequence")})
    assert other.content_hash == evolve(rulebook, titles={}).content_hash == rulebook.content_hash
    assert other.wording_hash != rulebook.wording_hash


@pytest.mark.parametrize(
    ("find", "write", "said"),
    [
        ("order = {", "ordre = {", "titles.toml: rule: 'ordre' is no code of a rule; did you mean order?"),
        ("办理顺序", "不重复办理", "titles.toml: rule.once.zh: 不重复办理 is the title of order already; find another"),
        ("办理顺序", "一二三四五六七八九十一", "titles.toml: rule.order.zh: it has 11 characters and may have 10"),
        ("办理顺序", " ", "titles.toml: rule.order.zh: the text is blank; write it"),
    ],
)  # fmt: skip
def test_a_title_that_will_not_do_is_a_fault(tmp_path: Path, find: str, write: str, said: str) -> None:
    """Of no rule, another's, too long, blank: the file and the place are named."""
    change = [{"file": "titles.toml", "at": "[rule]", "find": find, "write": write}]
    (fault,) = breaking.faults(breaking.changed(breaking.copied(tmp_path), change))[0]
    assert fault.startswith(said)


# ------------------------------------------------------------------------------------------- what is shown


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in Chinese on a ledger of its own."""
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "400")

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, [*arguments, "--lang", "zh"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def document(until: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """The regular file up to an act, with other evidence in some of its acts; a value of None takes the key out."""
    data: dict[str, Any] = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))
    acts = data["files"][0]["acts"]
    del acts[[act["act"] for act in acts].index(until) + 1 :]
    for act in acts:
        act.update(changes.get(act["act"], {}))
        for key in [key for key, value in act.items() if value is None]:
            del act[key]
    return data


def alone(text: str) -> list[str]:
    """The codes of rules in a text before which their title does not stand."""
    found = []
    for code in CODE.finditer(text):
        title = TITLES[code[0]].zh
        if not text[: code.start()].rstrip().endswith(title):
            found.append(f"{code[0]}: {text[max(0, code.start() - 40) : code.end() + 20]}")
    return found


FAULTS: dict[str, dict[str, Any]] = {
    "talk": {"on": "2022-11-20", "talkers": None},
    "candidate": {"on": "2023-11-06", "heard": None},
    "oath": {"on": "2024-06-01"},
}
COMMANDS = (
    ("list",),
    ("show", "2022-0007"),
    ("history", "2022-0007", "--all", "--advice"),
    ("plan", "2022-0007"),
    ("due",),
    ("due", "--by", "person"),
    ("figures",),
    ("rejudge", "2022-0007", "--edition", "2026"),
    ("why", "2022-0007", "转正", "--on", "2025-05-01", "--outcome", "convert"),
    ("why", "2022-0007", "conversion_approval", "--on", "2025-05-01"),
    ("advance", "2022-0007", "conversion_application", "--on", "2023-01-01"),
    ("advance", "2022-0007", "oath", "--on", "2024-07-01", "--reason-for", "三个月内=x"),
    ("audit",),
    ("audit", "--all", "--practice"),
    ("rules",),
    ("rules", "--overlay", "guizhou-2015", "--edition", "2026"),
    ("rules", "order"),
    ("rules", "probation-1-year", "oath-taken", "order"),
    ("rules", "diff", "2014", "2026"),
    ("rules", "diff", "2014", "2014+guizhou-2015"),
)


def test_in_chinese_no_code_of_a_rule_stands_alone(run: Run, tmp_path: Path) -> None:
    """Whatever command names a rule names it by its title; its code stands behind it or not at all."""
    (tmp_path / "faulty.json").write_text(json.dumps(document("probation_inspection", **FAULTS)), encoding="utf-8")
    (tmp_path / "good.json").write_text(json.dumps(document("admission_approval")), encoding="utf-8")
    shown = run("audit", str(tmp_path / "faulty.json"), "--all", "--practice").output
    shown += run("import", str(tmp_path / "faulty.json")).output
    taken = run("import", str(tmp_path / "good.json"))
    assert taken.exit_code == 0, taken.output
    said = {command: run(*command).output for command in COMMANDS}
    assert TITLES["talk-within-1-month"].zh in shown
    silent = [command for command, text in said.items() if not any(title.zh in text for title in TITLES.values())]
    assert silent == [], "each command here is to name a rule"
    assert alone(shown) == []
    assert {command: alone(text) for command, text in said.items() if alone(text)} == {}
    named = [code for code, title in TITLES.items() if any(title.zh in text for text in (shown, *said.values()))]
    assert len(named) > len(TITLES) * 0.9, "the commands shown here name too few rules to prove anything"


def test_a_meeting_on_several_files_names_rules_by_their_titles(run: Run, tmp_path: Path) -> None:
    """In the table of a meeting, what is not met or not known of each file is told by the titles."""
    (tmp_path / "one.json").write_text(json.dumps(document("application_form")), encoding="utf-8")
    other = document("application_form")
    other["files"][0]["id"] = "2022-0008"
    (tmp_path / "two.json").write_text(json.dumps(other), encoding="utf-8")
    for name in ("one.json", "two.json"):
        run("import", str(tmp_path / name))
    said = run("advance", "2022-0007", "2022-0008", "15", "--on", "2024-05-20", "--outcome", "passed").output
    assert f"{TITLES['meeting-quorum'].zh}、" in said
    assert alone(said) == []


def test_a_limit_that_no_meeting_meets_is_told_by_the_title(run: Run, tmp_path: Path) -> None:
    """The warning of the year's agenda names the rule that sets the last day as people call it."""
    (tmp_path / "form.json").write_text(json.dumps(document("application_form")), encoding="utf-8")
    run("import", str(tmp_path / "form.json"))
    said = run("agenda", "--today", "2026-05-20").output
    assert f"2026-06-11（{TITLES['meeting-within-1-month'].zh}）" in said
    assert alone(said) == []


def test_the_printed_audit_calls_rules_by_their_titles(run: Run, tmp_path: Path) -> None:
    """In the page the code is in small print behind the title, in the workbook in a column of its own at the end."""
    from openpyxl import load_workbook

    (tmp_path / "faulty.json").write_text(json.dumps(document("probation_inspection", **FAULTS)), encoding="utf-8")
    for form in ("html", "xlsx"):
        asked = ("--practice", "--unknown", "--format", form, "-o", str(tmp_path / f"a.{form}"))
        run("audit", str(tmp_path / "faulty.json"), *asked)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", "", page[page.index("<main>") :])
    assert f"{TITLES['talk-within-1-month'].zh} talk-within-1-month" in text
    assert alone(text) == []
    book = load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    head, *rows = list(book["审查发现"].values)
    assert head[-1] == "规则代码"
    assert {(row[head.index("规则")], row[-1]) for row in rows} >= {
        (TITLES["oath-after-approval"].zh, "oath-after-approval")
    }
    assert all(TITLES[row[-1]].zh == row[head.index("规则")] for row in rows)
    totals = [str(cell) for row in book["总计"].values for cell in row if cell]
    assert TITLES["oath-after-approval"].zh in totals
    assert alone("\n".join(totals)) == []


def test_english_and_json_keep_the_codes(tmp_path: Path) -> None:
    """A program and a developer read the code where they read it before."""
    (tmp_path / "faulty.json").write_text(json.dumps(document("probation_inspection", **FAULTS)), encoding="utf-8")
    found = json.loads(CliRunner().invoke(cli, ["audit", str(tmp_path / "faulty.json"), "--json"]).stdout)
    assert "talk-within-1-month" in {finding["rule"] for finding in found["files"][0]["findings"]}
    text = CliRunner().invoke(cli, ["audit", str(tmp_path / "faulty.json"), "--lang", "en"]).output
    assert "talk-within-1-month" in text
    assert TITLES["talk-within-1-month"].en not in text


def test_the_two_meetings_and_approvals_are_told_apart(run: Run, tmp_path: Path) -> None:
    """15 and 23, 17 and 24 have one name on the chart and names of their own everywhere else; no act shows its code."""
    (tmp_path / "good.json").write_text(json.dumps(document("conversion_application")), encoding="utf-8")
    run("import", str(tmp_path / "good.json"))
    shown = run("show", "2022-0007").output
    for name in ("支部大会讨论接收", "支部大会讨论转正", "上级党委审批接收", "上级党委审批转正"):
        assert name in shown
    assert "conversion_meeting" not in shown
    assert EDITIONS.rulebooks[-1].by_code["admission_meeting"].chart_label.zh == "支部大会讨论"


# ------------------------------------------------------------------------------------------- what is typed


def test_each_title_is_accepted_where_a_rule_is_named() -> None:
    """Code, Chinese title and English title of a rule mean that rule."""
    for code, title in TITLES.items():
        for typed in (code, title.zh, title.en, f" {title.zh} "):
            assert read_rule(EDITIONS, typed, TITLES, "RULE") == code


def test_the_hint_of_a_refusal_can_be_followed(run: Run, tmp_path: Path) -> None:
    """The option that a refusal prints, with the title in it, lets the act through; the reason is kept by the code."""
    (tmp_path / "good.json").write_text(json.dumps(document("sponsors")), encoding="utf-8")
    run("import", str(tmp_path / "good.json"))
    training = ["advance", "2022-0007", "training", "--on", "2024-03-17", "--from", "2024-03-16", "--days", "2"]
    training += ["--hours", "12", "--organizer", "primary_committee"]
    refused = run(*training)
    assert refused.exit_code == 1
    assert "--单项理由 培训时间须足够=…" in refused.output
    assert run(*training, "--reason-for", "培训时间须足够=特殊安排").exit_code == 0
    last = json.loads(run("history", "2022-0007", "--json").stdout)["acts"][-1]
    assert "特殊安排" in json.dumps(last, ensure_ascii=False)
    assert run("rules", "培训时间须足够").output == run("rules", "training-length").output


def test_reasons_in_json_may_name_titles(tmp_path: Path) -> None:
    """Given at the command as JSON, a reason is for the rule that its title names."""
    path = tmp_path / "e.json"
    path.write_text('{"reasons": {"培训时间须足够": "特殊安排", "training-in-person": "路远"}}', encoding="utf-8")
    data = collect({"evidence": str(path)}, EDITIONS, "training")
    assert data["reasons"] == {"training-length": "特殊安排", "training-in-person": "路远"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("培训时间足够", "没有“培训时间足够”这条规则；是否指培训时间须足够？"),
        ("三个月内", "“三个月内”可以指三个月内审批、三个月内不宜离开，请写明是哪一条"),
        ("xyz", "没有“xyz”这条规则"),
    ],
)
def test_a_rule_that_is_not_understood_is_asked_back(typed: str, said: str) -> None:
    """An unknown one names the nearest by its title, an ambiguous one those that it can mean."""
    with pytest.raises(BadInput) as found:
        collect({"reason_for": [f"{typed}=理由"]}, EDITIONS, "training")
    assert found.value.words("zh") == f"--reason-for: {said}"


def test_a_local_edition_without_titles_shows_its_codes(tmp_path: Path) -> None:
    """A unit's own edition may leave titles out; what it gives is shown and must be of its own rules."""
    rulebook = EDITIONS.named("2026+guizhou-2015")
    assert evolve(rulebook, titles={}).title("gz-two-talkers", "zh") == "gz-two-talkers"
    change = [{"file": "guizhou-2015/overlay.toml", "find": "gz-two-talkers = {", "write": "gz-two-talker = {"}]
    assert breaking.faults(breaking.changed(breaking.copied(tmp_path), change))[0] == [
        "guizhou-2015/overlay.toml: title: 'gz-two-talker' is no code of a rule; did you mean gz-two-talkers?"
    ]


@pytest.mark.parametrize(
    ("rule", "article", "said"),
    [
        ("oath-after-approval", "30", "2014年细则第三十条"),
        ("cultivation-1-year", "12, 13", "2014年细则第十二条、第十三条"),
        ("order", "chapters 2-5", "2014年细则第二章至第五章"),
        ("branch-committee-quorum", "中国共产党支部工作条例（试行） 12", "《中国共产党支部工作条例（试行）》第十二条"),
        ("not-in-future", None, "本库的理解或算术（无条文）"),
    ],
)
def test_an_audit_cites_as_the_other_commands_do(rule: str, article: str | None, said: str) -> None:
    """Edition and article are one word, another document is in its marks, and what no article says is called so."""
    finding = {"rule": rule, "article": article, "edition": "2014"}
    assert Wording(EDITIONS, "zh").article(finding) == said
