"""The words of findings in both languages, their one schema, and their way through storage and back."""

import json
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

import pytest
from attrs import evolve
from msgspec.structs import replace

from recruitment.engine.findings import Asked, Check, Finding
from recruitment.engine.judging import judge
from recruitment.formats.dossier import documents as dossier
from recruitment.law import comparisons as law
from recruitment.ledger import findings_codec as verdicts
from recruitment.presentation import findings as words
from recruitment.presentation.findings import citations
from recruitment.presentation.findings import names as naming
from recruitment.presentation.findings import sentences as telling
from recruitment.record.case import open_case
from recruitment.rulebooks.load import load_rulebooks

ROOT = Path(__file__).parent.parent
EDITIONS = load_rulebooks()
OLD, NEW = EDITIONS.rulebooks[0], EDITIONS.rulebooks[1]
TODAY = date(2028, 12, 31)
KEYS = [
    "rule", "act", "index", "on", "force", "value", "article", "edition", "compared", "first_day", "last_day",
    "reason", "on_trust", "as_it_was", "policies", "provisional", "zh", "en",
]  # fmt: skip


def findings_of(name, **changed):
    """Every finding of an example, act by act; `changed` replaces values of the first act of a code."""
    found: list[Any] = []
    for file, acts in dossier.read_path(ROOT / "examples" / "dossiers" / name):
        case = open_case(EDITIONS, file)
        for act in acts:
            asked = evolve(act, **changed.get(act.code, {}))
            ruling = judge(EDITIONS, case, asked, today=TODAY, on_trust="旧档")
            found += ruling.findings
            if ruling.admitted:
                case = ruling.following(EDITIONS)
    return found


def of(code, check, value="unmet", rulebook=NEW, **more):
    """A finding of a rule, made by hand; of a rule with one comparison it is that one's."""
    one = next(r for r in rulebook.rules if r.code == code)
    asked = Asked(rulebook.code, (one.acts or ("oath",))[0], 3, date(2024, 2, 29))
    if check.comparison is None and len(one.compare) == 1:
        check = replace(check, comparison=0)
    return Finding(one, asked, check.force or one.force, value, check, **more)


def tail(finding, lang, rulebook=NEW):
    """What the sentence says after the clause; after the verdict where the clause is left out."""
    said, clause = telling.sentence(finding, rulebook, lang), finding.rule.clause.words(lang)
    return said.partition(clause if clause in said else "：" if lang == "zh" else ": ")[2].lstrip(".。 ")


SAMPLE = findings_of("regular.json") + findings_of("worked-2026.json")


FAMILIES = (
    (law.days.DayNote, words.days),
    (law.workdays.NoticeNote, words.workdays),
    (law.periods.PeriodNote, words.periods),
    (law.counts.CountNote, words.counts),
    (law.evidence.EvidenceNote, words.evidence),
    (law.people.PeopleNote, words.people),
    (law.precedence.OrderNote, words.precedence),
    (law.entry.EntryNote, words.entry),
    (law.record_days.RecordNote, words.record_days),
)


@pytest.mark.parametrize(("notes", "family"), FAMILIES, ids=lambda one: getattr(one, "__name__", ""))
def test_every_note_of_a_family_has_its_words_and_no_other_has(notes, family):
    """The notes are a closed type: each that a check of the family can carry is worded, and nothing else is."""
    assert set(get_args(notes)) == set(family.NOTES)
    for label in family.NOTES.values():
        assert label.zh
        assert label.en
        assert label.zh != label.en


def test_the_notes_are_those_of_the_families():
    """No note stands outside a family."""
    assert set(get_args(law.Note)) == {note for notes, _ in FAMILIES for note in get_args(notes)} == set(telling.NOTES)


def test_a_note_without_words_is_not_passed_over():
    """A note that the table does not hold is a mistake of the library and shows at once."""
    with pytest.raises(KeyError):
        telling.sentence(of("age-18", Check(False, note=cast("Any", "no-such-note"))), NEW, "en")


