"""`recruitment acts`, and the help of one act: what an act takes, in its words, with an example that works."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable

import click
import pytest
from jsonschema import Draft202012Validator

import recruitment
from recruitment.base.label import Lang
from recruitment.cli.act_help import ActHelp
from recruitment.cli.choices import read_code
from recruitment.cli.columns import width_of, wrapped_lines
from recruitment.cli.evidence_options import KEYS, collect, merged, option_of, read_day_text
from recruitment.cli.main import COMMANDS, cli
from recruitment.cli.typed_words import translate
from recruitment.formats.dossier.documents import read_act
from recruitment.law.rulebook import Rulebook
from recruitment.rulebooks.locate import dossiers_folder

EDITIONS = recruitment.load_rulebooks()
EVERY = [(rulebook, act) for rulebook in EDITIONS.rulebooks for act in rulebook.by_code]
IDS = [f"{rulebook.code}-{act}" for rulebook, act in EVERY]
Run = Callable[..., tuple[int, str]]


def told(rulebook: Rulebook, act: str, lang: Lang) -> ActHelp:
    """The help of an act."""
    return ActHelp(rulebook=rulebook, code=act, lang=lang, synonyms=EDITIONS.synonyms)


def test_every_act_is_listed_with_who_acts(chinese: Run) -> None:
    """The 25 stand under their stages, the acts beside the main line in a group of their own; JSON lists the same."""
    code, said = chinese("手续")
    assert code == 0
    rulebook = EDITIONS.rulebooks[-1]
    for act in rulebook.by_code.values():
        (line,) = [line for line in said.splitlines() if line.endswith(f"  {act.code}")]
        assert act.zh in line
        assert rulebook.word(act.body, "zh") in line
        assert line.split()[0] == (str(act.number) if act.number else act.zh)
    assert said.index("第一阶段") < said.index("第五阶段") < said.index("主线以外") < said.index("去世")
    listed = json.loads(chinese("acts", "--json", "--edition", "2014")[1])
    assert (listed["edition"], [row["act"] for row in listed["acts"]]) == ("2014", list(EDITIONS.rulebooks[0].by_code))
    assert chinese("acts", "--edition", "2015")[0] == 2


@pytest.mark.parametrize("act", list(EDITIONS.rulebooks[-1].by_code))
def test_an_act_shows_its_fields_and_no_others(chinese: Run, act: str) -> None:
    """Each field of the form stands there with its option; of what other acts take there is nothing."""
    code, said = chinese("acts", act)
    assert code == 0
    properties = json.loads(chinese("acts", act, "--json")[1])["form"]["properties"]
    assert properties == recruitment.form(act)["properties"]
    rows = [line for line in said.splitlines() if line.startswith("  --")]
    shown = {word.rstrip(",") for line in rows for word in line.split()[:2]}
    for key in KEYS:
        assert (option_of(key) in shown) == (key in properties), key


@pytest.mark.parametrize("act", list(EDITIONS.rulebooks[-1].by_code))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_words_of_a_list_are_read_back_together(act: str, lang: Lang) -> None:
    """The words that help shows for a field with several choices mean these when they are typed with commas."""
    helped = told(EDITIONS.rulebooks[-1], act, lang)
    for key, value in helped.form["properties"].items():
        codes = [choice["const"] for choice in value.get("items", {}).get("oneOf", ())]
        if codes:
            assert merged(key, (helped.typed(key, codes, value),), act) == codes


def test_help_with_an_act_is_about_that_act(chinese: Run) -> None:
    """`advance FILE ACT --help`, also without the file, and `why` show what the act takes, in both languages."""
    for words in (["登记", "甲", "谈话", "--帮助"], ["advance", "谈话", "--help"], ["why", "甲", "2", "-h"]):
        code, said = chinese(*words)
        assert code == 0
        assert "--谈话内容, --topics" in said
        assert "--ballot" not in said
        assert "必填" in said
        assert "第七条" in said
        assert "--今天, --today" in said
    said = chinese("advance", "甲", "talk", "--help", "--lang", "en")[1]
    assert said.startswith("Usage: recruitment advance FILE talk [OPTIONS]")
    assert "subjects of the talk" not in said
    assert "--topics" in said
    assert "history, view, motive" in said
    assert "--ballot" not in said
    assert "--ballot" in chinese("advance", "--help")[1]
    assert "--ballot" in chinese("advance", "甲", "没有的程序", "--help")[1]


@pytest.mark.parametrize(("rulebook", "act"), EVERY, ids=IDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_of_each_act_is_read(rulebook: Rulebook, act: str, lang: Lang) -> None:
    """What the example says is understood option by option, fits the form, and is an act of the record."""
    line = shlex.split(told(rulebook, act, lang).example())
    assert line.pop(0) == "recruitment"
    if lang == "zh":
        assert not any(word.startswith("--") and word.isascii() for word in line)
    context = click.Context(cli, info_name="recruitment", help_option_names=["-h", "--help"])
    words = translate(line, EDITIONS.synonyms, list(COMMANDS), lambda code: cli.context_of(context, code))
    command = cli.get_command(context, words[0])
    assert command is not None
    with command.make_context(words[0], words[1:], parent=context) as given:
        assert read_code(given.params["act"]) == act
        data = {"act": act, "on": read_day_text(given.params["on"], "--on"), **collect(given.params, EDITIONS, act)}
    read_act(data)
    Draft202012Validator(recruitment.form(act, edition=rulebook)).validate(data)


def test_the_whole_course_is_recorded_by_the_examples(chinese: Run) -> None:
    """Typed one after the other as help prints them, in Chinese, the examples of the 25 lead to a full member."""
    (file,) = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))["files"]
    rulebook = EDITIONS.named("2014")
    seen = set()
    for act in file["acts"]:
        words = shlex.split(told(rulebook, act["act"], "zh").example())[1:]
        if act["act"] in seen:  # an inspection that is held again, on its own day
            words[words.index("--日期") + 1] = act["on"]
        seen.add(act["act"])
        code, said = chinese(*words)
        assert code == 0, (words, said)
    assert len(seen) == 25
    assert json.loads(chinese("查看", "2026-0001", "--数据格式")[1])["standing"] == "full"


def test_lines_are_broken_by_their_width_and_not_within_an_option() -> None:
    """A Chinese character takes two columns; an option, a number and an opening bracket stay with what follows them."""
    text = "缺少的会逐项询问，见 recruitment 登记 档案 程序 --帮助，或者（必要时）写 2026-09-01。"
    for width in range(24, 60):
        lines = wrapped_lines(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert any("--帮助" in line for line in lines)
        assert any("2026-09-01" in line for line in lines)
        assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines), lines
        assert all(width_of(line) <= width + 2 for line in lines), (width, lines)