def test_a_limit_that_was_missed_says_both_days():
    """A candidate a day early: the anchor, the first lawful day and the day of the act, in both languages."""
    check = Check(False, date(2023, 3, 1), date(2024, 3, 1), date(2024, 2, 29), date(2024, 3, 1))
    finding = of("cultivation-1-year", check, rulebook=OLD)
    assert tail(finding, "en", OLD) == (
        "Counted from 2023-03-01 (start of cultivation), so lawful from 2024-03-01; dated 2024-02-29."
    )
    assert tail(finding, "zh", OLD) == ("自2023年3月1日（培养教育起算日）起算，2024年3月1日起合规，记为2024年2月29日。")
    assert telling.sentence(finding, OLD, "en").startswith("Not met: ")
    assert telling.sentence(finding, OLD, "zh").startswith("未满足：")


HALF = Check(False, 12, 7, 6, note="share")
LOST = 9
"""The place of a comparison that the rule no longer has."""
WORDS = {
    "rounding": (
        "talk-within-1-month",
        Check(
            False,
            date(2026, 1, 31),
            date(2026, 2, 28),
            date(2026, 3, 5),
            None,
            date(2026, 2, 28),
            (),
            "clamped",
        ),
        (
            "Counted from 2026-01-31 ({apply}: day of receipt), so due by 2026-02-28; dated 2026-03-05. "
            "That month has no such day, so its last day counts."
        ),
    ),
    "policy": (
        "approval-within-6-months",
        Check(
            False,
            date(2027, 5, 2),
            date(2027, 11, 2),
            date(2027, 11, 3),
            None,
            date(2027, 11, 2),
            policies=("approval-anchor",),
        ),
        (
            "Counted from 2027-05-02 ({admission_meeting}), so due by 2027-11-02; dated 2027-11-03 "
            "(our reading: counted from the general meeting)."
        ),
    ),
    "leap birthday": (
        "age-18",
        Check(
            False,
            date(2008, 2, 29),
            date(2026, 2, 28),
            date(2026, 2, 27),
            date(2026, 2, 28),
            note="clamped",
            policies=("leap-birthday",),
        ),
        (
            "Counted from 2008-02-29 (date of birth), so lawful from 2026-02-28; dated 2026-02-27 "
            "(our reading: of age on 28 February in a common year). That month has no such day, so its last day counts."
        ),
    ),
    "new limit": (
        "oath-within-1-month",
        Check(
            False,
            date(2026, 5, 1),
            date(2026, 6, 11),
            date(2026, 6, 12),
            None,
            date(2026, 6, 11),
            (),
            "new-limit",
            policies=("new-limit-start",),
            comparison=1,
        ),
        (
            "Counted from 2026-05-01 ({admission_approval}: day of the reply), so due by 2026-06-11; "
            "dated 2026-06-12. The limit is new in this edition and starts on 2026-05-11, when it came into force "
            "(our reading)."
        ),
    ),
    "half": ("meeting-quorum", HALF, "Attended: 6 of 12 (should attend); more than half is at least 7."),
    "working days": (
        "publicity-5-workdays",
        Check(
            False,
            date(2026, 6, 1),
            date(2026, 6, 5),
            4,
            date(2026, 6, 5),
            note="before-agreement",
            policies=("first-publicity-day",),
        ),
        (
            "The notice began on 2026-06-01, so working day 5 is 2026-06-05; it was up for 4 "
            "(our reading: the first day counts, where it is a working day). "
            "The notice began before the higher committee agreed."
        ),
    ),
    "papers lacking": (
        "opinions-heard",
        Check(False, None, ["mentors", "members", "masses"], ("mentors",), note="evidence", about="heard", places=(0,)),
        "Who was heard: mentors; lacking: members, the masses.",
    ),
    "what comes before": (
        "order",
        Check(False, note="not-done", about="talk", force="usual"),
        "“{talk}” is not on record as done in this round.",
    ),
    "twice": (
        "once",
        Check(False, date(2024, 1, 2), None, date(2024, 2, 29), note="twice"),
        "it was already done on 2024-01-02; correct that entry if it is wrong.",
    ),
    "two sponsors": (
        "sponsors-two",
        Check(False, None, [2, 2], 1, note="people"),
        "Needed 2, there are 1.",
    ),
    "a half-year without": (
        "inspection-every-half-year",
        Check(
            False,
            date(2023, 8, 31),
            date(2024, 2, 29),
            None,
            date(2023, 9, 1),
            date(2024, 2, 29),
            (),
            "period",
            "inspection",
        ),
        "In the period from 2023-09-01 to 2024-02-29: {inspection}, none recorded.",
    ),
}


@pytest.mark.parametrize("kind", WORDS)
def test_what_was_compared_in_words(kind):
    """Each kind of comparison has its own short words; the Chinese holds no English and no ISO day."""
    code, check, said = WORDS[kind]
    finding = of(code, check)
    names = {code: procedure.en for code, procedure in NEW.by_code.items()}
    assert tail(finding, "en") == said.format(**names)
    chinese = tail(finding, "zh")
    assert chinese.endswith("。")
    assert "-0" not in chinese
    assert not any(word in chinese for word in ("None", "True", "recorded", "needed"))


BOTH = {
    "a truth": (
        "secret-ballot",
        Check(False, None, True, False, note="evidence", about="ballot.secret"),
        ("secret ballot: no; must be yes.", "是否无记名投票：否，须为是。"),
    ),
    "too few": (
        "extension-6-to-12-months",
        Check(False, None, 6, 5, note="evidence", about="months", places=(0,)),
        ("months: 5; at least 6.", "延长的月数为5，须为6以上。"),
    ),
    "too many": (
        "extension-6-to-12-months",
        Check(False, None, 12, 13, note="evidence", about="months", places=(1,)),
        ("months: 13; at most 12.", "延长的月数为13，须为12以下。"),
    ),
    "none more": (
        "extension-once",
        Check(False, None, 0, 1, note="evidence", about="case.extensions"),
        ("extensions already approved: 1; at most 0.", "已经批准延长的次数为1，须为0。"),
    ),
    "one word": (
        "candidate-agreed",
        Check(False, None, ["agreed"], "filed", note="evidence", about="outcome", comparison=0, places=(0,)),
        ("outcome: filed; must be: agreed.", "结果：已备案，须为同意。"),
    ),
    "one of several words": (
        "training-organizer",
        Check(
            False, None, ["primary_committee", "county_organization_department"], "branch", note="evidence",
            about="organizer",
        ),
        (
            (
                "organizer: branch; must be one of: primary committee, "
                "organization department of a county-level committee."
            ),
            "举办单位：党支部，须为其中之一：基层党委、县级党委组织部门。",
        ),
    ),
    "nothing given": (
        "political-review-concluded",
        Check(False, None, True, None, note="evidence", about="concluded"),
        ("date of the written conclusion: none; must be given.", "结论日期：无，须写明。"),
    ),
    "a rule that asks otherwise by now": (
        "secret-ballot",
        Check(False, None, 3, 2, note="evidence", about="days"),
        ("days: 2.", "天数：2。"),
    ),
    "half": (
        "majority-of-all",
        HALF,
        ("in favour: 6 of 12 (should attend); more than half is at least 7.", "应到12人，赞成6人，过半须7人。"),
    ),
    "half of the committee": (
        "branch-committee-quorum",
        Check(False, 5, 3, 2, note="share", comparison=0),
        ("present: 2 of 5 (members); half is at least 3.", "应到5人，到会2人，半数须3人。"),
    ),
    "a half that the outcome denies": (
        "majority-of-all",
        Check(False, 12, 7, 8, note="must-miss"),
        (
            "in favour: 8 of 12 (should attend), where 7 are enough; the outcome says that they were not reached.",
            "应到12人，赞成8人，有7人即已过半，所记结果却是没有过半。",
        ),
    ),
    "a share of a rule that asks otherwise by now": (
        "secret-ballot",
        replace(HALF, comparison=LOST),
        ("counted: 6 of 12 (in all); at least 7 are needed.", "总共12人，其中6人，须7人。"),
    ),
    "one person of two": (
        "mentors-full-members",
        Check(False, None, ["full"], ["full", "probationary"], note="each", about="people.standing", places=(1,)),
        ("person 2: probationary member; must be: full member.", "第2人为预备党员，须为正式党员。"),
    ),
    "a person without": (
        "mentors-full-members",
        Check(False, None, ["full"], [None, "full"], note="each", about="people.standing", places=(0,)),
        ("person 1: standing not stated; must be: full member.", "第1人身份未写明，须为正式党员。"),
    ),
    "what nobody may be": (
        "sponsors-not-under-sanction",
        Check(
            False, None, ["probation_within_party"], [None, "probation_within_party"], note="each",
            about="people.sanction", places=(1,),
        ),
        (
            "person 2: sanction: probation within the Party; must not be: probation within the Party.",
            "第2人处分：留党察看，不得为：留党察看。",
        ),
    ),
    "what each must have": (
        "mentor-replaced",
        Check(False, None, True, [None, date(2026, 6, 1)], note="each", about="replaces.unfit_since", comparison=1, places=(0,)),  # noqa: E501 - a sentence as it is shown
        ("person 1: unfit since not stated.", "第1人不适宜的起始日期未写明。"),
    ),
    "nobody": (
        "mentors-full-members",
        Check(False, None, ["full"], [], note="each", about="people.standing"),
        ("people: none.", "人员：无。"),
    ),
    "no place yet": (
        "order",
        Check(False, note="no-place", about="transfer_in"),
        ("this version does not record “transfer from another unit” yet.", "本版本还不能登记“转入”。"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOTH)
def test_what_was_asked_and_what_stands_there_in_both_languages(kind):
    """What is recorded comes first, then what it must be; people go by their place and not by their name."""
    code, check, said = BOTH[kind]
    english, chinese = (tail(of(code, check), lang) for lang in ("en", "zh"))
    assert (english[:1].lower() + english[1:], chinese) == said


def test_what_is_met_says_no_more_than_what_stands_there():
    """What a met test asked for is not said again."""
    check = Check(True, None, True, True, note="evidence", about="ballot.secret")
    assert tail(of("secret-ballot", check, "met"), "en") == "Secret ballot: yes."
    talker = Check(
        True, None, ["deputy_secretary", "committee_member", "organizer"], ["organizer"], note="each",
        about="talkers.role", comparison=0,
    )  # fmt: skip
    assert tail(of("talk-before-approval", talker, "met"), "zh") == "第1人为组织员。"


def test_a_clause_of_every_act_is_not_repeated():
    """Order, repetition and the day of entry say what is the matter and leave the long clause to the rulebook."""
    finding = of("order", Check(False, note="not-done", about="activist_filing"))
    assert telling.sentence(finding, NEW, "zh") == "未满足：“上级党委备案”在本轮没有办理的记录。"
    assert telling.sentence(finding, NEW, "en") == (
        "Not met: “filed with the higher committee” is not on record as done in this round."
    )
    unknown = of("order", Check(None, lacks=("talk",), note="not-done", about="talk"), "unknown")
    assert telling.sentence(unknown, NEW, "zh") == "无法判断：“党组织派人谈话”在本轮没有办理的记录。"
    bare = of("once", Check(True), "met")
    assert bare.rule.clause.en in telling.sentence(bare, NEW, "en")


def test_of_a_missing_list_the_needed_members_are_named():
    """What is missing says which papers or opinions; keys of one part stand together; a list that is there is not."""
    papers = of("application-in-writing", Check(None, lacks=("papers",), note="evidence", about="papers"), "unknown")
    assert tail(papers, "zh") == "记录中缺少：材料（入党申请书）。"
    assert tail(papers, "en") == "Missing in the record: papers (application letter)."
    lacks = ("meeting.body", "meeting.present", "meeting.members")
    quorum = of("branch-committee-quorum", Check(None, lacks=lacks, comparison=0), "unknown")
    assert tail(quorum, "en") == "Missing in the record: meeting (who met, how many were present, how many members)."
    assert tail(quorum, "zh") == "记录中缺少：会议（开会的组织、到会人数、全体委员人数）。"
    heard = Check(
        None, None, ["party_group"], ("mentors", "members", "masses"), lacks=("branch.has_party_groups",),
        note="evidence", about="heard", places=(1,),
    )  # fmt: skip
    group = of("opinions-heard", heard, "unknown")
    assert tail(group, "en").endswith("lacking: party group. Missing in the record: the branch has party groups.")


def test_what_is_missing_is_named_in_words():
    """Unknown names what the record lacks by the vocabulary; a path without a word is shown as it is."""
    lacks = ("ballot.secret", "meeting.present", "admission_meeting.on", "people[1].standing", "no.such_path")
    finding = of("secret-ballot", Check(None, lacks=lacks), "unknown")
    assert tail(finding, "en").startswith("Missing in the record: secret ballot, meeting (how many were present), ")
    assert tail(finding, "en").endswith(": date, standing (of person 2), no.such_path.")
    assert tail(finding, "zh").endswith("、人员第2人的身份、no.such_path。")
    assert telling.sentence(finding, NEW, "zh").startswith("无法判断：")


def test_the_reason_and_the_trust_stand_in_the_sentence():
    """A recorded reason and a reason for trust are quoted, and the last day stands where nothing else says it."""
    reasoned = of("order", Check(False, note="not-done", about="talk"), reason="急")
    assert telling.sentence(reasoned, NEW, "en").endswith("Recorded reason: 急.")
    assert telling.sentence(reasoned, NEW, "zh").endswith("记录的理由：急。")
    trusted = of("secret-ballot", Check(None, lacks=("ballot.secret",)), "unknown", on_trust="旧档")
    assert telling.sentence(trusted, NEW, "en").endswith("Accepted on trust: 旧档.")
    late = of("order", Check(False, first_day=date(2024, 3, 1), note="not-done", about="talk"))
    assert telling.sentence(late, NEW, "en").endswith("Possible from 2024-03-01.")
    assert telling.sentence(late, NEW, "zh").endswith("2024年3月1日起可行。")


def test_citations_in_both_languages():
    """The edition's own articles, another document, a chapter, the chart, and no text at all."""
    found = {
        (f.rule.code, f.check.force): (
            citations.cite(f, NEW, "en"),
            citations.cite(f, NEW, "zh"),
            telling.data(f, NEW)["article"],
        )
        for f in (
            of("secret-ballot", Check(True)),
            of("branch-committee-quorum", Check(True)),
            of("order", Check(True)),
            of("order", Check(True, force="usual")),
            of("ballot-adds-up", Check(True)),
        )
    }
    assert found["secret-ballot", None] == (
        "arts. 20, 32 of the 2026 edition", "2026年修订细则第二十条、第三十二条", "20, 32",
    )  # fmt: skip
    assert found["branch-committee-quorum", None] == (
        "art. 12 of Regulations on the Work of Party Branches (trial)",
        "《中国共产党支部工作条例（试行）》第十二条",
        "中国共产党支部工作条例（试行） 12",
    )
    assert found["order", None][:2] == ("chapters 2-5 of the 2026 edition", "2026年修订细则第二章至第五章")
    assert found["order", "usual"] == (NEW.documents["chart"].en, NEW.documents["chart"].zh, NEW.documents["chart"].zh)
    assert found["ballot-adds-up", None][2] is None


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (41, "四十一")])
def test_articles_in_chinese_numerals(number, words):
    """Articles are counted as the text counts them."""
    assert naming.chinese_number(number) == words


@pytest.mark.parametrize("finding", SAMPLE, ids=lambda f: f"{f.act}-{f.rule.code}-{f.value}")
def test_every_finding_of_the_examples_is_told_and_kept(finding):
    """Each finding has exactly the keys of the schema, JSON holds it, and storage gives back the same words."""
    rulebook = EDITIONS.named(finding.edition)
    said = telling.data(finding, rulebook)
    assert list(said) == KEYS
    assert json.loads(json.dumps(said)) == said
    (row,) = verdicts.write_findings([finding])
    assert None not in row.values()
    (again,) = verdicts.read_findings(json.loads(json.dumps([row])), rulebook, finding.asked)
    assert telling.data(again, rulebook) == said
    assert again.bars is finding.bars
    assert again.check.lacks == finding.check.lacks
    for lang in ("en", "zh"):
        assert not any(odd in said[lang] for odd in ("{", "}", "UNKNOWN", "None", "..", "。。", "  "))


def test_the_examples_show_every_value():
    """The sample would be no test of words if it held only what is met."""
    assert {f.value for f in SAMPLE} == {"met", "unmet", "unknown"}


def test_a_text_that_reads_like_a_day_stays_a_text():
    """A form number written like a date comes back as text, a day as a day, within lists and tables too."""
    check = Check(
        True,
        date(2024, 1, 1),
        ["2024-01-01", date(2024, 1, 2)],
        {"a": "2024-01-03", "b": date(2024, 1, 4)},
        comparison=0,
    )
    finding = of("age-18", check, "met")
    (row,) = json.loads(json.dumps(verdicts.write_findings([finding])))
    (again,) = verdicts.read_findings([row], NEW, finding.asked)
    assert again.check == check


def test_a_rule_that_is_gone_is_said_to_be_gone():
    """A verdict of a rule that the rulebook no longer has is still told, with what was compared."""
    check = Check(False, date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1), note="clamped")
    finding = of("age-18", check)
    (row,) = verdicts.write_findings([finding])
    (again,) = verdicts.read_findings([{**row, "rule": "old-rule"}], NEW, finding.asked)
    assert (again.rule.code, again.force, again.value) == ("old-rule", "bar", "unmet")
    assert telling.sentence(again, NEW, "en").startswith("Not met: the rule old-rule is no longer in the rulebook. ")
    assert telling.data(again, NEW)["article"] is None
    assert "old-rule" in telling.sentence(again, NEW, "zh")


def test_what_the_row_of_the_ledger_holds_is_not_kept_twice():
    """A finding is stored without act, place, day and edition, and where it is met without its rule's own force."""
    check = Check(True, date(2008, 2, 28), date(2026, 2, 28), date(2026, 3, 1))
    assert verdicts.write_findings([of("age-18", check, "met")]) == [
        {"rule": "age-18", "value": "met", "anchor": "2008-02-28", "limit": "2026-02-28", "actual": "2026-03-01"}
    ]


def test_a_verdict_stands_when_its_rule_changes():
    """What was no bar when it was judged is none after a later rulebook has made it one."""
    finding = replace(of("age-18", Check(False), "unmet"), force="duty")
    stricter = evolve(NEW, rules=tuple(evolve(r, force="bar") if r.code == "age-18" else r for r in NEW.rules))
    (again,) = verdicts.read_findings(verdicts.write_findings([finding]), stricter, finding.asked)
    assert (again.force, again.bars) == ("duty", False)


def test_a_rule_that_is_gone_and_was_met_is_still_met():
    """Nothing hangs on a met rule that no longer exists, so its finding never bars."""
    finding = of("age-18", Check(True), "met")
    (row,) = verdicts.write_findings([finding])
    (again,) = verdicts.read_findings([{**row, "rule": "old-rule"}], NEW, finding.asked)
    assert (again.value, again.force, again.bars) == ("met", "advice", False)
